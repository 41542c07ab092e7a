"""What a post said before, as a difference that can be read."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.domain.posting import edit_post, remove_post
from discussions.models import Post
from discussions.queries.versions import PAGE_SIZE, history_of
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.discussions import member, post_in, thread_by
from texts.differing import word_changes

WORDS = st.text(alphabet="abé \n", max_size=40)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_their_difference(before: str, after: str):
    pieces = word_changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "in") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == after


def test_only_the_words_that_differ_are_marked():
    pieces = word_changes("We meet on Monday in Leeds.", "We meet on Tuesday in Leeds.")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "We meet on"),
        ("out", " Monday"),
        ("in", " Tuesday"),
        ("same", " in Leeds."),
    ]


@pytest.mark.django_db
def test_a_post_shows_what_was_changed_the_newest_first():
    post = post_in(thread_by(), text="We meet on Monday.")
    post = edit_post(post, user=post.author, text="We meet on Tuesday.")
    post = edit_post(post, user=post.author, text="We meet on Tuesday, <b>early</b>.")
    page = sign_in(Client(), member()).get(reverse("post", args=[post.pk])).content.decode()
    assert page.index("early") < page.index("Monday")
    marked = re.findall(r"<(del|ins)><span[^>]*>[^<]*</span>([^<]*)", page)
    assert marked == [
        ("del", " Tuesday."),
        ("ins", " Tuesday, &lt;b&gt;early&lt;/b&gt;."),
        ("del", " Monday."),
        ("ins", " Tuesday."),
    ]


@pytest.mark.django_db
def test_what_was_taken_out_is_shown_to_those_who_take_part_and_to_nobody_else():
    post = post_in(thread_by(), text="Ask Marigold Pratt.")
    post = edit_post(post, user=post.author, text="Ask the head.")
    address = reverse("post", args=[post.pk])
    clients = {
        "visitor": Client(),
        "newcomer": sign_in(Client(), UserFactory()),
        "member": sign_in(Client(), member()),
        "author": sign_in(Client(), post.author),
        "moderator": sign_in(Client(), ModeratorFactory()),
    }
    pages = {who: client.get(address).content.decode() for who, client in clients.items()}
    assert {who for who, page in pages.items() if "Marigold" in page} == {"member", "author", "moderator"}
    assert "What it said before is shown to the people who take part" in pages["visitor"]
    assert "Earlier versions stay readable" in pages["author"]


@pytest.mark.django_db
def test_a_post_that_was_removed_has_no_history_for_its_readers():
    post = post_in(thread_by(), text="A secret.")
    post = edit_post(post, user=post.author, text="No secret.")
    post = remove_post(post, user=post.author)
    page = Client().get(reverse("post", args=[post.pk])).content.decode()
    assert "secret" not in page


@pytest.mark.django_db
def test_many_edits_are_paged_and_cost_two_questions():
    post = post_in(thread_by(), text="Version 0")
    counts = []
    for edits in (range(1, 2), range(2, 26)):
        for number in edits:
            post = edit_post(post, user=post.author, text=f"Version {number}")
        with CaptureQueriesContext(connection) as asked:
            history_of(Post.objects.get(pk=post.pk))
        counts.append(len(asked))
    assert counts == [3, 3]  # the post itself among them
    pages = [history_of(post, page) for page in (1, 2, 3)]
    assert [len(page.versions) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 5]
    numbers = [version.number for page in pages for version in page.versions]
    assert numbers == list(range(25, 0, -1))
    ends = [version.pieces[-1].text for page in pages for version in page.versions]
    assert ends == [f" {number}" for number in range(25, 0, -1)]
    assert [history_of(post, page).number for page in (-5, 0, 99)] == [1, 1, 3]


@pytest.mark.django_db
def test_of_a_long_text_only_what_is_around_the_change_is_shown():
    post = post_in(thread_by(), text="word " * 1_000 + "Monday" + " word" * 900)
    post = edit_post(post, user=post.author, text=post.text.replace("Monday", "Tuesday"))
    before, out, put_in, after = history_of(post).versions[0].pieces
    assert (out.text, put_in.text) == (" Monday", " Tuesday")
    assert len(before.text) < 500 and before.text.endswith("word")
    assert len(after.text) < 500


@pytest.mark.django_db
def test_a_text_that_cannot_be_kept_stays_in_its_box():
    post = post_in(thread_by(), text="Words")
    client = sign_in(Client(), post.author)
    long = "too long " * 1_200
    answer = client.post(reverse("post-do", args=[post.pk]), {"do": "edit", "text": long})
    assert answer.status_code == 422
    assert long.strip() in answer.content.decode()
    assert "Divide it in two." in answer.content.decode()
    empty = client.post(reverse("post-do", args=[post.pk]), {"do": "edit", "text": " \u200b "})
    assert empty.status_code == 422
    assert "Write something first." in empty.content.decode()
    post.refresh_from_db()
    assert post.text == "Words"


@pytest.mark.django_db
def test_nobody_sees_the_box_of_somebody_elses_words():
    post = post_in(thread_by(), text="Words")
    client = sign_in(Client(), member())
    answer = client.post(reverse("post-do", args=[post.pk]), {"do": "edit", "text": "Mine now"}, follow=True)
    assert "Earlier versions stay readable" not in answer.content.decode()
    post.refresh_from_db()
    assert post.text == "Words"
