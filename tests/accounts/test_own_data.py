"""What is held about somebody, handed to them: all of it, in one file, and nobody else's."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.domain.handing import hand_over
from accounts.held import held
from accounts.models import User
from discussions.domain.posting import edit_post
from notifications.models import Message, Preference
from organisations.models import Membership, Role
from tests.factories.accounts import ModeratorFactory, UserFactory, just_signed_in
from tests.factories.discussions import member, post_in, thread_by
from tests.factories.initiatives import InitiativeFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.partnerships import party, proposed
from tests.factories.search import SavedSearchFactory

pytestmark = pytest.mark.django_db


def opened(content: bytes) -> tuple[dict[str, Any], str]:
    archive = ZipFile(BytesIO(content))
    assert sorted(archive.namelist()) == ["data.css", "data.html", "data.json"]
    return json.loads(archive.read("data.json")), archive.read("data.html").decode()


def of(user: User) -> tuple[dict[str, Any], str]:
    return opened(hand_over(user).read())


def test_everything_of_theirs_is_in_it_to_be_read_by_people_and_programs(client: Client) -> None:
    user, other = member(name="Ann <b>Lee", email="ann@people.example"), member(name="Bob Secret")
    thread = thread_by(other, title="Who meets Year 7s?", text="Bob’s own words")
    said = post_in(thread, user, "We do, on Tuesdays.")
    edit_post(said, user=user, text="We do, on Mondays.")
    SavedSearchFactory(owner=user, name="Mentors near us")
    Preference.objects.create(user=user, kind="post", email="never")
    Message.objects.create(address="ann@people.example", kind="test", subject="To a bare address", body="b")
    just_signed_in(client, user)
    answer = client.post("/account/data/")
    assert answer["Content-Type"] == "application/zip" and "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith('attachment; filename="stepping-stones-')
    data, page = opened(b"".join(answer.streaming_content))
    assert data["profile"][0]["email"] == "ann@people.example"
    assert [row["text"] for row in data["posts"]] == ["We do, on Mondays."]
    assert data["posts"][0]["thread_title"] == "Who meets Year 7s?"
    assert data["posts"][0]["address"].endswith(f"/discussions/{thread.pk}/2/")
    assert [row["text"] for row in data["posts-before"]] == ["We do, on Tuesdays."]
    assert [row["organisation_name"] for row in data["memberships"]] == [
        Membership.objects.get(user=user).organisation.name
    ]
    assert [row["name"] for row in data["searches"]] == ["Mentors near us"]
    assert "To a bare address" in [row["subject"] for row in data["emails"]]
    assert data["preferences"][0]["kind"] == "post" and data["addresses"][0]["verified"] is True
    assert data.keys() == {"about", *(table.name for table in held())}
    assert "We do, on Mondays." in page and "Ann &lt;b&gt;Lee" in page and "<b>" not in page
    assert "Never" in page  # in words, not in our codes
    for text in (json.dumps(data), page):
        assert "Bob" not in text and str(other.email) not in text


def test_nothing_of_others_is_in_what_owners_and_moderators_did() -> None:
    one, two = party(), party()
    proposed(one, two)
    owner = MembershipFactory(role=Role.OWNER)
    moderator = ModeratorFactory()
    for user in (one[1], owner.user, moderator):
        text = json.dumps(of(user)[0])
        for other in User.objects.exclude(pk=user.pk):
            assert other.email not in text and other.name not in text.replace(user.name, "")


def test_an_address_that_nobody_confirmed_hands_over_nothing_of_whose_it_is() -> None:
    user = UserFactory()
    EmailAddress.objects.create(user=user, email="bob@people.example", verified=False)
    Message.objects.create(address="bob@people.example", kind="test", subject="For Bob alone", body="b")
    InitiativeFactory(contact_name="Bob Reed", contact_email="bob@people.example", live=False)
    data, page = of(user)
    assert data["emails"] == data["contacts"] == [] and "Bob Reed" not in page
    EmailAddress.objects.filter(email="bob@people.example").update(verified=True)
    assert "For Bob alone" in of(user)[1] and "Bob Reed" in of(user)[1]


@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_as_much_for_many_posts_as_for_one(number: int, django_assert_num_queries: Any) -> None:
    user = member()
    thread = thread_by(user)
    for _ in range(number):
        post_in(thread, user)
    with django_assert_num_queries(len(held()) + 1):
        data, _page = of(user)
    assert len(data["posts"]) == number + 1


def test_nobody_takes_it_by_following_a_link(client: Client) -> None:
    just_signed_in(client, UserFactory())
    assert client.get("/account/data/")["Content-Type"].startswith("text/html")
    assert client.get("/account/").content.decode().count('href="/account/data/"') == 1
