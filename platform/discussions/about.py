"""The kinds of thing below this room that threads are about: places and organisations."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from discussions.subjects import Person, Subject, SubjectKind, register
from organisations.models import Organisation
from organisations.permissions import can_see_organisation
from places.queries import PlaceFacts, gazetteer
from texts.slugs import page_of
from texts.vocabulary import OrganisationKind, label_of

PLACE, ORGANISATION = "place", "organisation"
_PLACE = re.compile(r"/places/([-\w]+)/")
_ORGANISATION = re.compile(r"/organisations/([-\w]+)/")


def register_own_subjects() -> None:
    register(SubjectKind(PLACE, _("Place"), _places, _places_at, lambda user, subject: True))
    register(SubjectKind(ORGANISATION, _("Organisation"), _organisations, _organisations_at, _can_read_organisation))


def of_place(place: PlaceFacts) -> Subject:
    return Subject(PLACE, place.code, place.label, page_of("place", place.slug), place=place.code)


def of_organisation(one: Organisation) -> Subject:
    return Subject(
        ORGANISATION,
        str(one.pk),
        one.name,
        one.get_absolute_url(),
        byline=label_of(OrganisationKind, one.kind),
        place=one.place_id,
        organisations=(one.pk,),
        is_public=one.is_public,
    )


def _places(codes: Iterable[str]) -> dict[str, Subject]:
    return {code: of_place(places[0]) for code in codes if (places := gazetteer().by_code(code))}


def _places_at(paths: Iterable[str]) -> dict[str, Subject]:
    found = {path: gazetteer().by_slug(match[1]) for path in paths if (match := _PLACE.fullmatch(path))}
    return {path: of_place(place) for path, place in found.items() if place}


def _organisations(keys: Iterable[str]) -> dict[str, Subject]:
    pks = [key for key in keys if key.isascii() and key.isdigit() and len(key) < 19]
    return {str(one.pk): of_organisation(one) for one in Organisation.objects.filter(pk__in=pks)}


def _organisations_at(paths: Iterable[str]) -> dict[str, Subject]:
    slugs = {match[1]: path for path in paths if (match := _ORGANISATION.fullmatch(path))}
    rows = Organisation.objects.filter(slug__in=slugs, is_public=True) if slugs else ()
    return {slugs[one.slug]: of_organisation(one) for one in rows}


def _can_read_organisation(user: Person, subject: Subject) -> bool:
    one = Organisation.objects.filter(pk=subject.key).first()
    return one is not None and can_see_organisation(user, one)
