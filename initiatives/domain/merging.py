"""Making two initiatives one, and undoing it for thirty days."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from discussions.models import Thread, Visibility
from initiatives.about import INITIATIVE
from initiatives.domain.errors import InitiativeError, NotAllowed
from initiatives.domain.listing import relist
from initiatives.domain.rewriting import rewrite, versions_of
from initiatives.domain.uniting import unite
from initiatives.events import InitiativesMerged, InitiativesParted
from initiatives.models import Handover, ImportedRow, Initiative, InitiativeMerge
from initiatives.permissions import can_merge
from initiatives.tagging.models import Laid
from notifications.announcing import announce_within
from notifications.domain.telling import tell
from organisations.domain.carrying import add, carry, hold_both, put_back, rows_of
from organisations.domain.showing import show_organisations
from organisations.queries import writers_of


@transaction.atomic
def merge_initiatives(kept: Initiative, gone: Initiative, *, user: User, take: Collection[str] = ()) -> InitiativeMerge:
    """All that names `gone` names `kept` from here on; its address leads there. `take`: the answers in which `gone` is
    right (names as in `queries.differing.answers_of`); partners, tags and hand-overs of both are kept always.

    Raises NotAllowed; InitiativeError for one into itself, one merged already, one to keep that is not public, answers
    that do not go together, or where a room objects.
    """
    if not can_merge(user):
        raise NotAllowed
    if kept.pk == gone.pk:
        raise InitiativeError(_("An initiative cannot be merged with itself. Choose two different ones."))
    kept, gone = _locked(kept.pk, gone.pk)
    for one in (kept, gone):
        if one.merged_into is not None:
            names = {"title": one.title, "other": one.merged_into.title}
            raise InitiativeError(_("“%(title)s” was merged into “%(other)s” already. Choose that one.") % names)
    if not kept.live:
        raise InitiativeError(_("“%(title)s” is not public. Keep the other one.") % {"title": kept.title})
    merge = InitiativeMerge.objects.create(kept=kept, gone=gone, merged_by=user)
    announce_within(InitiativesMerged(kept.pk, gone.pk, merge.pk))
    _withdraw(merge, gone, user)
    unite(merge, kept, gone, take)
    _move(merge)
    show_organisations(kept.partners.values_list("organisation_id", flat=True))
    relist([kept.pk, gone.pk])
    log(instance=kept, action="initiatives.merged", user=user, data={"other": gone.pk})
    _tell(merge, _("%(gone)s is now part of %(kept)s"))
    return merge


@transaction.atomic
def undo_merge(merge: InitiativeMerge, *, user: User) -> InitiativeMerge:
    """Put back what the merge moved and nobody has changed since. Undoing twice is undoing once.

    Raises NotAllowed; InitiativeError after thirty days, or where the kept one was merged on.
    """
    if not can_merge(user):
        raise NotAllowed
    kept, _gone = _locked(merge.kept_id, merge.gone_id)
    row = InitiativeMerge.objects.select_for_update().get(pk=merge.pk)
    if row.undone_at is not None:
        return row
    if not row.can_be_undone:
        raise InitiativeError(_("A merge can be undone for thirty days, and this one is older."))
    if kept.merged_into is not None:
        names = {"title": kept.title, "other": kept.merged_into.title}
        raise InitiativeError(_("“%(title)s” was merged into “%(other)s” since. Undo that first.") % names)
    put_back(row)
    row.undone_by, row.undone_at = user, timezone.now()
    row.save(update_fields=["undone_by", "undone_at"])
    announce_within(InitiativesParted(row.kept_id, row.gone_id))
    relist([row.kept_id, row.gone_id])
    log(instance=row.kept, action="initiatives.parted", user=user, data={"other": row.gone_id})
    _tell(row, _("%(gone)s stands by itself again"))
    return row


def _locked(kept: int, gone: int) -> tuple[Initiative, Initiative]:
    """Raises InitiativeError where one is not here any more."""
    both = hold_both(Initiative.objects.select_related("lead_organisation", "merged_into"), kept, gone)
    if both is None:
        raise InitiativeError(_("One of the two is not here any more."))
    return both


def _withdraw(merge: InitiativeMerge, gone: Initiative, user: User) -> None:
    """It leaves the public and the queue. A version that waited is a draft again once the merge is undone."""
    flow = gone.current_workflow_state
    if flow is not None:
        flow.cancel(user=user)
    own = rows_of(Initiative).filter(pk=gone.pk)
    carry(merge, own, "merged_into_id", merge.kept_id)
    if gone.live:
        carry(merge, own, "live", False)


def _move(merge: InitiativeMerge) -> None:
    """What names the one that is gone: discussions with who follows them, hand-overs to it, where it was imported."""
    kept, gone = merge.kept_id, merge.gone_id
    threads = Thread.objects.filter(subject_kind=INITIATIVE, subject_key=str(gone))
    if merge.gone.first_published_at is None:
        _keep_among_its_people(merge, threads)
    carry(merge, threads, "subject_key", str(kept))
    carry(merge, rows_of(ImportedRow).filter(initiative=gone), "initiative_id", kept)
    both = Laid.objects.filter(initiative=kept).values("tag")
    carry(merge, rows_of(Laid).filter(initiative=gone).exclude(tag__in=both), "initiative_id", kept)
    fed = Handover.objects.filter(next_initiative=gone).exclude(initiative=kept)
    before = list(Initiative.objects.filter(pk__in=fed.values("initiative")).exclude(latest_revision=None))
    carry(merge, rows_of(Handover).filter(pk__in=list(fed.values_list("pk", flat=True))), "next_initiative_id", kept)
    for one in before:  # or the next version of theirs would hand over to what is gone
        rewrite(merge, versions_of(one), lambda content: _renamed(content, gone, kept))


def _keep_among_its_people(merge: InitiativeMerge, threads: QuerySet[Thread]) -> None:
    """What was said about a draft that nobody else ever saw is for its organisation, not for everyone now."""
    through, lead = Thread.organisations.through, merge.gone.lead_organisation_id
    hidden = threads.exclude(visibility=Visibility.ORGANISATIONS)
    there = set(through.objects.filter(organisation=lead, thread__in=hidden).values_list("thread_id", flat=True))
    for pk in hidden.order_by("pk").values_list("pk", flat=True):
        if pk not in there:
            add(merge, through(thread_id=pk, organisation_id=lead))
    carry(merge, hidden, "visibility", Visibility.ORGANISATIONS.value)


def _renamed(content: dict[str, Any], gone: int, kept: int) -> dict[str, Any]:
    rows = content.get("handovers") or []
    renamed = [{**row, "next_initiative": kept} if row.get("next_initiative") == gone else row for row in rows]
    return {**content, "handovers": renamed}


def _tell(merge: InitiativeMerge, subject: str) -> None:
    """The editors and owners of both organisations."""
    people = {user.pk: user for one in (merge.kept, merge.gone) for user in writers_of(one.lead_organisation)}
    names = {"gone": merge.gone.title, "kept": merge.kept.title}
    tell(
        [people[pk] for pk in sorted(people)],
        kind="moderation",
        subject=subject % names,
        template="initiative_merged",
        context={**names, "undone": merge.undone_at is not None},
        path=merge.kept.get_absolute_url(),
    )
