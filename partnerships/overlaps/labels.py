"""Words for the parts that weights are about and that may have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.overlaps.relations import BIAS

PART_LABELS: Mapping[str, str | Promise] = {
    BIAS: _("To begin with"),
    "place": _("the place"),
    "apart": _("how far apart they are"),
    "step": _("the stage or transition"),
    "follows": _("one coming after the other"),
    "precedes": _("one coming before the other"),
    "ages": _("the ages"),
    "people": _("the same people in the same place"),
    "support": _("the support that is given"),
    "otherwise": _("other help"),
    "focus": _("whom it is above all for"),
    "time": _("the dates"),
    "purpose": _("the purpose, by their texts"),
    "tags": _("the tags"),
    "partners": _("partners in common"),
}


def part_label(part: str) -> str:
    """As it stands within a sentence; a part of an earlier version by its own name."""
    return str(PART_LABELS.get(part, part))


def part_labels(parts: Iterable[str]) -> tuple[str, ...]:
    """Without saying the same twice: who comes before the one comes after the other."""
    names = ["follows" if part == "precedes" else part for part in parts]
    return tuple(part_label(part) for part in dict.fromkeys(names))
