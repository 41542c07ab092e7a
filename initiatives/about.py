"""Initiatives as things that are discussed, and that posts show as cards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from discussions.subjects import Person, Subject, SubjectKind, register
from initiatives.models import Initiative
from initiatives.permissions import can_see
from initiatives.queries.cards import place_label

INITIATIVE = "initiative"
_PATH = re.compile(r"/initiatives/([-\w]+)/")


def register_initiatives() -> None:
    register(SubjectKind(INITIATIVE, _("Initiative"), _initiatives, _initiatives_at, _can_read))


def of_initiative(one: Initiative, codes: Sequence[str]) -> Subject:
    """`codes`: of the places it reaches. One that reaches several lies where its organisation does."""
    lead = one.lead_organisation
    return Subject(
        INITIATIVE,
        str(one.pk),
        one.title,
        one.get_absolute_url(),
        byline=f"{lead.name} · {place_label(one.reach, codes)}",
        place=codes[0] if len(codes) == 1 else lead.place_id,
        organisations=(lead.pk,),
        is_public=one.live,
    )


def _subjects(**which: Any) -> dict[Initiative, Subject]:
    """Two queries, however many."""
    shown = ("title", "slug", "reach", "live", "lead_organisation__name", "lead_organisation__place")
    rows = list(Initiative.objects.select_related("lead_organisation").filter(**which).only(*shown))
    places: dict[int, list[str]] = {}
    if rows:
        through = Initiative.places.through.objects.filter(initiative_id__in=[one.pk for one in rows])
        for pk, code in through.order_by("place_id").values_list("initiative_id", "place_id"):
            places.setdefault(pk, []).append(code)
    return {one: of_initiative(one, places.get(one.pk, ())) for one in rows}


def _initiatives(keys: Iterable[str]) -> dict[str, Subject]:
    pks = [key for key in keys if key.isascii() and key.isdigit() and len(key) < 19]
    return {str(one.pk): subject for one, subject in _subjects(pk__in=pks).items()} if pks else {}


def _initiatives_at(paths: Iterable[str]) -> dict[str, Subject]:
    slugs = {match[1]: path for path in paths if (match := _PATH.fullmatch(path))}
    found = _subjects(slug__in=slugs, live=True) if slugs else {}
    return {slugs[one.slug]: subject for one, subject in found.items()}


def _can_read(user: Person, subject: Subject) -> bool:
    one = Initiative.objects.select_related("lead_organisation").filter(pk=subject.key).first()
    return one is not None and can_see(user, one)
