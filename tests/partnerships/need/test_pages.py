"""Pages of need: the indices, one on the map and as a table, what they say of a place, and the report of a load."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.need.domain.loading import load_need
from partnerships.need.models import Index
from tests.factories.accounts import ModeratorFactory, sign_in
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
    assert "2nd most in need of 4 council areas" in html
    assert "<title>Middlesbrough: 40.0 (score), most in need of 4 council areas</title>" in html
    assert html.index(">Middlesbrough</a></th>") < html.index(">Hartlepool</a></th>")
    by_name = read(client, "need-index", index.slug, order="name")
    assert by_name.index(">Hartlepool</a></th>") < by_name.index(">Middlesbrough</a></th>")
    assert read(client, "need-index", index.slug, order="'", **{"in": "atlantis"})


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
