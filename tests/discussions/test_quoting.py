"""An answer shows whom it answers and the first words: as they are now, on pages and in frames alike."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from discussions.domain.posting import edit_post, remove_post
from discussions.events import PostChanged
from discussions.live.frames import post_frame
from discussions.models import Post
from discussions.queries.showing import shown
from notifications.announcing import subscribe, unsubscribe
from tests.factories.accounts import ModeratorFactory
from tests.factories.discussions import member, post_in, thread_by

pytestmark = pytest.mark.django_db(transaction=True)


def quoted(post: Post):
    return shown(Post.objects.select_related("author", "organisation", "answers__author").get(pk=post.pk)).answers


@pytest.fixture
def heard():
    events: list[PostChanged] = []
    subscribe(PostChanged, events.append)
    yield events
    unsubscribe(PostChanged, events.append)


@pytest.fixture
def conversation():
    first = post_in(thread_by(), member(name="Anna Smith"), "Who meets **Year 7s** in `Leeds`?")
    answer = post_in(first.thread, text="We do.", answers=first)
    return first, answer


def test_it_shows_who_and_the_first_words_without_their_marks(conversation):
    _first, answer = conversation
    assert (quoted(answer).author, quoted(answer).extract) == ("Anna Smith", "Who meets Year 7s in Leeds?")


def test_a_long_text_is_cut_between_words():
    first = post_in(thread_by(), text="word " * 2_000)
    extract = quoted(post_in(first.thread, answers=first)).extract
    assert len(extract) <= 122 and extract.endswith("word …")


def test_after_an_edit_it_shows_the_new_words_and_pages_that_are_open_are_told(conversation, heard):
    first, answer = conversation
    before = answer.thread.sequence
    edit_post(first, user=first.author, text="Who meets Year 8s?")
    assert quoted(answer).extract == "Who meets Year 8s?"
    changes = [(event.post.pk, event.sequence) for event in heard]
    first.thread.refresh_from_db()
    assert changes == [(first.pk, first.thread.sequence - 1), (answer.pk, first.thread.sequence)]
    assert first.thread.sequence > before
    assert "Who meets Year 8s?" in post_frame(heard[1].post, "en-gb")


def test_an_edit_further_down_changes_no_answer(heard):
    first = post_in(thread_by(), text="word " * 200)
    post_in(first.thread, answers=first)
    heard.clear()
    edit_post(first, user=first.author, text="word " * 200 + "more")
    assert [event.post.pk for event in heard] == [first.pk]


@pytest.mark.parametrize("moderated", [False, True])
def test_what_was_removed_is_quoted_no_more_anywhere(conversation, heard, moderated: bool):
    first, answer = conversation
    post_frame(answer, "en-gb")  # kept with the words
    remove_post(first, user=ModeratorFactory() if moderated else first.author)
    found = quoted(answer)
    assert (found.author, found.extract, found.removed) == ("Anna Smith", "", True)
    assert [event.post.pk for event in heard] == [first.pk, answer.pk]
    pages = [
        post_frame(heard[1].post, "en-gb"),
        Client().get(first.thread.get_absolute_url()).content.decode(),
        Client().get(reverse("post", args=[answer.pk])).content.decode(),
        Client().get(reverse("discussion-entries", args=[first.thread_id])).content.decode(),
    ]
    for page in pages:
        assert "Year 7s" not in page
        assert "removed since" in page


def test_the_changes_that_follow_keep_the_numbers_without_gaps(conversation):
    first, _answer = conversation
    for _number in range(4):
        post_in(first.thread, answers=first)
    remove_post(first, user=first.author)
    entries = json.loads(Client().get(reverse("discussion-entries", args=[first.thread_id])).content)
    sequences = [frame["s"] for frame in entries["frames"]]
    assert sequences == sorted(set(sequences))
    assert sequences[-1] == entries["s"]


def test_of_a_post_in_another_discussion_neither_author_nor_words_are_shown(conversation):
    first, answer = conversation
    other = thread_by()
    Post.objects.filter(pk=first.pk).update(thread=other, number=99)
    found = quoted(answer)
    assert (found.author, found.extract, found.thread_id) == ("", "", other.pk)
    page = Client().get(answer.thread.get_absolute_url()).content.decode()
    assert "To a post in another discussion" in page
    assert "Year 7s" not in page


def test_whose_account_is_gone_is_said_so(conversation):
    first, answer = conversation
    first.author.delete()
    assert quoted(answer).author == "Someone who has left"


def test_who_removed_a_post_is_said():
    thread = thread_by()
    own, moderated, nobodys = (post_in(thread, text="Words") for _number in range(3))
    remove_post(own, user=own.author)
    moderator = ModeratorFactory()
    remove_post(moderated, user=moderator)
    remove_post(nobodys, user=nobodys.author)
    nobodys.author.delete()
    said = [shown(Post.objects.get(pk=post.pk)).removed for post in (own, moderated, nobodys)]
    assert said[0] == "This post was removed by its author."
    assert said[1] == "This post was removed by a moderator."
    assert said[2] == "This post was removed."
