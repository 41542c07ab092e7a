"""Pages of need: the indices, one on the map and as a table, what they say of a place, and the report of a load."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.need.domain.loading import load_need
from partnerships.need.models import Index
from partnerships.need.words import how_words, value_words
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.need import IndexFactory, ValueFactory, described, table

pytestmark = pytest.mark.django_db

TEESSIDE = [("E06000001", 20), ("E06000002", 40), ("E06000003", 30), ("E06000004", 10), ("E99999999", 1)]


def loaded(folder: Path, **given: object) -> Index:
    return load_need(table(folder, TEESSIDE), described(folder, **given)).index


def read(client: Client, name: str, *args: object, **given: object) -> str:
    answer = client.get(reverse(name, args=args), given)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_list_says_what_an_index_is_and_how_its_values_came(client: Client, tmp_path: Path):
    loaded(tmp_path)
    html = read(client, "need")
    for words in (
        "Index of hardship",
        "2024",
        "Office for Examples",
        "Higher means more hardship",
        "4 published for it",
    ):
        assert words in html


def test_nothing_is_loaded_yet_and_the_list_says_so(client: Client):
    assert "No index is loaded yet" in read(client, "need")


def test_an_index_is_a_map_and_a_table_with_each_rank_in_words(client: Client, tmp_path: Path):
    index = loaded(tmp_path)
    html = read(client, "need-index", index.slug)
    assert "2nd of 4" in html
    assert "<title>Middlesbrough: 40.0 (score), most in need of 4 council areas</title>" in html
    assert html.index(">Middlesbrough</a></th>") < html.index(">Hartlepool</a></th>")
    by_name = read(client, "need-index", index.slug, order="name")
    assert by_name.index(">Hartlepool</a></th>") < by_name.index(">Middlesbrough</a></th>")
    assert read(client, "need-index", index.slug, order="'", **{"in": "atlantis"})


def test_each_number_on_the_map_is_the_one_in_the_table(client: Client, tmp_path: Path):
    html = read(client, "need-index", loaded(tmp_path).slug)
    on_map = dict(re.findall(r"<title>([^<:]+): ([0-9.]+ \(score\)), [^<]+</title>", html))
    in_table = dict(re.findall(r'<th scope="row"><a[^>]+>([^<]+)</a></th><td[^>]+>([^<]+)</td>', html))
    assert on_map == in_table and len(on_map) == 4


@pytest.mark.parametrize(("number", "shown"), [(40.38, "40.4 (score)"), (-77.85, "-77.8 (score)"), (3, "3.0 (score)")])
def test_numbers_are_rounded_and_not_cut(number: float, shown: str):
    assert value_words(IndexFactory.build(), number) == shown


def test_groups_by_number_show_a_point_only_where_a_mean_lies_between():
    groups = IndexFactory.build(decimals=0, unit="group, 1 to 7")
    assert [value_words(groups, number) for number in (4.0, 3.26)] == ["4 (group, 1 to 7)", "3.3 (group, 1 to 7)"]


def test_a_place_within_narrows_an_index(client: Client, tmp_path: Path):
    index = loaded(tmp_path)
    html = read(client, "need-index", index.slug, **{"in": "middlesbrough"})
    assert ">Middlesbrough</a></th>" in html and ">Hartlepool</a></th>" not in html
    assert "says nothing of the places here" in read(client, "need-index", index.slug, **{"in": "wales"})


def test_how_a_value_came_is_said_in_a_sentence():
    merged = how_words("mean", ["Allerdale", "Carlisle", "Copeland"], 0.743)
    assert merged == (
        "The mean of Allerdale, Carlisle and Copeland, which it was made of, weighted by the people who lived in each. "
        "It is known for 74% of the people."
    )
    assert how_words("part", ["Kent"], 1) == "Published for Kent as a whole, of which it is a part."


def test_a_places_page_says_year_direction_and_rank(client: Client, tmp_path: Path):
    loaded(tmp_path, illustrative=True)
    for given in ({}, {"part": "1"}):
        html = read(client, "place-need", "middlesbrough", **given)
        for words in ("2024", "Higher means more hardship", "most in need of 4 council areas", "Illustrative"):
            assert words in html
    assert reverse("place-need", args=["middlesbrough"]) in read(client, "place", "middlesbrough")


def test_the_table_as_a_file_has_larger_places_too(client: Client, tmp_path: Path):
    index = loaded(tmp_path)
    answer = client.get(reverse("need-csv", args=[index.slug]))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))  # type: ignore[call-overload]
    by_place = {row["place"]: row for row in rows}
    assert by_place["Middlesbrough"]["value"] == "40.0"
    assert by_place["Tees Valley Combined Authority"]["how"] == "mean of its council areas"
    assert all(row["year"] == "2024" and row["higher_means"] == "more hardship" for row in rows)


def test_a_moderator_sees_which_rows_led_nowhere(client: Client, tmp_path: Path):
    index = loaded(tmp_path)
    assert client.get(reverse("need-report", args=[index.slug])).status_code == 302
    sign_in(client, ModeratorFactory())
    assert "“E99999999” is no area that we know." in read(client, "need-report", index.slug)
    Index.objects.update(loaded_by=UserFactory(name=""))
    assert " by " not in read(client, "need-report", index.slug).partition("Loaded on")[2].partition("</p>")[0]


@pytest.mark.parametrize("number", [1, 30])
def test_a_place_with_many_indices_is_read_in_one_query(number: int, client: Client, django_assert_num_queries):
    for _one in range(number):
        ValueFactory()
    client.get("/")
    with django_assert_num_queries(1):
        assert read(client, "place-need", "middlesbrough", part="1").count("3rd most in need") == number


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_twice_whatever_is_loaded(number: int, client: Client, django_assert_num_queries):
    for _one in range(number):
        IndexFactory()
    client.get("/")
    with django_assert_num_queries(2):
        read(client, "need")
