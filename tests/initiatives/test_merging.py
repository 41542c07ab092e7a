"""Two initiatives made one: what hangs on them follows, the old address leads on, and it can be undone."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from discussions.models import Thread
from initiatives.about import of_initiative
from initiatives.domain.drafting import save_draft
from initiatives.domain.errors import InitiativeError, NotAllowed
from initiatives.domain.merging import merge_initiatives, undo_merge
from initiatives.domain.moderating import approve_initiative
from initiatives.domain.submitting import submit_initiative
from initiatives.models import Handover, Initiative, InitiativeMerge, Listing, Partner
from initiatives.permissions import can_edit
from initiatives.queries.states import queue, work_to_do
from initiatives.tagging.domain.retiring import retire_tag, take_up_tag
from notifications.models import Message
from organisations.models import Role
from partnerships.models import VersionInitiative
from partnerships.overlaps.about import PAIR, pair_key
from partnerships.overlaps.models import Judgement, Told
from partnerships.queries.naming import initiatives_named
from partnerships.queries.together import working_together
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.discussions import thread_by
from tests.factories.initiatives import HARTLEPOOL, MIDDLESBROUGH, InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory
from tests.factories.overlaps import JudgementFactory
from tests.factories.partnerships import in_force, owner_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return ModeratorFactory()


@pytest.fixture
def kept():
    return InitiativeFactory(title="Steps to Secondary", tags=["mentoring"], website="")


@pytest.fixture
def gone():
    return InitiativeFactory(
        title="Steps to Secondary School",
        tags=["mentoring", "Year 7"],
        places=[MIDDLESBROUGH, HARTLEPOOL],
        website="https://steps.example",
        summary="Another summary.",
    )


@pytest.fixture
def in_one():
    """A partnership in force that names these initiatives, as its version stands."""

    def agreed(*initiatives):
        parties = [(one.lead_organisation, owner_of(one.lead_organisation)) for one in initiatives]
        return in_force(*parties, initiatives=tuple(one.pk for one in initiatives)).stands

    return agreed


def said(one):
    """What everyone may read of it, and what the next edit would begin with."""
    fresh = Initiative.objects.get(pk=one.pk)
    newest = fresh.get_latest_revision_as_object()
    return [
        (
            version.title,
            version.summary,
            version.website,
            sorted(tag.name for tag in version.tags.all()),
            sorted(place.pk for place in version.places.all()),
            sorted((partner.organisation_id, partner.role) for partner in version.partners.all()),
            sorted(handover.next_initiative_id for handover in version.handovers.all()),
        )
        for version in (fresh, newest)
    ]


def test_partners_tags_and_what_is_ticked_are_united_in_the_row_and_its_versions_and_come_back(moderator, kept, gone):
    partner = Partner.objects.create(initiative=gone, organisation=MembershipFactory().organisation, role="funds")
    after = InitiativeFactory()
    Handover.objects.create(initiative=gone, next_initiative=after)
    gone.refresh_from_db()
    before = said(kept)
    merge = merge_initiatives(kept, gone, user=moderator, take=["website", "places", "slug", "nonsense"])
    partners = sorted([(gone.lead_organisation_id, "delivers"), (partner.organisation_id, "funds")])
    united = (
        *("Steps to Secondary", kept.summary, "https://steps.example", ["Year 7", "mentoring"]),
        *([HARTLEPOOL, MIDDLESBROUGH], partners, [after.pk]),
    )
    united = (*united[:4], sorted(united[4]), *united[5:])
    assert said(kept) == [united, united]
    assert Listing.objects.filter(pk=kept.pk).exists() and not Listing.objects.filter(pk=gone.pk).exists()
    assert not can_edit(moderator, Initiative.objects.get(pk=gone.pk))
    undo_merge(merge, user=moderator)
    undo_merge(merge, user=moderator)
    assert said(kept) == before
    back = Initiative.objects.get(pk=gone.pk)
    assert back.live and back.merged_into is None and Listing.objects.filter(pk=gone.pk).exists()


def test_discussions_judgements_handovers_and_partnerships_follow_and_come_back(moderator, kept, gone, in_one):
    third, feeder = InitiativeFactory(), InitiativeFactory()
    Handover.objects.create(initiative=feeder, next_initiative=gone)
    feeder.refresh_from_db()
    feeder.save_revision(changed=False)
    owner = MembershipFactory(organisation=gone.lead_organisation, role=Role.OWNER).user
    thread_by(owner, title="When?", subject=of_initiative(gone, [MIDDLESBROUGH]))
    Thread.objects.create(title="Both", subject_kind=PAIR, subject_key=pair_key(gone.pk, third.pk))
    Thread.objects.create(title="One?", subject_kind=PAIR, subject_key=pair_key(kept.pk, gone.pk))
    judged = JudgementFactory(low=gone, high=third, verdict="next-step", forward=True)
    JudgementFactory(low=kept, high=third, user=judged.user)
    low, high = sorted((third.pk, gone.pk))
    Told.objects.create(low_id=low, high_id=high)
    version = in_one(gone, third)

    def standing():
        return (
            list(
                Thread.objects.exclude(subject_kind="partnership")
                .order_by("pk")
                .values_list("subject_kind", "subject_key")
            ),
            list(Judgement.objects.order_by("pk").values_list("low", "high", "forward", "counts")),
            list(Told.objects.values_list("low", "high")),
            list(Handover.objects.values_list("next_initiative", flat=True)),
            sorted(VersionInitiative.objects.values_list("initiative", flat=True)),
            Initiative.objects.get(pk=feeder.pk).latest_revision.content["handovers"][0]["next_initiative"],
        )

    before = standing()
    merge = merge_initiatives(kept, gone, user=moderator)
    threads, judgements, tellings, handovers, named, next_one = standing()
    assert threads == [
        ("initiative", str(kept.pk)),
        (PAIR, pair_key(kept.pk, third.pk)),
        ("initiative", str(kept.pk)),
    ]
    assert judgements == [(kept.pk, third.pk, True, False), (kept.pk, third.pk, None, True)]
    assert tellings == [(kept.pk, third.pk)] and handovers == [kept.pk] and next_one == kept.pk
    assert named == sorted([kept.pk, third.pk]) and working_together([(kept.pk, third.pk)])
    assert {one.url for one in initiatives_named(version)} == {kept.get_absolute_url(), third.get_absolute_url()}
    undo_merge(merge, user=moderator)
    assert standing() == before and working_together([(gone.pk, third.pk)])


def test_a_submission_that_is_there_already_is_merged_from_the_queue(moderator, kept):
    editor = MembershipFactory(role=Role.EDITOR)
    draft = draft_of(editor.user, editor.organisation, title="Steps to Secondary again")
    submit_initiative(draft, user=editor.user)
    with pytest.raises(InitiativeError, match="not public"):
        merge_initiatives(draft, kept, user=moderator)
    merge = merge_initiatives(kept, draft, user=moderator)
    assert queue() == [] and work_to_do(editor.user) == []
    assert Partner.objects.get(initiative=kept).organisation == editor.organisation
    undo_merge(merge, user=moderator)
    assert [one.state for one in work_to_do(editor.user)] == ["draft"]


def test_what_was_said_about_a_draft_is_not_for_everyone_after_a_merge(client, moderator, kept):
    editor = MembershipFactory(role=Role.EDITOR)
    draft = draft_of(editor.user, editor.organisation, title="Steps to Secondary again")
    thread = thread_by(editor.user, title="Shall we?", subject=of_initiative(draft, [MIDDLESBROUGH]))
    address = thread.get_absolute_url()
    assert client.get(address).status_code == 404
    merge = merge_initiatives(kept, draft, user=moderator)
    assert client.get(address).status_code == 404
    assert "Shall we?" in sign_in(client, editor.user).get(address).content.decode()
    undo_merge(merge, user=moderator)
    thread.refresh_from_db()
    assert (thread.visibility, list(thread.organisations.all())) == ("public", [])
    assert client.get(address).status_code == 200


def test_an_edit_that_waits_at_the_kept_one_keeps_what_was_united(moderator, kept, gone):
    editor = MembershipFactory(organisation=kept.lead_organisation, role=Role.EDITOR).user
    save_draft(kept, user=editor, apply=lambda draft: setattr(draft, "summary", "Mine."), seen_revision=None)
    merge_initiatives(kept, gone, user=moderator)
    submit_initiative(Initiative.objects.get(pk=kept.pk), user=editor)
    waiting = Initiative.objects.get(pk=kept.pk)
    approve_initiative(waiting, moderator=moderator, seen_revision=waiting.latest_revision_id)
    fresh = Initiative.objects.get(pk=kept.pk)
    assert fresh.summary == "Mine." and {tag.name for tag in fresh.tags.all()} == {"mentoring", "Year 7"}
    assert [one.organisation for one in fresh.partners.all()] == [gone.lead_organisation]


def test_what_cannot_be_merged_is_said_in_a_sentence(moderator, kept, gone):
    third = InitiativeFactory(age_min=14, age_max=16)
    with pytest.raises(NotAllowed):
        merge_initiatives(kept, gone, user=UserFactory())
    with pytest.raises(InitiativeError, match="with itself"):
        merge_initiatives(kept, kept, user=moderator)
    Initiative.objects.filter(pk=kept.pk).update(age_min=5, age_max=11)
    with pytest.raises(InitiativeError, match="above the oldest"):
        merge_initiatives(kept, third, user=moderator, take=["age_min"])
    first = merge_initiatives(kept, gone, user=moderator)
    with pytest.raises(InitiativeError, match="merged into “Steps to Secondary” already"):
        merge_initiatives(third, gone, user=moderator)
    second = merge_initiatives(third, kept, user=moderator)
    with pytest.raises(InitiativeError, match="Undo that first"):
        undo_merge(first, user=moderator)
    undo_merge(second, user=moderator)
    with (
        time_machine.travel(timezone.now() + datetime.timedelta(days=31)),
        pytest.raises(InitiativeError, match="older"),
    ):
        undo_merge(first, user=moderator)
    with pytest.raises(NotAllowed):
        undo_merge(first, user=UserFactory())


def test_a_moderator_merges_from_the_page_and_the_people_of_both_are_told(client, moderator, kept, gone):
    owners = [MembershipFactory(organisation=one.lead_organisation, role=Role.OWNER).user for one in (kept, gone)]
    sign_in(client, moderator)
    address = reverse("initiative-merge", args=sorted((kept.pk, gone.pk)))
    assert address in client.get(reverse("pair", args=sorted((kept.pk, gone.pk)))).content.decode()
    page = client.get(address)
    ticked = {one.answer.name for one in page.context["choices"] if one.is_taken}
    assert page.context["kept"] == kept and ticked == {"website"}  # to which the kept one says nothing
    assert client.get(f"{address}?keep={gone.pk}").context["kept"] == gone
    done = client.post(address, {"keep": kept.pk, "take": ["summary"]}, follow=True)
    assert "You can undo this for thirty days" in done.content.decode() and "Another summary." in done.content.decode()
    assert "already" in client.post(address, {"keep": kept.pk}).content.decode()
    assert sorted(Message.objects.values_list("address", flat=True)) == sorted(one.email for one in owners)
    client.logout()
    assert client.get(gone.get_absolute_url())["Location"] == kept.get_absolute_url()
    sign_in(client, moderator)
    merges = reverse("initiative-merges")
    assert "Choose one of the merges" in client.post(merges, {"merge": "x"}, follow=True).content.decode()
    undone = client.post(merges, {"merge": InitiativeMerge.objects.get().pk}, follow=True).content.decode()
    assert "stands by itself again" in undone and "Nothing was merged" in undone
    assert client.get(gone.get_absolute_url()).status_code == 200


def test_a_tag_taken_up_again_comes_back_to_what_the_initiative_became(moderator, kept, gone):
    tag = Tag.objects.get(name="Year 7")
    retire_tag(tag, user=moderator)
    merge_initiatives(kept, gone, user=moderator)
    take_up_tag(tag, user=moderator)
    assert "Year 7" in kept.tags.names()
