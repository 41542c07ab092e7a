"""Partnerships as rows and as one record, for files: everything but the discussion."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership, Version
from partnerships.queries.listing import lines
from partnerships.queries.naming import Names, initiatives_named, organisation_named, place_names
from partnerships.queries.versions import versions_of

BATCH = 200
LIST_COLUMNS: tuple[str | Promise, ...] = (
    *(_("title"), _("state"), _("places"), _("parties"), _("purpose"), _("first day"), _("last day"), _("review")),
    *(_("a change waits"), _("address")),
)
ACTION_COLUMNS: tuple[str | Promise, ...] = (_("what"), _("by whom"), _("by when"), _("done on"))


def list_rows(
    rows: QuerySet[Partnership], site: str, *, public: bool, own: Collection[int] = ()
) -> Iterator[tuple[object, ...]]:
    """`site`: the address that paths are put behind; `public`: only what everyone may read; `own`: as of lines. Read in
    batches."""
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = Partnership.objects.filter(pk__in=ids[start : start + BATCH]).order_by("-opened_at", "-pk")
        for line in lines(batch, own):
            yield (
                line.title,
                line.state_label,
                line.places,
                "; ".join(f"{party.name} ({party.get_role_display()})" for party in line.parties),
                line.purpose,
                line.starts_on,
                line.ends_on,
                None if public else line.review_on,
                _("yes") if line.has_pending and not public else "",
                site.rstrip("/") + line.url,
            )


def action_rows(partnership: Partnership) -> Iterator[tuple[object, ...]]:
    for one in partnership.actions.select_related("owner").order_by("due_on", "pk"):
        yield one.text, one.owner.name, one.due_on, one.done_at.date() if one.done_at else None


def record(partnership: Partnership, site: str, until: int) -> dict[str, Any]:
    """The versions up to this number with who agreed, departures, and what came of them; with all of them the actions
    too. Organisations, no persons."""
    versions = versions_of(partnership, until)
    names = Names(versions)
    closings = partnership.closings.filter(version__number__lte=until).select_related("organisation", "version")
    actions = partnership.actions.all() if until >= partnership.latest else partnership.actions.none()
    return {
        "address": site.rstrip("/") + partnership.get_absolute_url(),
        "state": partnership.state.value,
        "opened_at": partnership.opened_at,
        "in_force_at": partnership.in_force_at,
        "closed_at": partnership.closed_at,
        "is_public": partnership.is_public,
        "version": next((one.number for one in versions if one.pk == partnership.stands_id), None),
        "versions": [_version(one, names) for one in versions],
        "actions": [
            {"text": one.text, "owner": one.owner.name, "due_on": one.due_on, "done_at": one.done_at}
            for one in actions.select_related("owner").order_by("pk")
        ],
        "closings": [
            {"how": one.how, "outcome": one.outcome, "by": names.at(one.version, one.organisation), "at": one.at}
            for one in closings
        ],
    }


def _version(one: Version, names: Names) -> dict[str, Any]:
    """Everything by the name it had when the version was sent; `now_called`: what has another since."""
    begun = getattr(one, "commencement", None)
    initiatives = initiatives_named(one)
    named = [*initiatives, *(organisation_named(one, party.organisation) for party in one.parties.all())]
    return {
        "number": one.number,
        "kind": one.kind,
        "title": one.title,
        "purpose": one.purpose,
        "success": one.success,
        "places": sorted(one.words["places"]),
        "place_names": place_names(one),
        "initiatives": [initiative.name for initiative in initiatives],
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "review_on": one.review_on,
        "note": one.note,
        "sent_by": one.sent_by,
        "sent_at": one.made_at,
        "in_force_at": begun.at if begun else None,
        "parties": [
            {"organisation": party.name, "role": party.role, "brings": party.brings} for party in one.parties.all()
        ],
        "now_called": {each.name: each.now for each in named if each.now},
        "agreements": [
            {"organisation": names.at(one, said.organisation), "at": said.at} for said in one.agreements.all()
        ],
        "change_requests": [
            {"organisation": names.at(one, said.organisation), "text": said.text, "at": said.at}
            for said in one.change_requests.all()
        ],
        "departures": [
            {
                "organisation": names.at(one, left.organisation),
                "given_at": left.given_at,
                "takes_effect_on": left.takes_effect_on,
                "taken_back_at": None if left.is_standing else left.stay.at,
            }
            for left in one.departures.all()
        ],
    }
