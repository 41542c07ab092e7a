"""Partnerships as things that are discussed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from discussions.subjects import Person, Subject, SubjectKind, register
from partnerships.models import Partnership
from partnerships.permissions import can_see, readers_of

PARTNERSHIP = "partnership"
_PATH = re.compile(r"/partnerships/([-\w]+)/")


def register_partnerships() -> None:
    kind = SubjectKind(PARTNERSHIP, _("Partnership"), _partnerships, _partnerships_at, _can_read, keeps_readers=True)
    register(kind)


def of_partnership(one: Partnership) -> Subject:
    """It belongs to no place's board: what parties say among themselves is nobody else's."""
    return Subject(
        PARTNERSHIP,
        str(one.pk),
        str(one),
        one.get_absolute_url(),
        organisations=tuple(organisation.pk for organisation in readers_of(one)),
        is_public=one.is_public,
    )


def _partnerships(keys: Iterable[str]) -> dict[str, Subject]:
    pks = [key for key in keys if key.isascii() and key.isdigit() and len(key) < 19]
    rows = Partnership.objects.filter(pk__in=pks).select_related("stands").prefetch_related("readers")
    return {str(one.pk): of_partnership(one) for one in rows} if pks else {}


def _partnerships_at(paths: Iterable[str]) -> dict[str, Subject]:
    slugs = {match[1]: path for path in paths if (match := _PATH.fullmatch(path))}
    rows = Partnership.objects.filter(slug__in=slugs, is_public=True).select_related("stands")
    return {slugs[one.slug]: of_partnership(one) for one in rows.prefetch_related("readers")} if slugs else {}


def _can_read(user: Person, subject: Subject) -> bool:
    one = Partnership.objects.filter(pk=subject.key).first()
    return one is not None and can_see(user, one)
