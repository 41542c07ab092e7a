"""Suggestions while typing: places, organisations, tags and initiatives, eight at most, only what is public."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.domain.running import end_initiative
from tests.factories.accounts import ModeratorFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


def suggested(client: Client, text: str) -> list[tuple[str, str]]:
    results = client.get(reverse("search-suggest"), {"q": text}).json()["results"]
    return [(one["group"], one["name"]) for one in results]


def test_each_kind_stands_in_its_group_with_its_page(client: Client):
    OrganisationFactory(name="Midland Mentors", slug="midland-mentors", is_public=True)
    made = InitiativeFactory(title="Midnight football", tags=["midwives"])
    results = client.get(reverse("search-suggest"), {"q": "mid"}).json()["results"]
    found = {one["group"]: one for one in results}
    assert list(found) == ["Places", "Organisations", "Tags", "Initiatives"]
    assert found["Organisations"]["url"] == reverse("organisation", args=["midland-mentors"])
    assert found["Initiatives"]["url"] == made.get_absolute_url()
    assert found["Tags"]["url"] == "/search/?tag=midwives"
    for one in results:
        assert client.get(one["url"], follow=True).status_code == 200


def test_eight_at_most_and_every_group_has_its_share(client: Client):
    for number in range(10):
        OrganisationFactory(name=f"Midway {number}", is_public=True)
        InitiativeFactory(title=f"Midday club {number}", tags=[f"mid {number}"])
    groups = [group for group, _name in suggested(client, "mid")]
    assert {group: groups.count(group) for group in groups} == {
        "Places": 2,
        "Organisations": 2,
        "Tags": 2,
        "Initiatives": 2,
    }


@pytest.mark.parametrize(
    "text", ["ment", "mentori", "MENTORING", "for year 6 ment", "the mentoring for y", "éc", "ecol"]
)
def test_an_unfinished_word_is_enough_in_any_case_accent_and_form(client: Client, text: str):
    InitiativeFactory(title="Mentoring for Year 6 at the École")
    assert ("Initiatives", "Mentoring for Year 6 at the École") in suggested(client, text)


def test_what_begins_so_stands_before_what_only_has_such_a_word(client: Client):
    InitiativeFactory(title="After school chess")
    InitiativeFactory(title="Chess after school")
    found = [name for group, name in suggested(client, "chess") if group == "Initiatives"]
    assert found == ["Chess after school", "After school chess"]


def test_what_is_not_public_is_never_suggested(client: Client):
    InitiativeFactory(title="Zebra draft", tags=["zebra tag"], live=False)
    over = InitiativeFactory(title="Zebra over", tags=["zebra end"])
    end_initiative(over, user=ModeratorFactory())
    OrganisationFactory(name="Zebra trust", is_public=False)
    assert suggested(client, "zebra") == []


@pytest.mark.parametrize(
    "text", ["", "a", "the", '"', "*", "x" * 5000, "\x00\x00", "%", "_", "a:b*", "'; DROP", "-", "😀😀"]
)
def test_any_text_gets_an_answer(client: Client, text: str):
    InitiativeFactory(title="Anything")
    assert client.get(reverse("search-suggest"), {"q": text}).status_code == 200


def test_the_number_of_queries_is_the_same_for_one_and_for_thirty(client: Client, django_assert_max_num_queries: Any):
    for number in range(30):
        OrganisationFactory(name=f"Kestrel {number}", is_public=True)
        InitiativeFactory(title=f"Kestrel club {number}")
        if number in (0, 29):
            with django_assert_max_num_queries(7):
                assert suggested(client, "kestr")
