"""Proposed, agreed to, amended: what is in force, and that what was agreed never changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from accounts.models import User
from discussions.permissions import can_read as can_read_thread
from notifications.models import Notice
from organisations.models import Organisation, Role
from partnerships.domain.agreeing import agree, ask_for_change
from partnerships.domain.amending import amend, renew
from partnerships.domain.closing import close
from partnerships.domain.errors import AlreadyEnded, NotAllowed, NotAsked, PartnershipError, Superseded
from partnerships.domain.proposing import propose
from partnerships.domain.terms import PartyTerms, terms_of
from partnerships.models import Agreement, AlreadyKept, Closing, Partnership, Party, State, Version
from tests.factories.accounts import ModeratorFactory
from tests.factories.partnerships import again, days, in_force, owner_of, party, proposed, terms
from tests.factories.together import at_once

pytestmark = pytest.mark.django_db


def test_it_is_in_force_once_the_last_party_has_agreed():
    one, two, three = party(), party(), party()
    partnership = proposed(one, two, three)
    assert partnership.state == State.PROPOSED
    assert agree(partnership, number=1, user=two[1], organisation=two[0]) is False
    assert again(partnership).state == State.PROPOSED
    assert agree(partnership, number=1, user=three[1], organisation=three[0]) is True
    assert again(partnership).state == State.IN_FORCE
    assert Version.objects.get().commencement is not None


def test_the_same_form_sent_twice_is_one_partnership():
    (one, user), (two, _other) = party(), party()
    first = propose(terms(one, two), user=user, organisation=one, client_id="a-form")
    assert propose(terms(one, two), user=user, organisation=one, client_id="a-form") == first
    assert Partnership.objects.count() == 1


def test_agreeing_twice_is_agreeing_once():
    one, two, three = party(), party(), party()
    partnership = proposed(one, two, three)
    for _time in range(2):
        agree(partnership, number=1, user=two[1], organisation=two[0])
    assert Agreement.objects.count() == 2


@pytest.mark.parametrize("role", [Role.MEMBER, None])
def test_only_owners_and_editors_answer_for_a_party(role):
    one, two = party(), party()
    partnership = proposed(one, two)
    user = owner_of(two[0], role=role) if role else ModeratorFactory()
    with pytest.raises(NotAllowed):
        agree(partnership, number=1, user=user, organisation=two[0])


def test_nobody_agrees_for_a_party_that_is_not_theirs():
    one, two, stranger = party(), party(), party()
    partnership = proposed(one, two)
    for organisation in (one[0], two[0], stranger[0]):
        with pytest.raises(NotAllowed):
            agree(partnership, number=1, user=stranger[1], organisation=organisation)


def test_agreeing_to_a_version_just_superseded_is_refused_and_says_which_is_new():
    one, two = party(), party()
    partnership = proposed(one, two)
    better = replace(terms_of(partnership.versions.get()), purpose="Fifty Year 7s.")
    amend(partnership, better, seen=1, user=one[1], organisation=one[0])
    with pytest.raises(Superseded, match="Version 2"):
        agree(partnership, number=1, user=two[1], organisation=two[0])
    assert again(partnership).state == State.PROPOSED
    assert agree(partnership, number=2, user=two[1], organisation=two[0])


def test_writing_over_a_version_that_one_has_not_seen_is_refused():
    one, two = party(), party()
    partnership = proposed(one, two)
    said = terms_of(partnership.versions.get())
    amend(partnership, replace(said, title="Theirs"), seen=1, user=two[1], organisation=two[0])
    with pytest.raises(Superseded):
        amend(partnership, replace(said, title="Mine"), seen=1, user=one[1], organisation=one[0])


def test_asking_for_a_change_tells_the_others_and_changes_nothing():
    one, two = party(), party()
    partnership = proposed(one, two)
    ask_for_change(partnership, number=1, user=two[1], organisation=two[0], text="Start in October.")
    assert Notice.objects.filter(user=one[1], detail="Start in October.").exists()
    assert again(partnership).state == State.PROPOSED
    with pytest.raises(PartnershipError, match="otherwise"):
        ask_for_change(partnership, number=1, user=two[1], organisation=two[0], text=" \n")


def test_the_version_in_force_stays_until_all_agreed_to_the_amendment():
    one, two = party(), party()
    partnership = in_force(one, two)
    better = replace(terms_of(partnership.stands), purpose="Fifty Year 7s.")
    amend(partnership, better, seen=1, user=two[1], organisation=two[0], note="More want to come.")
    assert again(partnership).stands.number == 1
    assert again(partnership).has_pending
    assert agree(partnership, number=2, user=one[1], organisation=one[0])
    assert again(partnership).stands.number == 2
    assert not again(partnership).has_pending


def test_an_amendment_that_leaves_a_party_out_needs_that_partys_word_too():
    one, two, three = party(), party(), party()
    partnership = in_force(one, two, three)
    without = replace(terms_of(partnership.stands), parties=terms(one[0], two[0]).parties)
    amend(partnership, without, seen=1, user=one[1], organisation=one[0])
    agree(partnership, number=2, user=two[1], organisation=two[0])
    assert again(partnership).stands.number == 1
    agree(partnership, number=2, user=three[1], organisation=three[0])
    assert again(partnership).stands.number == 2
    assert three[0] not in again(partnership).readers.all()


def test_a_party_that_nobody_can_speak_for_can_be_left_out_by_the_others():
    one, two, three = party(), party(), party()
    partnership = in_force(one, two, three)
    three[0].memberships.all().delete()
    without = replace(terms_of(partnership.stands), parties=terms(one[0], two[0]).parties)
    amend(partnership, without, seen=1, user=one[1], organisation=one[0])
    assert agree(partnership, number=2, user=two[1], organisation=two[0])


def test_one_joins_by_an_amendment_that_all_and_the_new_one_agree_to():
    one, two, three = party(), party(), party()
    partnership = in_force(one, two)
    before = terms_of(partnership.stands)
    with_three = replace(before, parties=(*before.parties, PartyTerms(three[0].pk, "funds", "£4,000")))
    amend(partnership, with_three, seen=1, user=one[1], organisation=one[0])
    assert not can_read_thread(three[1], again(partnership).thread)  # one party alone opens it to nobody
    agree(partnership, number=2, user=two[1], organisation=two[0])
    assert again(partnership).stands.number == 1
    with pytest.raises(NotAllowed):
        close(partnership, user=three[1], organisation=three[0], outcome="Not ours to close.")
    assert agree(partnership, number=2, user=three[1], organisation=three[0])
    assert can_read_thread(three[1], again(partnership).thread)
    with pytest.raises(NotAllowed):  # and nobody else's word counts
        agree(partnership, number=2, user=party()[1], organisation=one[0])


def test_who_is_asked_by_no_version_cannot_agree_to_it():
    one, two = party(), party()
    partnership = in_force(one, two)
    assert agree(partnership, number=1, user=two[1], organisation=two[0]) is False  # it has
    partnership.readers.add(other := party()[0])
    with pytest.raises(NotAsked):
        agree(partnership, number=1, user=owner_of(other), organisation=other)


def test_renewing_keeps_what_came_of_the_time_before_once_all_agree():
    one, two = party(), party()
    partnership = in_force(one, two)
    longer = replace(terms_of(partnership.stands), ends_on=days(700))
    with pytest.raises(PartnershipError, match="later than"):
        renew(partnership, terms_of(partnership.stands), seen=1, user=one[1], organisation=one[0], outcome="Good.")
    renew(partnership, longer, seen=1, user=one[1], organisation=one[0], outcome="Thirty-one came until June.")
    assert not Closing.objects.exists()
    agree(partnership, number=2, user=two[1], organisation=two[0])
    closing = Closing.objects.get()
    assert (closing.how, closing.version.number, closing.outcome) == ("renewed", 1, "Thirty-one came until June.")
    assert again(partnership).stands.ends_on == days(700)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Give it a title"),
        ({"places": ()}, "Name the place"),
        ({"places": ("E99",)}, "Name the place"),
        ({"ends_on": days(-3)}, "before the first"),
        ({"review_on": days(900)}, "review lies outside"),
        ({"initiatives": (999_999,)}, "not public any more"),
    ],
)
def test_what_cannot_be_agreed_to_is_said(change, sentence):
    (one, user), (two, _other) = party(), party()
    with pytest.raises(PartnershipError, match=sentence):
        propose(terms(one, two, **change), user=user, organisation=one, client_id="x")
    assert not Partnership.objects.exists()


def test_a_partnership_has_two_parties_and_its_sender_is_one():
    (one, user), (two, _other), (three, _third) = party(), party(), party()
    for organisations in ((one,), (one, one), (two, three)):
        with pytest.raises(PartnershipError):
            propose(terms(*organisations), user=user, organisation=one, client_id="x")


def test_nothing_that_was_agreed_can_be_changed_or_deleted():
    partnership = in_force(party(), party())
    version, row, said = partnership.stands, Party.objects.first(), Agreement.objects.first()
    for kept in (version, row, said):
        with pytest.raises(AlreadyKept):
            kept.save()
        with pytest.raises(AlreadyKept):
            kept.delete()
    for rows in (Version.objects.all(), Party.objects.all(), Agreement.objects.all(), partnership.versions.all()):
        with pytest.raises(AlreadyKept):
            rows.delete()
        with pytest.raises(AlreadyKept):
            rows.update(pk=7)


def test_the_database_itself_keeps_numbers_parties_and_agreements_single():
    partnership = in_force(party(), party())
    version = partnership.stands
    said, row = Agreement.objects.first(), Party.objects.first()
    for double in (
        Version(partnership=partnership, number=1, made_for=said.organisation, starts_on=days(0)),
        Version(partnership=partnership, number=2, made_for=said.organisation, starts_on=days(3), ends_on=days(1)),
        Agreement(version=version, organisation=said.organisation),
        Party(version=version, organisation=row.organisation),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            double.save()


def test_who_agreed_stays_on_record_when_their_account_goes():
    one, two = party(), party()
    partnership = in_force(one, two)
    owner_of(two[0])  # or the account could not go
    User.objects.get(pk=two[1].pk).delete()
    assert Agreement.objects.get(organisation=two[0]).user is None
    assert again(partnership).state == State.IN_FORCE


def test_each_deed_is_in_the_audit_log():
    one, two = party(), party()
    in_force(one, two)
    actions = ModelLogEntry.objects.filter(action__startswith="partnerships.").values_list("action", flat=True)
    assert sorted(actions) == ["partnerships.agree", "partnerships.begin", "partnerships.propose"]


def test_a_closed_one_takes_no_more_answers():
    from partnerships.domain.closing import close

    one, two = party(), party()
    partnership = proposed(one, two)
    close(partnership, user=one[1], organisation=one[0], outcome="We found another way.")
    with pytest.raises(AlreadyEnded):
        agree(partnership, number=1, user=two[1], organisation=two[0])


@pytest.mark.django_db(transaction=True)
def test_two_parties_that_agree_at_the_same_moment_are_both_counted():
    one, two, three = party(), party(), party()
    partnership = proposed(one, two, three)
    came = at_once(
        lambda: agree(partnership, number=1, user=two[1], organisation=two[0]),
        lambda: agree(partnership, number=1, user=three[1], organisation=three[0]),
    )
    assert sorted(came) == [False, True]
    assert again(partnership).state == State.IN_FORCE
    assert Agreement.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_new_version_at_the_same_moment_never_leave_an_old_one_in_force():
    one, two = party(), party()
    partnership = proposed(one, two)
    better = replace(terms_of(partnership.versions.get()), purpose="Fifty Year 7s.")
    at_once(
        lambda: amend(partnership, better, seen=1, user=one[1], organisation=one[0]),
        lambda: agree(partnership, number=1, user=two[1], organisation=two[0]),
    )
    now = again(partnership)
    if now.in_force_at is None:  # the new version came first
        assert now.stands.number == now.latest == 2
    else:  # the answer came first: that one is in force, and the new one waits
        assert (now.stands.number, now.latest) == (1, 2)


def test_an_organisation_that_nobody_can_see_yet_proposes_to_nobody():
    hidden, other = party("New Here"), party()
    Organisation.objects.filter(pk=hidden[0].pk).update(is_public=False)
    hidden[0].refresh_from_db()
    with pytest.raises(PartnershipError, match="cannot see “New Here” yet"):
        proposed(hidden, other)
    assert not Partnership.objects.exists()
