"""What is close, on the pages of an initiative, an organisation and a place, as a visitor reads them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.models import Initiative
from partnerships.overlaps.models import Pair, Relation, Standing, pair_url
from partnerships.overlaps.queries.pairs import missing_handovers_in, overlaps_in, pairs_of, pairs_of_organisation
from tests.factories.initiatives import (
    CARDIFF,
    HARTLEPOOL,
    MIDDLESBROUGH,
    NORTH_EAST,
    UK,
    WALES,
    InitiativeFactory,
)
from tests.factories.overlaps import PairFactory
from texts.vocabulary import Reach

pytestmark = pytest.mark.django_db


def read(client: Client, name: str, slug: str, **given: str) -> str:
    answer = client.get(reverse(name, args=[slug]), given)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_initiatives_page_names_what_is_close_and_why(client: Client):
    pair = PairFactory()
    for one, other in ((pair.low, pair.high), (pair.high, pair.low)):
        html = read(client, "close-to", one.slug)
        assert other.title in html
        assert "Both give mentoring" in html
        assert pair_url(pair.low_id, pair.high_id) in html


def test_of_a_next_step_each_side_reads_whether_it_comes_before_or_after(client: Client):
    pair = PairFactory(relation=Relation.NEXT_STEP, forward=True)
    assert ">Next step<" in read(client, "close-to", pair.low.slug)
    assert ">Step before<" in read(client, "close-to", pair.high.slug)
    Pair.objects.update(forward=False)
    pair = Pair.objects.get()
    assert ">Next step<" in read(client, "close-to", pair.high.slug, part="1")
    assert ">Step before<" in read(client, "close-to", pair.low.slug, part="1")


def test_an_organisation_reads_what_is_close_to_any_of_its_work(client: Client):
    pair = PairFactory()
    for lead, other in ((pair.low.lead_organisation, pair.high), (pair.high.lead_organisation, pair.low)):
        assert other.title in read(client, "close-to-organisation", lead.slug)
        assert list(pairs_of_organisation(lead.pk)) == [pair]


def test_a_place_has_its_overlaps_and_the_hand_overs_that_could_exist(client: Client):
    overlap = PairFactory()
    step = PairFactory(relation=Relation.NEXT_STEP)
    known = PairFactory(relation=Relation.NEXT_STEP, on_record=True)
    together = PairFactory(relation=Relation.NEXT_STEP, standing=Standing.TOGETHER)
    html = read(client, "close-in-place", "middlesbrough")
    for pair, there in ((overlap, True), (step, True), (known, False), (together, False)):
        assert (pair.get_absolute_url() in html) is there
    assert "No two do the same for the same people here." in read(client, "close-in-place", "cardiff")


def test_a_pair_belongs_to_where_one_lies_and_the_other_reaches():
    here = InitiativeFactory()
    region = InitiativeFactory(reach=Reach.REGION, places=[NORTH_EAST])
    nation = InitiativeFactory(reach=Reach.NATION, places=[WALES])
    elsewhere = InitiativeFactory(places=[HARTLEPOOL])
    local = PairFactory(low=here, high=region)
    PairFactory(low=here, high=nation)
    PairFactory(low=here, high=elsewhere)
    assert list(overlaps_in(MIDDLESBROUGH)) == [local]
    assert overlaps_in(NORTH_EAST).count() == 2  # both council areas lie in it
    assert not overlaps_in(CARDIFF).exists()
    assert overlaps_in(UK).count() == 3
    assert not missing_handovers_in(UK).exists()


def test_a_part_is_the_list_alone_and_shorter(client: Client):
    one = InitiativeFactory()
    for _ in range(6):
        PairFactory(low=one, high=InitiativeFactory())
    for name, slug, most in (
        ("close-to", one.slug, 4),
        ("close-to-organisation", one.lead_organisation.slug, 4),
        ("close-in-place", "middlesbrough", 3),
    ):
        part, whole = read(client, name, slug, part="1"), read(client, name, slug)
        assert "<html" not in part
        assert "<html" in whole
        assert part.count("<article") == most
        assert whole.count("<article") == 6
        assert reverse(name, args=[slug]) in part  # leads to all


def test_the_pages_that_show_what_is_close_have_a_plain_link_to_it_for_who_has_no_script(client: Client):
    pair = PairFactory(low=InitiativeFactory(lead_organisation__is_public=True))
    for page, name, slug in (
        (pair.low.get_absolute_url(), "close-to", pair.low.slug),
        (pair.low.lead_organisation.get_absolute_url(), "close-to-organisation", pair.low.lead_organisation.slug),
        (reverse("place", args=["middlesbrough"]), "close-in-place", "middlesbrough"),
    ):
        assert f'<a href="{reverse(name, args=[slug])}">' in client.get(page).content.decode()
        assert pair.high.title in read(client, name, slug)


def test_where_nothing_is_close_the_page_says_so(client: Client):
    one = InitiativeFactory()
    for given in ({}, {"part": "1"}):
        assert "Nobody else does the same" in read(client, "close-to", one.slug, **given)
        assert "Nobody else does the same" in read(client, "close-to-organisation", one.lead_organisation.slug, **given)
        assert "No next step waits" in read(client, "close-in-place", "middlesbrough", **given)


def test_the_strongest_come_first():
    one = InitiativeFactory()
    for strength in (0.6, 0.9, 0.7):
        PairFactory(low=one, high=InitiativeFactory(), strength=strength)
    assert [pair.strength for pair in pairs_of([one.pk])] == [0.9, 0.7, 0.6]


def test_pairs_that_were_set_aside_are_shown_nowhere(client: Client):
    pair = PairFactory(standing=Standing.SET_ASIDE)
    for html in (
        read(client, "close-to", pair.low.slug),
        read(client, "close-to-organisation", pair.high.lead_organisation.slug),
        read(client, "close-in-place", "middlesbrough"),
    ):
        assert pair.high.title not in html
        assert pair.get_absolute_url() not in html


def test_what_people_said_of_a_pair_is_on_its_card(client: Client):
    pair = PairFactory(standing=Standing.TOGETHER)
    assert "Working together" in read(client, "close-to", pair.low.slug)


@pytest.mark.parametrize("given", [{}, {"part": "1"}])
def test_a_pair_of_which_one_is_hidden_meanwhile_is_left_out(client: Client, given: Any):
    pair = PairFactory()
    Initiative.objects.filter(pk=pair.high_id).update(live=False)  # a moment before its pairs are dropped
    assert pair.high.title not in read(client, "close-to", pair.low.slug, **given)
    assert pair.high.title not in read(client, "close-in-place", "middlesbrough", **given)


def test_what_is_not_there_or_not_public_is_not_found(client: Client):
    draft = InitiativeFactory(live=False)
    hidden = InitiativeFactory(lead_organisation__is_public=False).lead_organisation
    for name, slug in (
        ("close-to", "nowhere"),
        ("close-to", draft.slug),
        ("close-to-organisation", hidden.slug),
        ("close-to-organisation", "x" * 300),
        ("close-in-place", "atlantis"),
    ):
        assert client.get(reverse(name, args=[slug])).status_code == 404, slug


@pytest.mark.parametrize("query", ["?part=2", "?part=", "?part=1&part=0", "?part=%00", "?page=-1"])
def test_nonsense_behind_an_address_harms_nothing(client: Client, query: str):
    one = InitiativeFactory()
    assert client.get(reverse("close-to", args=[one.slug]) + query).status_code == 200
    assert client.get(reverse("close-in-place", args=["middlesbrough"]) + query).status_code == 200


def test_pairs_that_cannot_be_are_not_found(client: Client):
    pair = PairFactory()
    low, high = pair.low_id, pair.high_id
    for one, other in ((low, low), (0, low), (low, high + 1), (low, 2**63), (2**63, 2**64), (1, 10**60)):
        assert client.get(f"/overlaps/{one}-{other}/").status_code == 404, (one, other)
    assert client.get(f"/overlaps/1-{'9' * 5000}/").status_code == 404  # more digits than Python reads
    assert client.get(f"/overlaps/-1-{high}/").status_code == 404
    assert client.get(f"/overlaps/{low}-{high}/").status_code == 200


def test_two_that_are_not_kept_can_be_compared_all_the_same(client: Client):
    low, high = InitiativeFactory(), InitiativeFactory(places=[CARDIFF], support=("money",), stages=("at-work",))
    html = client.get(pair_url(low.pk, high.pk)).content.decode()
    assert "does not find these two close" in html
    assert f"Only “{high.title}” gives money." in html


@pytest.mark.parametrize("number", [1, 30])
def test_a_page_takes_the_same_queries_for_one_and_for_thirty(
    client: Client, number: int, django_assert_num_queries: Any
):
    one = InitiativeFactory()
    for _ in range(number):
        PairFactory(low=one, high=InitiativeFactory())
    for name, slug, queries in (
        ("close-to", one.slug, 8),
        ("close-to-organisation", one.lead_organisation.slug, 10),
        ("close-in-place", "middlesbrough", 8),
    ):
        read(client, name, slug, warm="1")  # what every page keeps for a while is in memory
        with django_assert_num_queries(queries):
            read(client, name, slug)
