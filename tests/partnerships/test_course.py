"""While it lasts: leaving, the private discussion's readers, the summary, reminders, closing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.utils import timezone

from discussions.domain.errors import DiscussionError
from discussions.domain.posting import post_message
from discussions.domain.tending import change_readers, move_thread
from discussions.models import Visibility
from discussions.permissions import can_read as can_read_thread
from notifications.models import Notice
from partnerships.domain.acting import add_action, finish_action
from partnerships.domain.agreeing import agree
from partnerships.domain.amending import amend
from partnerships.domain.closing import close
from partnerships.domain.consenting import change_consent
from partnerships.domain.errors import NotAllowed, PartnershipError
from partnerships.domain.following import settle_departures
from partnerships.domain.leaving import leave
from partnerships.domain.reminding import remind
from partnerships.domain.settling import current_parties
from partnerships.domain.terms import terms_of
from partnerships.models import Action, Closing, State
from partnerships.permissions import can_read_record, can_see
from partnerships.queries.listing import in_force_with
from tests.factories.accounts import ModeratorFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.partnerships import again, days, in_force, owner_of, party, proposed, terms

pytestmark = pytest.mark.django_db


def test_the_discussion_is_for_the_parties_people_alone():
    one, two, stranger = party(), party(), party()
    partnership = proposed(one, two)
    thread = partnership.thread
    assert thread.visibility == Visibility.ORGANISATIONS
    assert can_read_thread(two[1], thread)
    assert not can_read_thread(stranger[1], thread)
    assert not can_read_thread(ModeratorFactory(), thread)
    post_message(thread, author=two[1], text="Which Tuesday?", client_id="x")


def test_nobody_opens_the_parties_discussion_to_others_not_even_who_began_it():
    one, two = party(), party()
    thread = proposed(one, two).thread
    for deed in (
        lambda: change_readers(thread, user=one[1], visibility=Visibility.PUBLIC),
        lambda: move_thread(thread, user=one[1], subject=None),
    ):
        with pytest.raises(DiscussionError, match="follows from what it is about"):
            deed()


def test_who_leaves_stays_bound_until_the_day_and_then_reads_nothing_more():
    one, two, three = party(), party(), party()
    partnership = in_force(one, two, three)
    leave(partnership, user=three[1], organisation=three[0], on=days(14), reason="Our grant ends.")
    assert three[0].pk in current_parties(again(partnership))
    assert Notice.objects.filter(user=one[1], detail="Our grant ends.").exists()
    assert settle_departures(days(0)) == 0
    assert can_read_thread(three[1], again(partnership).thread)


def test_notice_that_has_run_out_takes_readers_and_discussion_with_it(time_machine_to):
    one, two, three = party(), party(), party()
    partnership = in_force(one, two, three)
    leave(partnership, user=three[1], organisation=three[0], on=days(14))
    with time_machine_to(days(14)):
        assert settle_departures(timezone.localdate()) == 1
        assert settle_departures(timezone.localdate()) == 0
        assert not can_read_record(three[1], again(partnership))  # what it agreed to it reads still
        assert not can_read_thread(three[1], again(partnership).thread)
        assert again(partnership).state == State.IN_FORCE


def test_who_gave_notice_is_not_asked_about_an_amendment():
    one, two, three = party(), party(), party()
    partnership = in_force(one, two, three)
    leave(partnership, user=three[1], organisation=three[0], on=days(14))
    without = replace(terms_of(partnership.stands), parties=terms(one[0], two[0]).parties)
    amend(partnership, without, seen=1, user=one[1], organisation=one[0])
    assert agree(partnership, number=2, user=two[1], organisation=two[0])
    assert three[0].pk in current_parties(again(partnership))  # until its notice runs out


def test_a_later_version_brings_back_who_had_left(time_machine_to):
    one, two, three = party(), party(), party()
    partnership = in_force(one, two, three)
    leave(partnership, user=three[1], organisation=three[0], on=days(1))
    with time_machine_to(days(1)):
        settle_departures(timezone.localdate())
        _bring_back(partnership, one, two, three)


def _bring_back(partnership, one, two, three):
    assert not can_read_thread(three[1], again(partnership).thread)
    back = replace(terms_of(partnership.stands), title="Together again")
    amend(partnership, back, seen=1, user=one[1], organisation=one[0])
    agree(partnership, number=2, user=two[1], organisation=two[0])
    assert agree(partnership, number=2, user=three[1], organisation=three[0])
    assert three[0].pk in current_parties(again(partnership))


def test_who_wants_no_part_in_a_proposal_is_out_at_once_and_the_others_go_on():
    one, two, three = party(), party(), party()
    partnership = proposed(one, two, three)
    agree(partnership, number=1, user=two[1], organisation=two[0])
    leave(partnership, user=three[1], organisation=three[0])
    assert again(partnership).state == State.IN_FORCE  # the last answer that was missing
    assert three[0].pk not in current_parties(again(partnership))


def test_with_one_party_left_a_proposal_never_comes_into_force():
    one, two = party(), party()
    partnership = proposed(one, two)
    leave(partnership, user=two[1], organisation=two[0])
    assert again(partnership).state == State.PROPOSED


@pytest.mark.parametrize("day", [-1, 0, 800, None])
def test_notice_is_given_for_a_day_to_come(day):
    one, two = party(), party()
    with pytest.raises(PartnershipError, match="from tomorrow on"):
        leave(in_force(one, two), user=two[1], organisation=two[0], on=None if day is None else days(day))


def test_the_summary_is_public_only_while_every_party_wants_it():
    one, two, three = party(), party(), party()
    partnership = in_force(one, two)
    initiative = InitiativeFactory(lead_organisation=one[0])
    change_consent(partnership, user=one[1], organisation=one[0], wanted=True)
    assert not can_see(three[1], again(partnership))
    assert change_consent(partnership, user=two[1], organisation=two[0], wanted=True)
    assert can_see(three[1], again(partnership))
    said = terms_of(partnership.stands)
    more = replace(said, initiatives=(initiative.pk,), parties=terms(one[0], two[0], three[0]).parties)
    amend(partnership, more, seen=1, user=one[1], organisation=one[0])
    for organisation, user in (two, three):
        agree(partnership, number=2, user=user, organisation=organisation)
    assert in_force_with(initiative=initiative.pk, today=days(0)) == []  # the new party has not said so yet
    assert change_consent(partnership, user=three[1], organisation=three[0], wanted=True)
    assert [line.title for line in in_force_with(initiative=initiative.pk, today=days(0))] == [said.title]
    assert in_force_with(organisation=three[0].pk, today=days(0))
    assert not change_consent(partnership, user=one[1], organisation=one[0], wanted=False)
    assert in_force_with(organisation=three[0].pk, today=days(0)) == []


def test_a_proposal_is_never_public():
    one, two = party(), party()
    partnership = proposed(one, two)
    for organisation, user in (one, two):
        assert not change_consent(partnership, user=user, organisation=organisation, wanted=True)


def test_closing_is_for_who_leads_it_and_stays():
    one, two, three = party(), party(), party()
    partnership = in_force(one, two, three)
    with pytest.raises(PartnershipError, match="can leave"):
        close(partnership, user=two[1], organisation=two[0], outcome="Enough.")
    first = close(partnership, user=one[1], organisation=one[0], outcome="Thirty-one came.")
    assert close(partnership, user=one[1], organisation=one[0], outcome="Again.") == first
    assert Closing.objects.get().outcome == "Thirty-one came."
    assert again(partnership).state == State.ENDED
    for deed in (
        lambda: leave(partnership, user=two[1], organisation=two[0]),
        lambda: add_action(partnership, user=two[1], organisation=two[0], text="More", owner=two[0]),
    ):
        with pytest.raises(PartnershipError, match="closed"):
            deed()


def test_it_ends_by_its_last_day_and_any_party_may_close_it_then(time_machine_to):
    one, two, three = party(), party(), party()
    partnership = in_force(one, two, three, ends_on=days(10), review_on=None)
    with time_machine_to(days(11)):
        assert again(partnership).state == State.ENDED
        close(partnership, user=two[1], organisation=two[0], outcome="All came.")


def test_the_end_may_fall_to_who_is_left_when_nobody_speaks_for_who_leads():
    one, two = party(), party()
    partnership = in_force(one, two)
    one[0].memberships.all().delete()
    close(partnership, user=two[1], organisation=two[0], outcome="They have closed.")
    assert again(partnership).state == State.ENDED


def test_actions_belong_to_parties():
    one, two, stranger = party(), party(), party()
    partnership = in_force(one, two)
    with pytest.raises(PartnershipError, match="one of the parties"):
        add_action(partnership, user=one[1], organisation=one[0], text="Paint", owner=stranger[0])
    with pytest.raises(NotAllowed):
        add_action(partnership, user=stranger[1], organisation=stranger[0], text="Paint", owner=one[0])
    other = add_action(in_force(one, stranger), user=one[1], organisation=one[0], text="Paint", owner=one[0])
    with pytest.raises(PartnershipError, match="not there"):
        finish_action(partnership, pk=other.pk, user=one[1], organisation=one[0], done=True)


def test_each_date_is_told_once_to_whom_it_concerns():
    one, two = party(), party()
    partnership = in_force(one, two, ends_on=days(20), review_on=days(0))
    for text, due in (("Paint the room", 5), ("Buy chairs", -1), ("Later", 30), ("Long ago", -90)):
        Action.objects.create(partnership=partnership, text=text, owner=two[0], due_on=days(due))
    Notice.objects.all().delete()
    assert remind(days(0)) == 4
    assert remind(days(0)) == 0
    titles = list(Notice.objects.filter(user=two[1]).order_by("title").values_list("title", flat=True))
    assert [title.split(" ")[0] for title in titles] == ["Ends", "Overdue", "Time", "To"]
    assert Notice.objects.filter(user=one[1]).count() == 2  # the actions are not theirs
    assert remind(days(6)) == 1  # “Paint the room” is overdue now
    Notice.objects.all().delete()
    close(partnership, user=one[1], organisation=one[0], outcome="All done.")
    Notice.objects.all().delete()
    call_command("remind_partnerships")
    assert not Notice.objects.exists()


def test_a_date_that_moved_is_told_anew():
    one, two = party(), party()
    partnership = in_force(one, two, ends_on=days(20), review_on=None)
    assert remind(days(0)) == 1
    later = replace(terms_of(partnership.stands), ends_on=days(25))
    amend(partnership, later, seen=1, user=one[1], organisation=one[0])
    agree(partnership, number=2, user=two[1], organisation=two[0])
    assert remind(days(0)) == 1


def test_an_organisation_without_anybody_breaks_nothing(client):
    from tests.factories.accounts import sign_in

    one, two = party(), party("Gone by now")
    partnership = proposed(one, two)
    two[0].memberships.all().delete()
    two[0].is_public = False
    two[0].save()
    sign_in(client, owner_of(one[0]))
    page = client.get(partnership.get_absolute_url())
    assert page.status_code == 200
    assert "nobody can answer for it" in page.content.decode()
    call_command("remind_partnerships")
