"""Keeping profiles in step with what is listed, in the transaction of each change."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from initiatives.domain.listing import declared_places
from initiatives.events import InitiativesChanged
from initiatives.models import Handover, Initiative, Intake, Partner
from initiatives.queries.listed import listed
from partnerships.overlaps.models import Pair, Profile
from places.queries import gazetteer
from search.domain.describing import grouped

BATCH = 500
_KEPT = [field.attname for field in Profile._meta.concrete_fields if field.name not in ("initiative", "noted", "found")]


def follow_initiatives(event: InitiativesChanged) -> None:
    profile_initiatives(event.ids)


def profile_initiatives(ids: Sequence[int]) -> None:
    """Describe these anew and note that their pairs are due; those that are not listed have neither."""
    for start in range(0, len(ids), BATCH):
        _profile(ids[start : start + BATCH])


def profile_all() -> int:
    """Describe everything listed. Gives how many there are."""
    gone = Profile.objects.exclude(initiative__in=listed())
    _forget(list(gone.values_list("pk", flat=True)))
    found = list(listed().order_by("pk").values_list("pk", flat=True))
    profile_initiatives(found)
    return len(found)


def _forget(ids: Sequence[int]) -> None:
    if ids:
        Pair.objects.filter(low__in=ids).delete()
        Pair.objects.filter(high__in=ids).delete()
        Profile.objects.filter(pk__in=ids).delete()


@transaction.atomic
def _profile(ids: Sequence[int]) -> None:
    rows = list(listed().filter(pk__in=ids))
    pks = [one.pk for one in rows]
    _forget(sorted(set(ids) - set(pks)))
    through, tagged = Initiative.places.through.objects, Initiative.tags.through.objects
    places = grouped(through.filter(initiative__in=pks).values_list("initiative_id", "place_id"))
    tags = grouped(tagged.filter(content_object__in=pks).values_list("content_object_id", "tag_id"))
    partners = grouped(Partner.objects.filter(initiative__in=pks).values_list("initiative_id", "organisation_id"))
    intakes = grouped(Intake.objects.filter(initiative__in=pks).values_list("initiative_id", "closes_on"))
    nexts = grouped(Handover.objects.filter(initiative__in=pks).values_list("initiative_id", "next_initiative_id"))
    profiles = [
        profile_of(one, places[one.pk], tags[one.pk], partners[one.pk], intakes[one.pk], nexts[one.pk]) for one in rows
    ]
    Profile.objects.bulk_create(profiles, update_conflicts=True, unique_fields=["initiative"], update_fields=_KEPT)
    # A new row is due as it is; one that was there is due again.
    Profile.objects.filter(pk__in=pks).update(noted=F("noted") + 1)


def profile_of(
    one: Initiative,
    places: Iterable[str],
    tags: Iterable[int],
    partners: Iterable[int],
    days: Iterable[datetime.date],
    nexts: Iterable[int] = (),
) -> Profile:
    """As it is compared, not saved. `days`: by which to apply."""
    gaz = gazetteer()
    return Profile(
        initiative_id=one.pk,
        lead_id=one.lead_organisation_id,
        stages=one.stages,
        transitions=one.transitions,
        support=one.support,
        focus=one.focus,
        age_min=one.age_min,
        age_max=one.age_max,
        places=[code for code in declared_places(one.reach, places, gaz) if code in gaz],
        latitude=one.latitude,
        longitude=one.longitude,
        starts=one.starts_on.toordinal() if one.starts_on else None,
        ends=one.ends_on.toordinal() if one.ends_on else None,
        months=sum(1 << (month - 1) for month in {day.month for day in days}),
        tags=sorted(tags),
        organisations=sorted({one.lead_organisation_id, *partners}),
        next_ones=sorted(nexts),
        changed_at=timezone.now(),
    )
