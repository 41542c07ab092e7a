"""Two initiatives as something that is discussed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.subjects import Person, Subject, SubjectKind, register
from initiatives.models import Initiative
from partnerships.overlaps.models import pair_url
from partnerships.overlaps.queries.facts import Side, sides
from places.queries import gazetteer

PAIR = "pair"
_KEY = re.compile(r"([1-9]\d{0,17})-([1-9]\d{0,17})")
_PATH = re.compile(r"/overlaps/(\d+-\d+)/")


def register_pairs() -> None:
    register(SubjectKind(PAIR, gettext_lazy("Two initiatives"), _pairs, _pairs_at, _can_read))


def pair_key(low: int, high: int) -> str:
    return f"{low}-{high}"


def ids_of(key: str) -> tuple[int, int] | None:
    """The two ids, the smaller first; None for what is no key of a pair."""
    match = _KEY.fullmatch(key)
    if match is None or int(match[1]) >= int(match[2]):
        return None
    return int(match[1]), int(match[2])


def of_pair(low: Side, high: Side) -> Subject:
    return Subject(
        PAIR,
        pair_key(low.pk, high.pk),
        _("%(one)s and %(other)s") % {"one": low.title, "other": high.title},
        pair_url(low.pk, high.pk),
        byline=_("%(one)s and %(other)s") % {"one": low.lead, "other": high.lead},
        place=_place(low, high),
        organisations=tuple(dict.fromkeys((low.lead_id, high.lead_id))),
    )


def _place(low: Side, high: Side) -> str | None:
    """The narrowest place that both reach; of several the first."""
    gaz = gazetteer()
    for side, rest in ((low, high), (high, low)):
        for code in side.codes:
            if code in gaz and set(rest.codes) & set(gaz.closure_up(code)):
                return code
    return None


def _pairs(keys: Iterable[str]) -> dict[str, Subject]:
    """Both of which everyone may read: none else is a pair. Five queries however many."""
    wanted = {key: ids for key in keys if (ids := ids_of(key))}
    known = sides({pk for ids in wanted.values() for pk in ids}) if wanted else {}
    return {key: of_pair(known[a], known[b]) for key, (a, b) in wanted.items() if a in known and b in known}


def _pairs_at(paths: Iterable[str]) -> dict[str, Subject]:
    keys = {match[1]: path for path in paths if (match := _PATH.fullmatch(path))}
    return {keys[key]: subject for key, subject in _pairs(keys).items()}


def _can_read(user: Person, subject: Subject) -> bool:
    ids = ids_of(subject.key)
    return ids is not None and Initiative.objects.filter(pk__in=ids, live=True).count() == 2
