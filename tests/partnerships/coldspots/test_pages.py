"""Cold spots as pages: table, map, lists and file say the same, and what nobody knows is not called none."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from partnerships.coverage.models import Confirmation
from partnerships.coverage.queries.listing import some_near
from partnerships.need.models import Index
from places.queries import gazetteer
from tests.factories.accounts import CoordinatorFactory, sign_in
from tests.factories.initiatives import (
    CARDIFF,
    ENGLAND,
    HARTLEPOOL,
    MIDDLESBROUGH,
    NORTH_EAST,
    WALES,
    InitiativeFactory,
)
from tests.factories.need import IndexFactory, ValueFactory
from tests.factories.places import place
from tests.factories.registers import schools_in
from texts.vocabulary import Reach

pytestmark = pytest.mark.django_db

STOCKTON = "E06000004"
ROW = re.compile(
    r'cold-rank"[^>]*>(\d+)<.*?<th scope="row">(?:<a href="[^"]*">([^<]*)</a>: )?<a href="([^"]*)">([^<]*)</a>'
    r' <span[^>]*>([^<]*)</span>.*?<p class="hint">([^<]*)</p>.*?<strong>(\d+)</strong>'
    r'.*?<a href="([^"]*)">(\d+)%</a>.*?<a href="([^"]*)">(\d+)</a>.*?<a href="([^"]*)">(\d+)</a>',
    re.DOTALL,
)
COUNT = re.compile(r'results-count" role="status">\s*([\d,]+) initiative')


def page(client: Client, address: str) -> str:
    cache.clear()
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def rows(html: str) -> list[tuple[str, ...]]:
    """Rank, place, address of the cell, cell, state, sentence, score, need's address and hundredths, then near and
    afar, each with its address."""
    return [tuple(map(unescape, row)) for row in ROW.findall(html)]


def listed(client: Client, address: str) -> int:
    found = COUNT.search(page(client, address))
    assert found, address
    return int(found[1])


def lay() -> Index:
    """An index of five places, and help that reaches them from near and from afar."""
    index = IndexFactory(name="Index of hardship")
    for code, share in ((MIDDLESBROUGH, 1), (HARTLEPOOL, 0.9), (STOCKTON, 0.5), (CARDIFF, 0.25), (NORTH_EAST, 0.8)):
        ValueFactory(index=index, place_id=code, share=share)
    InitiativeFactory(title="Bridge", places=[HARTLEPOOL])
    InitiativeFactory(title="Ladder", places=[HARTLEPOOL])
    InitiativeFactory(title="Rope", places=[STOCKTON])
    InitiativeFactory(reach=Reach.REGION, places=[NORTH_EAST], transitions=("into-work",), support=("tutoring",))
    InitiativeFactory(reach=Reach.NATION, places=[ENGLAND], transitions=("into-work",), support=("money",))
    InitiativeFactory(reach=Reach.ONLINE, places=[], transitions=("into-work", "choices-at-16"))
    Confirmation.objects.create(
        place_id=MIDDLESBROUGH, step="choices-at-18", note="I asked.", lapses_on=timezone.localdate()
    )
    return index


def test_table_map_lists_and_file_say_the_same(client: Client):
    index = lay()
    html = page(client, "/cold-spots/?step=each")
    found = rows(html)
    assert len(found) == 30
    scores = [int(row[6]) for row in found]
    assert scores == sorted(scores, reverse=True)
    cell = "/places/middlesbrough/journey/list/?step=choices-at-18"
    assert found[0][1:5] == (
        "Middlesbrough",
        cell,
        "Choices at 18",
        "nobody near, confirmed",
    )  # confirmed before not known
    for row in found:
        if row[1] in ("Middlesbrough", "Stockton-on-Tees"):
            for address, number in ((row[9], row[10]), (row[11], row[12])):
                assert listed(client, address) == int(number), address
    first = dict(reversed([(row[1], row[6]) for row in found]))
    drawn = dict(re.findall(r"<title>([^:<]*): (\d+)\. ", html))
    assert {name: drawn[name] for name in first} == first
    assert "<title>Leeds: no index says how much it is in need</title>" in html
    assert "357 places are left out" in html
    answer = client.get("/cold-spots.csv?step=each")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [(line[0], line[2], line[6], line[8], line[9], line[11]) for line in lines[1:31]] == [
        (row[0], row[1], row[6], row[10], row[12], re.sub("(there is none); no register.*", r"\1.", row[5]))
        for row in found
    ]
    last = (lines[1][3], *lines[1][12:15])
    assert last == ("Council area", "yes", str(index), "yes" if index.is_illustrative else "no")
    assert lines[1][15] == "power 1; afar 0.25; enough 2; from 25"
    assert f"/need/{index.slug}/" in html


def test_each_row_says_whether_it_is_none_or_not_known_and_how_much_of_the_place_is_here(client: Client):
    lay()
    schools_in(MIDDLESBROUGH, 3)
    found = {row[3]: row for row in rows(page(client, "/cold-spots/middlesbrough/"))}
    assert found["Choices at 18"][4:6] == (
        "nobody near, confirmed",
        "Among the 1% of council areas most in need; nobody near does it, as somebody who coordinates the place "
        "confirmed; none from afar.",
    )
    assert found["Choices at 16"][4:7] == (
        "nobody near that we know of",
        "Among the 1% of council areas most in need; nobody near is registered, and nobody has looked; 1 from "
        "afar. The score presumes that there is none; registers name 3 organisations here, 0 are on this site.",
        "88",
    )
    assert found["Into work"][4:7] == (
        "one near",
        "Among the 1% of council areas most in need; 1 initiative near; 2 from afar.",
        "38",
    )
    hartlepool = page(client, "/cold-spots/hartlepool/")
    assert "no register that we read names organisations here" in hartlepool
    assert "Primary to secondary" not in [row[3] for row in rows(hartlepool)]  # it has enough
    only = rows(page(client, "/cold-spots/?state=none"))
    assert [(row[1], row[3]) for row in only] == [("Middlesbrough", "Choices at 18")]


def test_twins_that_do_better_are_named_with_what_they_do_and_neighbours_with_how_many(client: Client):
    lay()
    html = page(client, "/cold-spots/middlesbrough/")
    told = html[html.index("Twins that solved it") : html.index("The places most like this one</h2>")]
    assert re.findall(r"<h3[^>]*>([^<]*)</h3>", told) == ["Primary to secondary"]
    assert re.findall(r"<strong>([^<]*)</strong>: (\d) initiative", told) == [
        ("Hartlepool", "2"),
        ("Stockton-on-Tees", "1"),
    ]
    assert re.findall(r'<a href="/initiatives/[^"]*">([^<]*)</a>', told) == ["Ladder", "Bridge", "Rope"]
    assert told.count(">solved<") == 1
    assert "step=primary-to-secondary&amp;way=named" in told and "Stockton-on-Tees (1)" in told
    alike = html[html.index("The places most like this one</h2>") :]
    names = re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', alike)
    assert set(names) == {"Hartlepool", "Stockton-on-Tees"}  # Cardiff has a likeness below 50
    nowhere = told[told.index("None of the places most like this one does better, and nobody next door does it:") :]
    assert "Choices at 18" in nowhere and "Primary to secondary" not in nowhere
    (wide,) = some_near([MIDDLESBROUGH], step="into-work", support="", most=3)[MIDDLESBROUGH]
    assert wide.region == "North East"
    assert "people per km²" in alike


def test_who_coordinates_the_place_is_offered_to_confirm_what_is_not_known(client: Client):
    lay()
    offered = "Confirm that nobody does this"
    before = page(client, "/cold-spots/middlesbrough/")
    assert offered not in before
    found = re.findall(r'<a href="([^"]*)">Who does it in North East \(region\)<span[^>]*>: ([^<]*)<', before)
    assert ("/places/north-east/journey/list/?step=into-work&amp;way=near", "Into work") in found
    assert "Choices at 18" not in {cell for _address, cell in found}  # nobody in the region does it
    sign_in(client, CoordinatorFactory(place=place()))
    html = page(client, "/cold-spots/middlesbrough/")
    assert "/places/middlesbrough/journey/confirm/?step=choices-at-16&amp;support=" in html
    assert "confirm/?step=choices-at-18" not in html  # confirmed already
    assert "confirm/?step=into-work" not in html  # the region has it
    assert offered not in page(client, "/cold-spots/hartlepool/")


def test_the_formula_is_worked_through_with_the_coldest_spot_by_the_weights_of_the_address(client: Client):
    lay()
    html = page(client, "/cold-spots/how/?step=choices-at-16&power=2&afar=0.5&enough=4&kind=authority")
    assert "<strong>100 × 1 × 1 × 0.875 = 87.5</strong> shown as 88" in html
    assert '<td class="number" data-label="Here">0.5</td>' in html
    assert '"/cold-spots/middlesbrough/?step=choices-at-16&amp;power=2&amp;afar=0.5&amp;enough=4">Middles' in html
    assert "no cold spot to show it with" in page(client, "/cold-spots/how/?kind=nation")


def test_larger_places_are_ranked_and_nonsense_is_answered_with_a_sentence(client: Client):
    lay()
    found = rows(page(client, "/cold-spots/?kind=region&step=return"))
    assert [(row[1], row[6], row[5].split(";")[0]) for row in found] == [
        ("North East (region)", "80", "Its council areas are on average more in need than 80% of council areas")
    ]
    assert rows(page(client, "/cold-spots/north-east/?support=each"))
    assert client.get("/cold-spots/united-kingdom/").url == "/cold-spots/"
    assert client.get("/cold-spots/atlantis/").status_code == 404
    assert "No index that counts here says how much Leeds is in need" in page(client, "/cold-spots/leeds/")
    html = unescape(
        page(client, "/cold-spots/?enough=0&afar=lots&power=nan&in=atlantis&step=x&of-mood=3&page=9999&of-=")
    )
    for told in (
        "“How many initiatives are enough” goes from 1 to 50, so 0 is taken as 1.",
        "“lots” is not a number that “How much work from afar counts” can be, so it is 0.25.",
        "“nan” is not a number that “How much need counts” can be, so it is 1.",
        "We know no place called “atlantis”, so the whole United Kingdom is shown.",
        "“x” is nothing that can be chosen here, so it is left out.",
        "We know no index called “mood”, so it is left out.",
    ):
        assert told in html
    assert "“How many initiatives are enough” is a whole number, so 2.5 is taken as 3." in unescape(
        page(client, "/cold-spots/?enough=2.5")
    )
    assert "No cold spot here" in page(client, "/cold-spots/?kind=nation")


def test_cold_is_what_scores_at_least_so_much_and_nothing_found_is_said_of_what_was_asked(client: Client):
    lay()
    for asked in ("", "?from=60", "?from=1"):
        html = page(client, f"/cold-spots/{asked}")
        least = int(asked.partition("=")[2] or 25)
        found = rows(html)
        assert f"{sum(int(row[6]) >= least for row in found)} cold spots of 28 looked at" in html
        assert len(found) == len(rows(page(client, "/cold-spots/")))
    none = page(client, "/cold-spots/?state=none&step=return")
    assert "Nothing is confirmed as none at these steps." in none and "by these weights" not in none.lower()
    assert 'class="map' not in none and "?step=each&amp;support=each&amp;state=none" in none
    confirmed = page(client, "/cold-spots/?state=none")
    assert "<title>Middlesbrough: 100. Choices at 18" in confirmed and "<title>Cardiff: 0" not in confirmed


def test_a_place_keeps_what_was_asked_and_leads_to_the_cold_spots_inside_it(client: Client):
    index = lay()
    ValueFactory(index=index, place_id=WALES, share=0.3)
    html = page(client, "/cold-spots/?step=return&support=money&power=2")
    assert 'href="/cold-spots/middlesbrough/?step=return&amp;support=money&amp;power=2"' in html
    unusual = page(client, "/cold-spots/middlesbrough/?step=return&power=2")
    assert 'These are not the usual weights. <a href="/cold-spots/middlesbrough/?step=return">' in unusual
    assert "not the usual weights" not in page(client, "/cold-spots/middlesbrough/?step=return")
    wales = page(client, "/cold-spots/wales/?from=20")
    assert '<a href="/cold-spots/?in=wales&amp;from=20">1 of its 1 council areas' in wales
    assert "7 cold spots of 7 looked at" in page(client, "/cold-spots/?in=wales&from=20")


def test_several_indices_are_weighed_and_without_any_the_page_says_so(client: Client):
    assert "No index of need is loaded yet" in page(client, "/cold-spots/")
    assert "Not known how much it is in need" in page(client, "/cold-spots/middlesbrough/")
    lay()
    older = IndexFactory(name="Older", slug="older", year=2020)
    for code, share in ((MIDDLESBROUGH, 0), (CARDIFF, 1)):
        ValueFactory(index=older, place_id=code, share=share)
    first = Index.objects.first()
    assert first is not None and first.name == "Index of hardship"
    scores = {row[1]: row[6] for row in rows(page(client, f"/cold-spots/?step=return&of-older=3&of-{first.slug}=1"))}
    assert scores == {"Hartlepool": "90", "Cardiff": "81", "Stockton-on-Tees": "50", "Middlesbrough": "25"}
    assert "No index has a weight above 0" in page(client, "/cold-spots/?of-older=0")


def test_queries_are_as_many_for_thirty_rows_as_for_one(client: Client, django_assert_max_num_queries):
    index = lay()
    asked = ("/cold-spots/?step=return", "/cold-spots/middlesbrough/")
    counts = []
    for is_more in (False, True):
        if is_more:
            for area in gazetteer().authorities_in("S92000003")[:30]:
                ValueFactory(index=index, place_id=area, share=0.1)
            InitiativeFactory.create_batch(3, places=[HARTLEPOOL])
        for address in asked:
            page(client, address)  # what is kept for all pages is there
            with django_assert_max_num_queries(14) as captured:
                shown = rows(page(client, address))
            counts.append((len(captured), len(shown)))
    (few, four), (alone, _spots), (many, thirty), (again, _same) = counts
    assert (four, thirty) == (4, 30)
    assert (few, alone) == (many, again)
