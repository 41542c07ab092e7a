"""A search that finds nothing proposes what to drop, near places and who to ask: only what leads somewhere."""

from __future__ import annotations

import html
import re

import pytest
from django.http import QueryDict
from django.test import Client

from search.domain.proposing import Proposals, propose
from search.forms import read_search
from tests.factories.initiatives import CARDIFF, HARTLEPOOL, MIDDLESBROUGH, InitiativeFactory
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db
SUNDERLAND = "E08000024"


def proposed(address: str) -> Proposals:
    return propose(read_search(QueryDict(address)).query)


def told(client: Client, url: str) -> str:
    """The count that the page behind a proposal shows."""
    page = client.get(f"/search/{url}", follow=True).content.decode()
    found = re.search(r'class="results-count">(\d+) ', page)
    assert found, url
    return found[1]


@pytest.fixture(autouse=True)
def work() -> None:
    InitiativeFactory(title="Chess for Year 6", places=[MIDDLESBROUGH], stages=("primary",))
    InitiativeFactory(title="Chess for Year 11", places=[HARTLEPOOL], stages=("secondary",))
    InitiativeFactory(title="Chess by the Wear", places=[SUNDERLAND], stages=("secondary",))
    InitiativeFactory(title="Chess in the Bay", places=[CARDIFF], stages=("secondary",))


def test_only_what_leads_to_results_is_dropped_and_its_number_is_true(client: Client) -> None:
    found = proposed("q=chess&where=middlesbrough&stage=secondary&support=money")
    assert found.drop == []  # taking one thing away is not enough here
    assert [(one.label, one.count) for one in found.alone] == [("“chess”", 4), ("Middlesbrough", 1)]
    found = proposed("q=chess&where=middlesbrough&stage=secondary")
    assert [(one.label, one.count) for one in found.drop] == [("Middlesbrough", 3), ("Secondary (11–16)", 1)]
    for one in (*found.drop, *found.near):
        assert told(client, one.url) == str(one.count)


def test_the_nearest_council_areas_with_answers_are_named_the_nearest_first(client: Client) -> None:
    found = proposed("q=chess&where=middlesbrough&stage=secondary")
    assert [one.label for one in found.near] == ["Hartlepool", "Sunderland", "Cardiff"]
    assert [told(client, one.url) for one in found.near] == ["1", "1", "1"]
    assert proposed("q=chess&where=TS1&miles=2&stage=secondary").near[0].label == "Hartlepool"
    assert [one.label for one in proposed("q=chess&where=wales&stage=primary").near] == ["Middlesbrough"]


def test_organisations_are_found_near_by_as_well() -> None:
    OrganisationFactory(name="Chess Society", place_id=HARTLEPOOL, is_public=True)
    assert [one.label for one in proposed("q=chess&where=middlesbrough&what=organisations").near] == ["Hartlepool"]


def test_who_acts_in_the_place_can_be_asked(client: Client) -> None:
    one = OrganisationFactory(name="Riverside Trust", is_public=True)
    InitiativeFactory(title="Rowing", places=[MIDDLESBROUGH], lead_organisation=one)
    page = client.get("/search/?q=zzzz&exact=1&where=middlesbrough").content.decode()
    assert "Active in Middlesbrough, and worth asking:" in page
    assert f'<a href="{one.get_absolute_url()}">Riverside Trust</a>' in page
    assert 'href="/places/middlesbrough/"' in page


def test_where_nothing_helps_the_ways_on_remain(client: Client) -> None:
    page = client.get("/search/?q=zzzz&exact=1").content.decode()
    assert "Ask for less" not in page and "nearest places" not in page
    links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page[page.index('class="empty"') :])]
    assert links[:4] == ["/places/", "/search/saved/new/?q=zzzz&exact=1", "/initiatives/register/", "/initiatives/"]


def test_the_number_of_questions_has_a_bound(client: Client, django_assert_max_num_queries) -> None:
    client.get("/search/?q=warm")
    many = "&".join(f"support={word}" for word in ("money", "coaching", "tutoring", "mentoring", "digital-access"))
    with django_assert_max_num_queries(60):
        client.get(f"/search/?q=zzzz&exact=1&where=middlesbrough&miles=5&stage=primary&stage=returning&{many}")
