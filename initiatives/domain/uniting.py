"""What one initiative says once two are one: its answers, the other's where that is right, the partners of both."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from initiatives.domain.errors import InitiativeError
from initiatives.domain.rewriting import rewrite, versions_of
from initiatives.models import Handover, Initiative, InitiativeMerge, InitiativeTag, Intake, Partner
from organisations.domain.carrying import add, carry, rows_of
from texts.cleaning import fold
from texts.vocabulary import PartnerRole

# What goes with what: an answer that is taken brings these columns.
COLUMNS: dict[str, tuple[str, ...]] = {
    **{
        name: (name,)
        for name in (
            *("summary", "description", "support", "stages", "transitions", "age_min", "age_max", "focus"),
            *("venue_name", "starts_on", "ends_on", "cost", "cost_note", "how_to_join", "capacity", "languages"),
            *("contact_name", "contact_email", "contact_phone", "website", "other_partners", "evidence"),
        )
    },
    "title": ("title", "title_key"),
    "venue_postcode": ("venue_postcode", "latitude", "longitude"),
    "reach": ("reach",),
}
ALWAYS = ("partners", "tags", "handovers")  # of both, whatever is chosen
CHOSEN = (*COLUMNS, "places", "intakes")


def unite(merge: InitiativeMerge, kept: Initiative, gone: Initiative, take: Collection[str]) -> None:
    """Write it to the kept one's row and to its versions, with a trace. Raises InitiativeError where the answers that
    were chosen do not go together."""
    theirs: Initiative = gone if gone.live else gone.get_latest_revision_as_object()
    theirs.title_key = fold(theirs.title)[:140]
    columns = [column for name in COLUMNS if name in take for column in COLUMNS[name]]
    _check(kept, theirs, columns)
    own = rows_of(Initiative).filter(pk=kept.pk)
    for column in columns:
        if getattr(kept, column) != getattr(theirs, column):
            carry(merge, own, column, getattr(theirs, column))
    if gone.confirmed_at and kept.confirmed_at and gone.confirmed_at > kept.confirmed_at:
        carry(merge, own, "confirmed_at", gone.confirmed_at)
    made = {
        "partners": _partners(merge, kept, gone, theirs),
        "tagged_items": _tags(merge, kept, theirs),
        "handovers": _handovers(merge, kept, theirs),
        "intakes": _intakes(merge, kept, theirs) if "intakes" in take else [],
    }
    if "places" in take:
        _places(merge, kept, theirs)
    _write_versions(merge, kept, [*columns, *(["places"] if "places" in take else [])], made)


def _check(kept: Initiative, theirs: Initiative, columns: Collection[str]) -> None:
    def said(column: str) -> Any:
        return getattr(theirs if column in columns else kept, column)

    for low, high, sentence in (
        ("age_min", "age_max", _("The youngest age would be above the oldest. Take both from the same initiative.")),
        ("starts_on", "ends_on", _("It would end before it starts. Take both days from the same initiative.")),
    ):
        if said(low) is not None and said(high) is not None and said(low) > said(high):
            raise InitiativeError(sentence)


def _partners(merge: InitiativeMerge, kept: Initiative, gone: Initiative, theirs: Initiative) -> list[int]:
    """Those of both, and whoever leads the one that is gone."""
    there = set(Partner.objects.filter(initiative=kept).values_list("organisation_id", "role"))
    wanted = [(one.organisation_id, one.role) for one in theirs.partners.all()]
    if gone.lead_organisation_id not in {organisation for organisation, _role in there}:
        wanted.insert(0, (gone.lead_organisation_id, PartnerRole.DELIVERS.value))
    new = [one for one in dict.fromkeys(wanted) if one not in there and one[0] != kept.lead_organisation_id]
    return _added(merge, [Partner(initiative=kept, organisation_id=pk, role=role) for pk, role in new])


def _tags(merge: InitiativeMerge, kept: Initiative, theirs: Initiative) -> list[int]:
    there = set(InitiativeTag.objects.filter(content_object=kept).values_list("tag_id", flat=True))
    new = [tag.pk for tag in theirs.tags.all() if tag.pk not in there]
    return _added(merge, [InitiativeTag(content_object=kept, tag_id=pk) for pk in new])


def _handovers(merge: InitiativeMerge, kept: Initiative, theirs: Initiative) -> list[int]:
    there = {kept.pk, *Handover.objects.filter(initiative=kept).values_list("next_initiative_id", flat=True)}
    new = [one for one in theirs.handovers.all() if one.next_initiative_id not in there]
    return _added(
        merge,
        [Handover(initiative=kept, next_initiative_id=one.next_initiative_id, note=one.note) for one in new],
    )


def _intakes(merge: InitiativeMerge, kept: Initiative, theirs: Initiative) -> list[int]:
    there = set(Intake.objects.filter(initiative=kept).values_list("opens_on", "closes_on"))
    new = [one for one in theirs.intakes.all() if (one.opens_on, one.closes_on) not in there]
    return _added(
        merge, [Intake(initiative=kept, opens_on=one.opens_on, closes_on=one.closes_on, note=one.note) for one in new]
    )


def _places(merge: InitiativeMerge, kept: Initiative, theirs: Initiative) -> None:
    through = Initiative.places.through
    there = set(through.objects.filter(initiative=kept).values_list("place_id", flat=True))
    codes = [place.pk for place in theirs.places.all() if place.pk not in there]
    _added(merge, [through(initiative=kept, place_id=code) for code in codes])


def _added(merge: InitiativeMerge, rows: Collection[Any]) -> list[int]:
    for row in rows:
        add(merge, row)
    return [row.pk for row in rows]


def _write_versions(
    merge: InitiativeMerge, kept: Initiative, changed: Collection[str], made: dict[str, list[int]]
) -> None:
    """The public version and the newest one say it too, or the next edit would take it away again."""
    fresh = json.loads(json.dumps(Initiative.objects.get(pk=kept.pk).serializable_data(), cls=DjangoJSONEncoder))

    def united(content: dict[str, Any]) -> dict[str, Any]:
        said = {**content, **{name: fresh[name] for name in changed}}
        for relation, pks in made.items():
            new = [row for row in fresh.get(relation, []) if row["pk"] in pks]
            said[relation] = [*(content.get(relation) or []), *new]
        return said

    rewrite(merge, versions_of(kept), united)
