"""Threads: who may read them, who looks after them, what they are about."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from discussions.about import of_organisation, of_place
from discussions.domain.errors import DiscussionError, NotAllowed
from discussions.domain.opening import Opening, open_thread
from discussions.domain.tending import change_readers, close_thread, move_thread, pin_thread, rename_thread
from discussions.models import Thread, Visibility
from discussions.permissions import can_post, can_read, looks_after, readable_threads
from discussions.queries.listing import talk_about
from discussions.subjects import at_paths, find
from places.models import Place
from places.queries import gazetteer
from tests.factories.accounts import CoordinatorFactory, ModeratorFactory, UserFactory
from tests.factories.discussions import client_id, member, post_in, thread_by
from tests.factories.initiatives import CARDIFF, MIDDLESBROUGH
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def test_everyone_reads_a_public_thread_and_members_write():
    thread = thread_by()
    newcomer, somebody = UserFactory(), member()
    assert all(can_read(user, thread) for user in (VISITOR, newcomer, somebody))
    assert [can_post(user, thread) for user in (VISITOR, newcomer, somebody)] == [False, False, True]


def test_a_thread_for_members_is_theirs():
    thread = thread_by(visibility=Visibility.MEMBERS)
    coordinator = CoordinatorFactory(place=Place.objects.get(code=CARDIFF))
    assert [can_read(u, thread) for u in (VISITOR, UserFactory(), member(), coordinator)] == [False, False, True, True]


def test_a_thread_for_named_organisations_is_theirs_alone_whoever_asks():
    ours, theirs = OrganisationFactory(), OrganisationFactory()
    opener = member(of=ours)
    thread = thread_by(opener, visibility=Visibility.ORGANISATIONS, organisations=[ours, theirs])
    readers = [opener, member(of=ours), member(of=theirs)]
    others = [VISITOR, UserFactory(), member(), ModeratorFactory(), CoordinatorFactory()]
    assert all(can_read(fresh(user), thread) for user in readers)
    assert not any(can_read(user, thread) for user in others)
    assert not any(thread in readable_threads(user) for user in others)
    assert all(thread in readable_threads(fresh(user)) for user in readers)


def test_a_thread_about_a_hidden_organisation_is_its_peoples():
    hidden = OrganisationFactory(is_public=False)
    own = member(of=hidden)
    thread = thread_by(own, subject=of_organisation(hidden))
    assert can_read(fresh(own), thread)
    assert not can_read(member(), thread) and not can_read(VISITOR, thread)
    assert talk_about(VISITOR, "organisation", str(hidden.pk)).number == 1  # its page is hidden itself


def test_what_a_moderator_took_away_is_theirs_to_see():
    thread = thread_by()
    Thread.objects.filter(pk=thread.pk).update(hidden_at="2026-01-01T00:00Z")
    thread.refresh_from_db()
    assert not can_read(member(), thread) and thread not in readable_threads(VISITOR)
    moderator = ModeratorFactory()
    assert can_read(moderator, thread) and thread in readable_threads(moderator)


def test_opening_twice_is_opening_once_and_needs_the_parties_named():
    user, same = member(), client_id()
    first = open_thread(Opening("One"), user=user, text="Words.", client_id=same)
    assert open_thread(Opening("One"), user=user, text="Words.", client_id=same).pk == first.pk
    assert Thread.objects.count() == 1
    with pytest.raises(DiscussionError):
        open_thread(Opening("X", visibility=Visibility.ORGANISATIONS), user=user, text="x", client_id=client_id())
    with pytest.raises(NotAllowed):
        open_thread(Opening("X"), user=UserFactory(), text="x", client_id=client_id())
    assert Thread.objects.count() == 1


def test_a_thread_about_a_place_lies_there_and_its_coordinator_looks_after_it():
    place = gazetteer()[MIDDLESBROUGH]
    thread = thread_by(subject=of_place(place), tags=["year 7"])
    assert (thread.place_id, thread.subject_key) == (MIDDLESBROUGH, MIDDLESBROUGH)
    here = CoordinatorFactory(place=Place.objects.get(code=MIDDLESBROUGH))
    there = CoordinatorFactory(place=Place.objects.get(code=CARDIFF))
    assert looks_after(here, thread) and not looks_after(there, thread)
    pin_thread(thread, user=here, pinned=True)
    with pytest.raises(NotAllowed):
        pin_thread(thread, user=thread.opened_by, pinned=False)
    with pytest.raises(NotAllowed):
        rename_thread(thread, user=there, title="Mine")


def test_every_change_of_a_thread_takes_a_number_and_the_same_again_none():
    opener = member()
    thread = thread_by(opener)
    rename_thread(thread, user=opener, title="Another")
    rename_thread(thread, user=opener, title="Another")
    close_thread(thread, user=opener, closed=True)
    close_thread(thread, user=opener, closed=True)
    close_thread(thread, user=opener, closed=False)
    move_thread(thread, user=opener, subject=of_place(gazetteer()[CARDIFF]))
    thread.refresh_from_db()
    assert (thread.title, thread.sequence, thread.changed, thread.posts) == ("Another", 5, 5, 1)
    assert thread.place_id == CARDIFF


def test_who_may_read_can_be_changed_and_named_ones_have_to_be_named():
    ours = OrganisationFactory()
    opener = member(of=ours)
    thread = thread_by(opener)
    with pytest.raises(DiscussionError):
        change_readers(thread, user=opener, visibility=Visibility.ORGANISATIONS)
    change_readers(thread, user=opener, visibility=Visibility.ORGANISATIONS, organisations=[ours])
    thread.refresh_from_db()
    assert not can_read(VISITOR, thread) and list(thread.organisations.all()) == [ours]
    change_readers(thread, user=opener, visibility=Visibility.PUBLIC)
    thread.refresh_from_db()
    assert can_read(VISITOR, thread) and not thread.organisations.exists()


def test_things_are_found_by_key_and_by_address_and_nothing_by_nonsense():
    organisation = OrganisationFactory(name="Open House", is_public=True)
    hidden = OrganisationFactory(is_public=False)
    found = at_paths(["/places/middlesbrough/", organisation.get_absolute_url(), hidden.get_absolute_url(), "/x/", ""])
    assert {subject.title for subject in found.values()} == {"Middlesbrough", "Open House"}
    assert find("place", MIDDLESBROUGH).title == "Middlesbrough"
    assert find("organisation", str(organisation.pk)).title == "Open House"
    for kind, key in (("place", "x"), ("organisation", "99999999999999999999"), ("organisation", "x"), ("no", "1")):
        assert find(kind, key) is None


@pytest.mark.parametrize("number", [1, 30])
def test_what_is_said_about_a_thing_takes_the_same_queries_however_much(number, django_assert_num_queries):
    opener = member()
    for at in range(number):
        post_in(thread_by(opener, title=f"T{at}", subject=of_place(gazetteer()[MIDDLESBROUGH])))
    with django_assert_num_queries(4):
        said = talk_about(VISITOR, "place", MIDDLESBROUGH)
    assert (said.number, said.posts) == (number, 2 * number)
    with django_assert_num_queries(1):
        assert not talk_about(VISITOR, "place", CARDIFF).threads
