"""A person's inbox."""

from __future__ import annotations

import pytest
from django.urls import reverse

from notifications.domain.noting import note
from notifications.domain.telling import tell
from notifications.models import Notice
from organisations.domain.joining import ask_to_join
from organisations.models import Role
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    user = UserFactory()
    sign_in(client, user)
    return user


def test_what_is_told_with_a_page_is_in_the_inbox_of_each_person(person):
    gone = UserFactory(is_active=False)
    context = {"organisation": MembershipFactory().organisation}
    tell(
        [person, gone, "nobody@else.example"],
        kind="test",
        subject="Something happened",
        template="organisation_removed",
        context=context,
        path="/places/",
    )
    (notice,) = Notice.objects.all()
    assert (notice.user, notice.title, notice.path) == (person, "Something happened", "/places/")


def test_an_owner_finds_in_the_inbox_who_asks_to_join(client, person):
    membership = MembershipFactory(user=person, role=Role.OWNER)
    ask_to_join(membership.organisation, user=UserFactory(name="Ada Example"), message="Please")
    text = client.get(reverse("inbox")).content.decode()
    assert "Ada Example asks to join" in text
    response = client.get(reverse("inbox-notice", args=[Notice.objects.get().pk]))
    assert response["Location"] == reverse("organisation-people", args=[membership.organisation.slug])


def test_new_lines_are_counted_beside_the_name_until_they_are_read(client, person):
    for number in range(3):
        note([person], kind="test", title=f"Line {number}", path="/")
    assert "3 new in the inbox" in client.get("/places/").content.decode()
    client.get(reverse("inbox-notice", args=[Notice.objects.first().pk]))
    assert "2 new in the inbox" in client.get("/places/").content.decode()
    client.post(reverse("inbox"))
    page = client.get("/places/").content.decode()
    assert "data-inbox-number hidden" in page and "data-inbox-count hidden" in page
    assert Notice.objects.filter(read_at=None).count() == 0
    assert "Line 2" in client.get(reverse("inbox")).content.decode(), "what is read stays"


def test_many_new_lines_are_said_to_be_many(client, person):
    note([person] * 120, kind="test", title="A line")
    assert "99+ new in the inbox" in client.get("/places/").content.decode()
    assert "A line" in client.get(reverse("inbox") + "?page=nonsense").content.decode()


def test_what_is_typed_cannot_run(client, person):
    note([person], kind="test", title="<script>alert(1)</script>", detail="<b>bold</b>")
    text = client.get(reverse("inbox")).content.decode()
    assert "<script>alert" not in text and "<b>bold" not in text


def test_anothers_lines_are_not_there(client, person):
    note([UserFactory()], kind="test", title="For someone else")
    assert "For someone else" not in client.get(reverse("inbox")).content.decode()
    assert client.get(reverse("inbox-notice", args=[Notice.objects.get().pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_inbox_asks_as_much_for_one_line_as_for_many(client, person, number, django_assert_max_num_queries):
    note([person] * number, kind="test", title="A line")
    client.get(reverse("inbox"))
    with django_assert_max_num_queries(9):
        client.get(reverse("inbox"))
