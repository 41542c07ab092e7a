"""Who is told of a new post, and of what: once, only who may read it, never its author."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from accounts.domain.granting import grant_coordination
from discussions.about import of_organisation, of_place
from discussions.domain import spreading
from discussions.domain.attending import mark_read, pay_attention
from discussions.domain.posting import remove_post
from discussions.domain.spreading import tell_new_posts, tell_of_thread
from discussions.models import Thread, Visibility
from notifications.models import Notice
from organisations.models import Role
from places.models import Place
from places.queries import gazetteer
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.discussions import member, post_in, thread_by
from tests.factories.initiatives import MIDDLESBROUGH
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread():
    """One that everybody was told of."""
    thread = thread_by(title="Year 7s")
    tell_new_posts()
    Notice.objects.all().delete()
    return thread


def kinds_of(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def following(thread, *people):
    for person in people:
        pay_attention(thread, user=person, attention="follows")


def test_followers_are_told_of_many_posts_by_one_line(thread):
    follower = member()
    following(thread, follower)
    for _number in range(3):
        post_in(thread)
    assert (tell_new_posts(), tell_new_posts()) == (1, 0)
    (line,) = Notice.objects.filter(user=follower)
    assert line.title == "3 new posts in “Year 7s”"
    post_in(thread)
    tell_new_posts()
    line.refresh_from_db()
    assert line.title == "4 new posts in “Year 7s”"


def test_one_post_tells_a_person_of_one_thing_the_most_telling(thread):
    ana, ben = member(name="Ana Ruiz"), member(name="Ben Ode")
    following(thread, ana)
    first = post_in(thread, ana)
    post_in(thread, ben, text="@Ana Ruiz what do you say?", answers=first)
    tell_new_posts()
    assert kinds_of(ana) == ["mention"]
    assert kinds_of(ben) == []
    post_in(thread, ben, answers=first)
    tell_new_posts()
    assert kinds_of(ana) == ["mention", "reply"]


def test_who_saw_it_already_or_wants_nothing_is_told_nothing(thread):
    reader, silent, answered = member(), member(), member()
    following(thread, reader)
    post = post_in(thread, answered)
    pay_attention(thread, user=silent, attention="none")
    pay_attention(thread, user=answered, attention="none")
    post_in(thread, answers=post)
    thread.refresh_from_db()
    mark_read(thread, user=reader, number=3)
    tell_new_posts()
    assert kinds_of(reader) == kinds_of(silent) == kinds_of(answered) == []


def test_what_was_taken_back_before_is_told_to_nobody_and_later_leaves_no_words(thread):
    follower, author = member(), member()
    following(thread, follower)
    remove_post(post_in(thread, author), user=author)
    tell_new_posts()
    assert kinds_of(follower) == []


def test_a_removed_post_is_quoted_in_no_inbox(thread, django_capture_on_commit_callbacks):
    ana, ben = member(name="Ana Ruiz"), member()
    post_in(thread, ana)
    post = post_in(thread, ben, text="@Ana Ruiz unkind words.")
    tell_new_posts()
    assert "unkind" in Notice.objects.get(user=ana).detail
    with django_capture_on_commit_callbacks(execute=True):
        remove_post(post, user=ben)
    line = Notice.objects.get(user=ana)
    assert line.detail == ""
    assert line.read_at is not None  # and nothing is new


def test_of_many_new_posts_those_that_stand_stay_new(thread, django_capture_on_commit_callbacks):
    follower, author = member(), member()
    following(thread, follower)
    posts = [post_in(thread, author) for _number in range(3)]
    tell_new_posts()
    with django_capture_on_commit_callbacks(execute=True):
        remove_post(posts[-1], user=author)
    assert Notice.objects.get(user=follower).read_at is None


def test_a_post_that_mentions_who_follows_tells_them_once_whichever_run_comes_first(thread):
    ana, ben = member(name="Ana Ruiz"), member()
    following(thread, ana)
    post_in(thread, ana)
    tell_new_posts()
    post_in(thread, ben, text="@Ana Ruiz, and you?")
    assert [tell_of_thread(thread.pk), tell_new_posts()] == [True, 0]
    assert kinds_of(ana) == ["mention"]


def test_only_who_may_read_it_at_that_moment_is_told():
    named = OrganisationFactory()
    party, left = member(of=named), member(of=named)
    thread = thread_by(party, visibility=Visibility.ORGANISATIONS, organisations=(named,))
    tell_new_posts()
    following(thread, left)
    post_in(thread, party)
    left.memberships.all().delete()
    tell_new_posts()
    assert kinds_of(left) == []


def test_a_new_discussion_is_told_to_whose_it_is_and_who_coordinates_its_place():
    organisation = OrganisationFactory(is_public=True)
    owner = MembershipFactory(organisation=organisation, role=Role.OWNER).user
    plain = MembershipFactory(organisation=organisation, role=Role.MEMBER).user
    coordinator = UserFactory()
    grant_coordination(coordinator, Place.objects.get(slug="north-east"), by=None)
    thread_by(subject=of_organisation(organisation))
    thread_by(subject=of_place(gazetteer()[MIDDLESBROUGH]))
    tell_new_posts()
    assert kinds_of(owner) == ["discussion"]
    assert set(kinds_of(coordinator)) == {"discussion"}
    assert kinds_of(plain) == []


def test_a_run_that_dies_half_way_neither_loses_nor_repeats(thread, monkeypatch):
    follower = member()
    following(thread, follower)
    post_in(thread)
    write = spreading.notify

    def dying(*args):
        write(*args)
        raise RuntimeError("the power goes")

    monkeypatch.setattr(spreading, "notify", dying)
    with pytest.raises(RuntimeError), transaction.atomic():
        tell_of_thread(thread.pk)
    assert kinds_of(follower) == [] and Thread.objects.get(pk=thread.pk).told == 1
    monkeypatch.setattr(spreading, "notify", write)
    tell_new_posts()
    tell_new_posts()
    assert kinds_of(follower) == ["post"]


def test_reading_the_discussion_is_reading_the_line(thread, django_capture_on_commit_callbacks):
    follower = member()
    following(thread, follower)
    post_in(thread)
    tell_new_posts()
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(Client(), follower).get(thread.get_absolute_url())
    assert Notice.objects.get(user=follower).read_at is not None


def test_who_is_mentioned_or_answered_is_told_at_once(thread, django_capture_on_commit_callbacks):
    ana = member(name="Ana Ruiz")
    first = post_in(thread, ana)
    with django_capture_on_commit_callbacks(execute=True):
        post_in(thread, answers=first)
    assert kinds_of(ana) == ["reply"]
    with django_capture_on_commit_callbacks(execute=True):
        post_in(thread, text="@Ana Ruiz?")
    assert kinds_of(ana) == ["reply", "mention"]


@pytest.mark.parametrize("followers", [1, 30])
def test_telling_thirty_followers_asks_as_much_as_telling_one(thread, followers, django_assert_max_num_queries):
    following(thread, *(member() for _number in range(followers)))
    post_in(thread)
    with django_assert_max_num_queries(16):
        tell_of_thread(thread.pk)
    assert Notice.objects.count() == followers
