"""The tags as everyone reads them, and as moderators find them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from initiatives.tagging.domain.describing import add_synonym, describe_tag
from initiatives.tagging.queries.tending import effect_of, tended
from tests.factories.accounts import ModeratorFactory, sign_in
from tests.factories.initiatives import HARTLEPOOL, InitiativeFactory
from tests.factories.tags import tag

pytestmark = pytest.mark.django_db


def test_all_tags_stand_by_how_many_carry_them_and_are_found_by_how_they_begin(client):
    for tags in (["reading"], ["reading", "rivers"], ["chess"]):
        InitiativeFactory(tags=tags)
    InitiativeFactory(tags=["a draft’s"], live=False)
    add_synonym(tag("chess"), "draughts", user=ModeratorFactory())
    shown = client.get(reverse("tags")).context["index"]
    assert [(one.name, one.number) for one in shown.tags] == [("reading", 2), ("chess", 1), ("rivers", 1)]
    assert [one.name for one in client.get(reverse("tags"), {"q": "Ri"}).context["index"].tags] == ["rivers"]
    assert [one.name for one in client.get(reverse("tags"), {"q": "draug"}).context["index"].tags] == ["chess"]
    assert b"No tag begins with" in client.get(reverse("tags"), {"q": "zz"}).content


def test_a_tags_page_says_what_it_means_who_carries_it_what_goes_with_it_and_where(client):
    first = InitiativeFactory(title="Boat yard", tags=["boats", "youth"])
    InitiativeFactory(title="Regatta", tags=["boats", "Youth"], places=[HARTLEPOOL])
    InitiativeFactory(title="Choir", tags=["singing"])
    moderator = ModeratorFactory()
    describe_tag(tag("boats"), "Whatever floats.", user=moderator)
    add_synonym(tag("boats"), "ships", user=moderator)
    page = client.get(reverse("tag", args=["boats"]))
    text = page.content.decode()
    assert "Whatever floats." in text and "Also called “ships”" in text and "Choir" not in text
    assert [card.title for card in page.context["shown"].cards] == ["Regatta", "Boat yard"]
    assert [(one.name, one.number) for one in page.context["shown"].related] == [("youth", 2)]
    assert {place.name for place, _number in page.context["shown"].places} == {"Middlesbrough", "Hartlepool"}
    assert f"{reverse('search')}?tag=boats" in text and "Look after this tag" not in text
    assert reverse("tag", args=["boats"]) in client.get(first.get_absolute_url()).content.decode()
    assert client.get(reverse("tag", args=["ships"]))["Location"] == reverse("tag", args=["boats"])
    assert client.get(reverse("tag", args=["no-such"])).status_code == 404
    # What is over still leads somewhere; what only a draft carries is nobody else’s.
    InitiativeFactory(tags=["tall ships"], status="ended")
    InitiativeFactory(tags=["secret"], live=False)
    assert (
        "No initiative that is running carries it." in client.get(reverse("tag", args=["tall-ships"])).content.decode()
    )
    assert client.get(reverse("tag", args=["secret"])).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_pages_take_the_same_queries_however_many_carry_a_tag(client, django_assert_num_queries, number):
    for at in range(number):
        InitiativeFactory(tags=["boats", f"tag {at}"])
    with django_assert_num_queries(2):
        client.get(reverse("tags"))
    with django_assert_num_queries(8):
        client.get(reverse("tag", args=["boats"]))
    with django_assert_num_queries(1):
        assert [one.number for one in tended("boats")] == [number]
    with django_assert_num_queries(6):
        assert effect_of(tag("boats")).total == number


def test_moderators_find_the_tags_from_their_queue(client):
    sign_in(client, ModeratorFactory())
    assert reverse("tags-tend") in client.get(reverse("moderation")).content.decode()
