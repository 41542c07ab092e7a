"""What pages of discussions say where something is missing, was refused or cannot be done."""

from __future__ import annotations

import pytest
from django.test import Client

from discussions.domain.reporting import report_post
from discussions.domain.spotting import names_left
from discussions.domain.tending import close_thread
from discussions.models import Visibility
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.discussions import client_id, member, post_in, thread_by
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json"}


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<p>What do you say, @Beth Carrick?</p>", ["Beth Carrick"]),
        ('<p><span class="mention" data-person="3">@Ann Lee</span> and @Bo</p>', ["Bo"]),
        ('<p><a class="mention" href="/organisations/x/">@A House</a></p>', []),
        ("<p>me@example.org, <code>@x</code>, five @ home</p>", []),
        ("<p>@one @two @one</p>", ["one", "two"]),
        ("<p>" + "@a1 @b2 @c3 @d4 @e5 @f6" + "</p>", ["a1", "b2", "c3", "d4", "e5"]),
    ],
)
def test_names_that_told_nobody_are_found(html: str, names: list[str]):
    assert names_left(html) == names


def test_a_script_of_somebody_signed_out_is_told_so_and_a_form_is_led_to_sign_in():
    post = post_in(thread_by())
    given = {"text": "Hello", "client_id": client_id()}
    for address, fields in (
        (f"/discussions/{post.thread_id}/post/", given),
        (f"/discussions/posts/{post.pk}/do/", {"do": "react", "kind": "thanks"}),
    ):
        answer = Client().post(address, fields, headers=SCRIPT)
        assert answer.status_code == 401
        assert answer.json()["error"].startswith("You are signed out.")
        assert Client().post(address, fields).url == f"/accounts/login/?next={address}"


def test_the_address_that_posts_leads_back_to_the_box():
    thread = thread_by()
    answer = sign_in(Client(), member()).get(f"/discussions/{thread.pk}/post/")
    assert answer.url == f"/discussions/{thread.pk}/#write"


def test_a_broken_program_is_answered_in_sentences():
    thread = thread_by()
    client = sign_in(Client(), member())
    answer = client.post(f"/discussions/{thread.pk}/post/", {"text": "Hello", "client_id": "a b", "answers": "x"})
    page = answer.content.decode()
    assert "The page did not send all that belongs to a post." in page
    assert "The post you answer cannot be found." in page
    assert "Client id" not in page and "Answers:" not in page


def test_a_visitor_signs_in_to_answer_and_a_closed_discussion_offers_no_answer():
    opener = member(name="Ana Ruiz")
    thread = thread_by(opener)
    page = page_of(Client(), f"/discussions/{thread.pk}/?from=1&answer=1")
    assert f"/accounts/login/?next=/discussions/{thread.pk}/%3Ffrom%3D1%26answer%3D1%23write" in page
    assert "to answer Ana Ruiz." in page
    assert "thread--reading" not in page
    assert "thread--reading" in page_of(sign_in(Client(), UserFactory()), thread.get_absolute_url())
    close_thread(thread, user=opener, closed=True)
    assert "thread--closed" in page_of(Client(), thread.get_absolute_url())


def test_a_search_of_titles_says_how_many_posts_have_the_words():
    thread = thread_by(title="Mentors")
    post_in(thread, text="A lighthouse keeper came.")
    secret = member()
    own = secret.memberships.get().organisation
    hidden = thread_by(secret, title="Hidden", visibility=Visibility.ORGANISATIONS, organisations=(own,))
    post_in(hidden, secret, text="Our lighthouse.")
    missed = page_of(Client(), "/discussions/?q=lighthouse")
    assert "No discussion has such a title." in missed
    assert '<a href="/search/posts/?q=lighthouse">1 post has these words</a>' in missed
    assert "2 posts have these words" in page_of(sign_in(Client(), secret), "/discussions/?q=lighthouse")
    assert "These are discussions with such a title." in page_of(Client(), "/discussions/?q=mentors")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Ironstne Academy", "Do you mean “Ironstone Academy”?"),
        ("ironstone", "Do you mean “Ironstone Academy”?"),
        ("Qwx", "We know no organisation called “Qwx”. Check the name."),
    ],
)
def test_a_name_that_is_nearly_right_is_said_with_the_right_one(typed: str, sentence: str):
    OrganisationFactory(name="Ironstone Academy", is_public=True)
    OrganisationFactory(name="Ironstone Hidden", is_public=False)
    given = {"title": "T", "text": "W", "visibility": "organisations", "parties": typed, "client_id": client_id()}
    answer = sign_in(Client(), member()).post("/discussions/new/", given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_organisations_are_suggested_by_the_beginnings_of_their_words():
    for name, is_public in (("Ironstone Academy", True), ("The Iron Works", True), ("Iron Secret", False)):
        OrganisationFactory(name=name, is_public=is_public)
    found = Client().get("/organisations/suggest/", {"q": "iron"}).json()["results"]
    assert [one["name"] for one in found] == ["Ironstone Academy", "The Iron Works"]
    assert Client().get("/organisations/suggest/", {"q": "i"}).json() == {"results": []}


def test_a_card_of_care_says_how_long_it_waits_and_what_was_reported():
    post = post_in(thread_by(), member(name="Ruth Eaton"), "Unkind words.")
    report_post(post, user=member(), reason="abuse", note="It calls our pupils names.")
    page = page_of(sign_in(Client(), ModeratorFactory(), second_factor=True), "/reports/")
    assert "written by Ruth Eaton" in page and "waits 0" in page
    assert "“It calls our pupils names.”" in page


def test_a_posts_own_page_and_its_report_lead_nowhere_but_away():
    post = post_in(thread_by(), text="Words")
    for address in (f"/discussions/posts/{post.pk}/", f"/discussions/posts/{post.pk}/report/"):
        page = page_of(Client(), address)
        assert 'class="post__more"' not in page and 'class="post__answer"' not in page


def test_an_empty_inbox_says_that_discussions_arrive_there():
    assert "posts that mention you" in page_of(sign_in(Client(), member()), "/inbox/")
