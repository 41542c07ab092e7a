"""Two initiatives held until the transaction ends: every verb about a pair begins with it."""

from __future__ import annotations

from collections.abc import Mapping

from initiatives.models import Initiative
from partnerships.overlaps.domain.standing import restand
from partnerships.overlaps.models import Pair


def lock_pair(one: int, other: int) -> tuple[Initiative, Initiative]:
    """Both, fresh, the smaller id first, as the finder locks them (`finding.keep`). Asks for an open transaction.

    Raises Initiative.DoesNotExist where either is gone, and for one and the same.
    """
    rows = Initiative.objects.select_for_update(of=("self",), no_key=True).select_related("lead_organisation")
    found = list(rows.filter(pk__in=[one, other]).order_by("pk"))
    if len(found) != 2:
        raise Initiative.DoesNotExist
    return found[0], found[1]


def stand_anew(low: int, high: int, parts: Mapping[str, float] | None = None) -> None:
    """Where the pair stands, after something was said or taken back; the finder may not keep it at all. `parts`: as
    they are now, where that is known: the finder may be a minute behind."""
    pairs = list(Pair.objects.filter(low=low, high=high))
    for pair in pairs:
        pair.parts = pair.parts if parts is None else parts
    restand(pairs)
    Pair.objects.bulk_update(pairs, ["standing", "changed"])
