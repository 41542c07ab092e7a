"""The coordinators' board of pairs: whose places, what narrows it, and the same as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.overlaps.models import Pair, Relation, Standing, Verdict
from partnerships.overlaps.queries.board import COLUMNS, PAGE_SIZE
from tests.factories.accounts import CoordinatorFactory, ModeratorFactory, UserFactory, sign_in
from tests.factories.discussions import member
from tests.factories.initiatives import CARDIFF, InitiativeFactory
from tests.factories.overlaps import JudgementFactory, PairFactory
from tests.factories.places import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client: Client) -> Any:
    person = CoordinatorFactory(place=place())
    sign_in(client, person)
    return person


def board(client: Client, **given: Any) -> str:
    answer = client.get(reverse("overlap-board"), given)
    assert answer.status_code == 200
    return str(answer.content.decode())


def table(client: Client, **given: Any) -> list[list[str]]:
    answer = client.get(reverse("overlap-board-csv"), given)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[call-overload]  # streamed
    return list(csv.reader(io.StringIO(text)))


def welsh_pair(**traits: Any) -> Pair:
    return PairFactory(low=InitiativeFactory(places=[CARDIFF]), high=InitiativeFactory(places=[CARDIFF]), **traits)


def test_a_coordinator_sees_the_pairs_of_their_place_and_no_others(client: Client, coordinator: Any):
    here, elsewhere = PairFactory(), welsh_pair()
    html = board(client)
    assert "Who could work together in Middlesbrough" in html
    assert here.get_absolute_url() in html
    assert elsewhere.get_absolute_url() not in html
    for name in ("overlap-board", "overlap-board-csv"):
        assert client.get(reverse(name), {"place": "cardiff"}).status_code == 403


def test_a_coordinator_of_two_places_chooses(client: Client):
    here, there = PairFactory(), welsh_pair()
    sign_in(client, CoordinatorFactory(places=[place(), place("cardiff")]))
    assert there.get_absolute_url() in board(client)  # the first by name
    html = board(client, place="middlesbrough")
    assert here.get_absolute_url() in html
    assert there.get_absolute_url() not in html
    assert 'value="cardiff"' in html


def test_moderators_see_every_place(client: Client):
    here, there = PairFactory(), welsh_pair()
    sign_in(client, ModeratorFactory())
    html = board(client)
    assert here.get_absolute_url() in html and there.get_absolute_url() in html
    html = board(client, place="cardiff")
    assert here.get_absolute_url() not in html and there.get_absolute_url() in html


@pytest.mark.parametrize("name", ["overlap-board", "overlap-board-csv"])
def test_visitors_are_led_to_the_door_and_others_are_refused(client: Client, name: str):
    assert "/login/" in client.get(reverse(name))["Location"]
    for person in (UserFactory(), member()):
        sign_in(client, person)
        assert client.get(reverse(name)).status_code == 403


def test_relation_and_standing_narrow_it(client: Client, coordinator: Any):
    overlap, step = PairFactory(), PairFactory(relation=Relation.NEXT_STEP)
    aside = PairFactory(standing=Standing.SET_ASIDE)

    def there(**given: str) -> list[Pair]:
        html = board(client, **given)
        return [pair for pair in (overlap, step, aside) if pair.get_absolute_url() in html]

    assert there() == [overlap, step]
    assert there(relation="next-step") == [step]
    assert there(standing="set-aside") == [aside]
    assert there(relation="next-step", standing="set-aside") == []
    assert "No pair fits." in board(client, relation="twin")


def test_each_relation_says_how_many_there_are_and_leads_to_them(client: Client, coordinator: Any):
    for relation, number in ((Relation.OVERLAP, 2), (Relation.TWIN, 1)):
        PairFactory.create_batch(number, relation=relation)
    PairFactory(standing=Standing.SET_ASIDE)
    html = " ".join(board(client, relation="twin").split())
    for label, number in (("All", 3), ("Overlap", 2), ("Next step", 0), ("Complement", 0), ("Twin elsewhere", 1)):
        assert f">{label} ({number})</a>" in html
    assert 'href="?place=middlesbrough&amp;relation=twin&amp;standing=open" aria-current="true"' in html
    assert "Overlap (1)" in board(client, standing="set-aside")


def test_a_moderator_types_a_place_and_is_told_of_one_that_nobody_knows(client: Client):
    here, there = PairFactory(), welsh_pair()
    sign_in(client, ModeratorFactory())
    for typed in ("Cardiff", "cardiff", "CF10 1EP"):
        html = board(client, where=typed)
        assert there.get_absolute_url() in html and here.get_absolute_url() not in html
        assert len(table(client, where=typed)) == 2
    html = board(client, where="Atlantis")
    assert "We know no place called “Atlantis”." in html
    assert 'value="Atlantis"' in html
    sign_in(client, CoordinatorFactory(place=place()))
    assert 'name="where"' not in board(client, where="cardiff")


def test_the_file_says_what_people_said_with_its_order(client: Client, coordinator: Any):
    pair = PairFactory(relation=Relation.NEXT_STEP)
    for forward in (False, False, True):
        JudgementFactory(low=pair.low, high=pair.high, verdict=Verdict.NEXT_STEP, forward=forward)
    header, row = table(client)
    low, high = pair.low.title, pair.high.title
    assert dict(zip(header, row, strict=True))["people say"] == (
        f"A next step: first “{high}”, then “{low}” (2); A next step: first “{low}”, then “{high}” (1)"
    )


def test_more_than_a_page_is_turned_and_the_filters_stay(client: Client, coordinator: Any):
    for _ in range(PAGE_SIZE + 2):
        PairFactory()
    html = board(client, relation="overlap")
    assert html.count("<article") == PAGE_SIZE
    assert f"{PAGE_SIZE + 2} pairs" in html
    assert "place=middlesbrough&amp;relation=overlap&amp;standing=open&amp;page=2" in html
    assert board(client, relation="overlap", page="2").count("<article") == 2


@pytest.mark.parametrize(
    "given",
    [
        {"place": "atlantis"},
        {"place": "%00\x00"},
        {"place": "x" * 3000},
        {"relation": "friends"},
        {"standing": "on its head"},
        {"page": "-1"},
        {"page": "two"},
        {"page": "9" * 40},
        {"page": "9" * 5000},
        {"relation": "overlap\x00", "standing": "'; DROP TABLE", "page": ""},
    ],
)
def test_nonsense_in_the_address_is_left_out(client: Client, given: dict[str, str]):
    pair = PairFactory()
    for person in (CoordinatorFactory(place=place()), ModeratorFactory()):
        sign_in(client, person)
        assert pair.get_absolute_url() in board(client, **given)
        assert len(table(client, **given)) == 2


def test_of_a_place_in_the_address_that_nobody_knows_it_says_so(client: Client, coordinator: Any):
    html = board(client, place="atlantis")
    assert "We know no place called “atlantis”. These are the pairs of Middlesbrough." in html
    for known in ({}, {"place": "middlesbrough"}, {"place": ""}):
        assert "We know no place" not in board(client, **known)


def test_the_file_has_a_row_a_pair_and_says_why(client: Client, coordinator: Any):
    pair = PairFactory()
    welsh_pair()
    header, *rows = table(client)
    assert header == list(COLUMNS)
    assert len(rows) == 1
    row = dict(zip(header, rows[0], strict=True))
    assert (row["relation"], row["score"], row["standing"]) == ("Overlap", "0.8", "Open")
    assert (row["initiative"], row["other initiative"]) == (pair.low.title, pair.high.title)
    assert (row["organisation"], row["other organisation"]) == (
        pair.low.lead_organisation.name,
        pair.high.lead_organisation.name,
    )
    assert row["place"] == row["other place"] == "Middlesbrough"
    assert row["why"].startswith("Both give mentoring to ")
    assert row["address"] == f"http://testserver{pair.get_absolute_url()}"


def test_the_file_is_narrowed_as_the_page_is(client: Client, coordinator: Any):
    PairFactory()
    PairFactory(relation=Relation.NEXT_STEP)
    PairFactory(standing=Standing.TOGETHER)
    assert [row[0] for row in table(client, relation="next-step")[1:]] == ["Next step"]
    assert len(table(client, standing="together")) == 2
    assert table(client, relation="twin") == [list(COLUMNS)]


def test_no_cell_runs_as_a_formula(client: Client, coordinator: Any):
    low = InitiativeFactory(title="=cmd|' /C calc'!A0", lead_organisation__name="@SUM(A1)")
    high = InitiativeFactory(title="+1+1", lead_organisation__name="-2")
    PairFactory(low=low, high=high, relation=Relation.NEXT_STEP)
    (row,) = table(client)[1:]
    assert "'=cmd|' /C calc'!A0" in row
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_the_same_queries_for_one_and_for_thirty(
    client: Client, coordinator: Any, number: int, django_assert_num_queries: Any
):
    for _ in range(number):
        PairFactory()
    board(client)  # what every page keeps for a while is in memory
    with django_assert_num_queries(17):
        board(client)
    with django_assert_num_queries(12):
        assert len(table(client)) == 1 + number
