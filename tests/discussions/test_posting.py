"""Posts: numbered without gaps, sent twice and there once, edited and removed in sight of everyone."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from discussions.domain.attending import mark_read, pay_attention
from discussions.domain.errors import Closed, DiscussionError, Gone, NotAllowed
from discussions.domain.posting import edit_post, post_message, react, remove_post
from discussions.domain.tending import close_thread
from discussions.models import Attention, Participation, Post, PostVersion, Thread
from discussions.queries.reading import changes_after
from organisations.domain.membership import leave_organisation
from organisations.models import Role
from tests.factories.accounts import ModeratorFactory, UserFactory
from tests.factories.discussions import client_id, member, post_in, thread_by
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_posts_are_numbered_from_one_and_changes_go_on():
    thread = thread_by()
    posts = [post_in(thread) for _ in range(3)]
    assert [post.number for post in posts] == [2, 3, 4]
    assert [post.changed for post in posts] == [2, 3, 4]
    edit_post(posts[0], user=posts[0].author, text="Other words.")
    thread.refresh_from_db()
    assert (thread.posts, thread.sequence) == (4, 5)
    assert [post.number for post in changes_after(thread, 3)] == [4, 2]


def test_a_post_that_is_sent_twice_is_one():
    thread, author = thread_by(), member()
    first = post_in(thread, author, client_id="same")
    again = post_in(thread, author, text="Even with other words.", client_id="same")
    assert again.pk == first.pk
    assert Post.objects.filter(thread=thread).count() == 2
    assert post_in(thread, client_id="same").pk != first.pk  # of somebody else it is another


def test_a_post_that_was_stored_is_answered_though_the_thread_was_closed_meanwhile():
    opener, author = member(), member()
    thread = thread_by(opener)
    first = post_in(thread, author, client_id="same")
    close_thread(thread, user=opener, closed=True)
    assert post_in(thread, author, client_id="same").pk == first.pk
    with pytest.raises(Closed):
        post_in(thread, author)


def test_who_belongs_nowhere_or_left_may_not_post():
    thread = thread_by()
    with pytest.raises(NotAllowed):
        post_in(thread, UserFactory())
    author = member()
    organisation = OrganisationFactory()
    MembershipFactory(organisation=organisation, role=Role.OWNER)
    with pytest.raises(NotAllowed):
        post_in(thread, author, organisation=organisation)
    MembershipFactory(user=author, organisation=organisation)
    author = type(author).objects.get(pk=author.pk)
    assert post_in(thread, author, organisation=organisation).organisation == organisation
    leave_organisation(organisation, user=author)
    with pytest.raises(NotAllowed):
        post_in(thread, author, organisation=organisation)


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\x01", "x" * 10_001])
def test_nothing_and_too_much_are_refused_in_a_sentence(text):
    thread = thread_by()
    with pytest.raises(DiscussionError, match=r"\w"):
        post_message(thread, author=member(), text=text, client_id=client_id())
    thread.refresh_from_db()
    assert (thread.posts, thread.sequence) == (1, 1)


def test_an_answer_is_to_a_post_of_the_same_thread():
    thread = thread_by()
    first = Post.objects.get(thread=thread)
    assert post_in(thread, answers=first).answers == first
    with pytest.raises(DiscussionError):
        post_in(thread_by(), answers=first)


def test_an_edit_keeps_what_stood_there_and_is_ones_own():
    author = member()
    post = post_in(thread_by(), author, text="Frist")
    with pytest.raises(NotAllowed):
        edit_post(post, user=member(), text="Yours now")
    with pytest.raises(NotAllowed):
        edit_post(post, user=ModeratorFactory(), text="Moderated")
    assert edit_post(post, user=author, text="First").text == "First"
    edit_post(post, user=author, text="First")  # the same again is no edit
    assert list(PostVersion.objects.values_list("text", flat=True)) == ["Frist"]
    post.refresh_from_db()
    assert post.edited_at and "First" in post.html


def test_a_removed_post_leaves_its_number_and_says_no_more():
    author = member()
    thread = thread_by()
    post = post_in(thread, author)
    with pytest.raises(NotAllowed):
        remove_post(post, user=member())
    remove_post(post, user=author)
    remove_post(post, user=author)  # twice is once
    thread.refresh_from_db()
    assert (thread.posts, thread.sequence) == (2, 3)
    for act in (
        lambda: edit_post(post, user=author, text="Again"),
        lambda: react(post, user=author, kind="agree", wanted=True),
    ):
        with pytest.raises(Gone):
            act()


def test_a_moderator_removes_what_somebody_else_wrote():
    post = post_in(thread_by())
    moderator = ModeratorFactory()
    assert remove_post(post, user=moderator).removed_by == moderator


def test_a_reaction_counts_once_and_can_be_taken_back():
    post, reader = post_in(thread_by()), member()
    for wanted in (True, True):
        react(post, user=reader, kind="thanks", wanted=wanted)
    react(post, user=post.author, kind="thanks", wanted=True)
    post.refresh_from_db()
    assert post.reactions == {"thanks": [reader.pk, post.author_id]}
    for wanted in (False, False):
        react(post, user=reader, kind="thanks", wanted=wanted)
    post.refresh_from_db()
    assert post.reactions == {"thanks": [post.author_id]}
    with pytest.raises(DiscussionError):
        react(post, user=reader, kind="no-such", wanted=True)


def test_whoever_writes_has_read_and_follows_unless_they_said_otherwise(django_capture_on_commit_callbacks):
    thread, author = thread_by(), member()
    mark_read(thread, user=author, number=1)
    assert Participation.objects.get(thread=thread, user=author).attention == ""
    with django_capture_on_commit_callbacks(execute=True):
        post_in(thread, author)
    row = Participation.objects.get(thread=thread, user=author)
    assert (row.read, row.attention) == (2, Attention.FOLLOWS)
    pay_attention(thread, user=author, attention=Attention.NONE)
    with django_capture_on_commit_callbacks(execute=True):
        post_in(thread, author)
    row.refresh_from_db()
    assert (row.read, row.attention) == (3, Attention.NONE)


def test_reading_goes_on_and_never_back_nor_past_the_end():
    thread, reader = thread_by(), member()
    for _ in range(4):
        post_in(thread)
    thread.refresh_from_db()
    assert mark_read(thread, user=reader, number=3) == 3
    assert mark_read(thread, user=reader, number=2) == 3
    assert mark_read(thread, user=reader, number=99) == 5
    assert mark_read(thread, user=reader, number=-5) == 5


@pytest.mark.django_db(transaction=True)
def test_many_who_post_at_once_get_every_number_once():
    thread, authors = thread_by(), [member() for _ in range(4)]
    faults: list[BaseException] = []

    def post(author):
        try:
            for _ in range(5):
                post_message(thread, author=author, text="At once.", client_id=client_id())
        except BaseException as error:
            faults.append(error)
        finally:
            connections.close_all()

    running = [threading.Thread(target=post, args=[author]) for author in authors]
    for one in running:
        one.start()
    for one in running:
        one.join(60)
    assert faults == []
    thread = Thread.objects.get(pk=thread.pk)
    rows = list(Post.objects.filter(thread=thread).order_by("number").values_list("number", "changed"))
    assert rows == [(number, number) for number in range(1, 22)]
    assert (thread.posts, thread.sequence) == (21, 21)


@pytest.mark.django_db(transaction=True)
def test_the_same_post_sent_at_once_by_two_lines_is_one():
    thread, author = thread_by(), member()
    given: list[int] = []
    start = threading.Barrier(3, timeout=30)

    def post():
        start.wait()
        given.append(post_message(thread, author=author, text="Once.", client_id="one").pk)
        connections.close_all()

    running = [threading.Thread(target=post) for _ in range(3)]
    for one in running:
        one.start()
    for one in running:
        one.join(60)
    assert len(given) == 3 and len(set(given)) == 1
    thread.refresh_from_db()
    assert (thread.posts, thread.sequence) == (2, 2)


class Gapless(TestCase):
    """Whatever is done in whatever order, posts are 1 to n, and no change shares a number with another."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.sampled_from(["post", "edit", "remove", "react", "close", "open"]), max_size=12))
    def test_numbers_have_no_gap(self, acts: list[str]) -> None:
        author = member()
        thread = thread_by(author)
        changes = 1
        for act in acts:
            post = Post.objects.filter(thread=thread).latest("number")
            thread.refresh_from_db()
            try:
                if act == "post":
                    post_in(thread, author)
                elif act == "edit":
                    edit_post(post, user=author, text=f"{post.text} more")
                elif act == "remove":
                    if post.is_removed:
                        continue
                    remove_post(post, user=author)
                elif act == "react":
                    react(post, user=author, kind="agree", wanted=author.pk not in post.reactions.get("agree", []))
                elif thread.is_closed == (act == "close"):
                    continue
                else:
                    close_thread(thread, user=author, closed=act == "close")
                changes += 1
            except DiscussionError:
                continue
        thread.refresh_from_db()
        assert thread.sequence == changes
        numbers = list(Post.objects.filter(thread=thread).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, thread.posts + 1))


def test_a_post_takes_one_write_and_no_more_of_a_long_thread(django_assert_num_queries):
    thread, author = thread_by(), member()
    post_in(thread, author)
    expected = 1 if connection.vendor == "postgresql" else 2
    savepoints = 2  # tests run in a transaction of their own
    with django_assert_num_queries(expected + savepoints):
        post_message(thread, author=author, text="One more.", client_id=client_id())
