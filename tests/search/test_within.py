"""Searching in what was said, post by post."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from discussions.domain.posting import remove_post
from discussions.models import Visibility
from search.domain import within
from search.domain.within import find_posts, has_all
from search.words import parse_words
from tests.factories.discussions import member, post_in, thread_by
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def said(user, text, **where):
    return [one.author for one in find_posts(user, text, **where).posts]


def test_posts_are_found_in_any_form_of_their_words_the_newest_first():
    thread, reader = thread_by(), member()
    post_in(thread, member(name="Ana Ruiz"), text="We *mentored* at the Café in May.")
    post_in(thread, member(name="Bo Lund"), text="Mentoring goes on; the cafe helps.")
    post_in(thread, member(name="Cy Pugh"), text="A bus leaves at nine.")
    assert said(reader, "mentor cafe") == ["Bo Lund", "Ana Ruiz"]
    assert said(reader, '"goes on"') == ["Bo Lund"]
    assert said(reader, "cafe -may") == ["Bo Lund"]
    assert said(reader, "bus OR may") == ["Cy Pugh", "Ana Ruiz"]
    assert said(reader, "") == said(reader, "-bus") == []


def test_one_discussion_is_searched_alone():
    one, other = thread_by(text="A bus here."), thread_by(text="A bus there.")
    page = signed_in(member()).get(f"/search/posts/?in={other.pk}&q=bus").content.decode()
    assert "there." in page and "here." not in page.replace("there.", "")
    assert len(find_posts(one.opened_by, "bus").posts) == 2


def test_what_a_person_may_not_read_is_not_found():
    named = OrganisationFactory()
    party, stranger = member(of=named), member()
    secret = thread_by(party, text="Harbour plans.", visibility=Visibility.ORGANISATIONS, organisations=(named,))
    thread_by(text="Harbour for members.", visibility=Visibility.MEMBERS)
    assert len(find_posts(party, "harbour").posts) == 2
    assert len(find_posts(stranger, "harbour").posts) == 1
    assert "No post has these words" in Client().get("/search/posts/?q=harbour").content.decode()
    assert signed_in(stranger).get(f"/search/posts/?in={secret.pk}&q=harbour").status_code == 404


def test_what_was_taken_back_is_not_found():
    author = member()
    post = post_in(thread_by(), author, text="A harbour.")
    remove_post(post, user=author)
    assert said(author, "harbour") == []


def test_a_long_discussion_is_searched_page_by_page_and_to_its_end(monkeypatch):
    monkeypatch.setattr(within, "PAGE_SIZE", 2)
    monkeypatch.setattr(within, "_AT_ONCE", 3)
    thread, reader = thread_by(text="bus 1"), member()
    for number in range(2, 8):
        post_in(thread, text=f"bus {number}")
    seen, before = [], None
    while True:
        found = find_posts(reader, "bus", thread=thread, before=before)
        seen += [post.url for post in found.posts]
        if found.before is None:
            break
        before = found.before
    assert seen == [f"{thread.get_absolute_url()}{number}/" for number in range(7, 0, -1)]


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_of_posts_asks_as_much_at_one_as_at_thirty(rows, django_assert_max_num_queries):
    thread, reader = thread_by(text="bus"), member()
    for _number in range(rows - 1):
        post_in(thread, text="bus")
    with django_assert_max_num_queries(8):
        assert find_posts(reader, "bus").posts


@pytest.mark.parametrize("address", ["?q=%00", "?q=a&in=x", "?q=a&before=-1", "?q=" + "x" * 5_000, "?in=&q=%22"])
def test_nonsense_is_a_page(address):
    assert Client().get(f"/search/posts/{address}").status_code == 200


@given(st.lists(st.sampled_from(["mentor", "mentors", "bus", "café", "river"]), max_size=6), st.text(max_size=20))
def test_a_text_has_all_of_its_own_words(text, more):
    assert has_all(parse_words(" ".join(text)), " ".join(text) + " " + more)
