"""The page of a place's broken chains: what it says, where, to whom, and at what cost."""

from __future__ import annotations

import csv
import datetime
import io
import re
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from initiatives.models import Handover, Initiative, Status
from organisations.models import Role
from partnerships.chains import exporting
from partnerships.chains.queries import broken
from partnerships.overlaps.models import Relation, Standing
from tests.factories.accounts import CoordinatorFactory, sign_in
from tests.factories.initiatives import CARDIFF, HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST, InitiativeFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.overlaps import PairFactory
from tests.factories.places import place
from texts.vocabulary import Reach

pytestmark = pytest.mark.django_db

HERE = "/places/middlesbrough/chains/"
GLASGOW = "S12000049"


def year_six(title: str = "Bright Futures", **given: Any) -> Initiative:
    told: dict[str, Any] = {"stages": ("primary",), "transitions": (), "age_min": 9, "age_max": 11}
    return InitiativeFactory(title=title, **{**told, **given})


def year_seven(title: str = "Sure Steps", **given: Any) -> Initiative:
    told: dict[str, Any] = {"stages": ("secondary",), "transitions": (), "age_min": 11, "age_max": 14}
    return InitiativeFactory(title=title, **{**told, **given})


def words(client: Client, address: str = HERE) -> str:
    """What stands on the page, without its marks."""
    cache.clear()
    answer = client.get(address)
    assert answer.status_code == 200, address
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_an_end_is_said_with_the_year_and_stops_being_one_once_somebody_takes_it_up(client: Client):
    until = timezone.localdate() + datetime.timedelta(days=200)
    one = year_six(ends_on=until)
    page = words(client)
    assert "Bright Futures ends in Year 6; no one in Middlesbrough continues in Year 7." in page
    assert one.lead_organisation.name in page and "runs until" in page and "Primary to secondary" in page
    assert "Nobody continues 1 Continued in part 0 Nobody leads up to it 1 Led up to in part 0" in page
    far = year_seven("Far Steps", reach=Reach.UK, places=[])
    assert "Bright Futures" not in words(client)
    part = words(client, f"{HERE}?show=ends-in-part")
    assert "Bright Futures ends in Year 6; only nation-wide or online work continues in Middlesbrough." in part
    some = year_seven("For Some", focus=("care",))
    part = words(client, f"{HERE}?show=ends-in-part")
    assert "what continues in Middlesbrough is from afar, or only for some of its people." in part
    assert "For Some" in part and "It would need to be for everyone." in part
    Initiative.objects.filter(pk=far.pk).delete()
    part = words(client, f"{HERE}?show=ends-in-part")
    assert "what continues in Middlesbrough is only for some of its people." in part
    year_seven(places=[HARTLEPOOL, MIDDLESBROUGH])
    page = words(client, f"{HERE}?at=primary-to-secondary")
    assert "Bright Futures" not in page + words(client, f"{HERE}?show=ends-in-part")
    assert some.title in words(client)  # itself ends at fourteen


def test_a_start_is_said_with_the_year_before_and_a_handover_on_record_counts_wherever_it_is(client: Client):
    start = year_seven()
    told = "Sure Steps starts in Year 7; no one in Middlesbrough leads up to it in Year 6."
    assert told in words(client, f"{HERE}?show=starts")
    before = year_six(places=[CARDIFF], focus=("care",))
    Handover.objects.create(initiative=before, next_initiative=start)
    assert told not in words(client, f"{HERE}?show=starts")
    assert "Bright Futures" not in words(client, "/places/cardiff/chains/")


def test_scotland_has_no_year_six_and_work_no_school_years(client: Client):
    year_six(places=[GLASGOW])
    assert "Bright Futures ends at about age 11; no one in Glasgow continues from there." in words(
        client, "/places/glasgow/chains/"
    )
    InitiativeFactory(title="First Shift", stages=("starting-work",), transitions=("into-work",), age_min=25)
    told = "First Shift ends with “Starting work”; no one in Middlesbrough goes on to “Progression at work”."
    assert told in words(client)
    assert "First Shift starts with “Into work”; no one in Middlesbrough leads up to it before that." in words(
        client, f"{HERE}?show=starts"
    )


def test_the_nearest_who_do_the_next_step_come_after_what_was_found_already_and_none_that_was_set_aside(client: Client):
    one = year_six()
    near, farther = year_seven("Near Steps", places=[HARTLEPOOL]), year_seven("Farther Steps", places=[CARDIFF])
    beside = year_seven("Beside Steps", places=["E06000004"])
    aside = year_seven("Aside Steps", places=[HARTLEPOOL])
    PairFactory(low=one, high=farther, relation=Relation.NEXT_STEP, forward=True)
    PairFactory(low=one, high=aside, relation=Relation.NEXT_STEP, forward=True, standing=Standing.SET_ASIDE)
    page = words(client)
    at = [page.index(title) for title in ("Farther Steps", "Beside Steps", "Near Steps")]
    assert at == sorted(at) and "Aside Steps" not in page
    assert "8 miles away" in page and page.count("It would need to reach Middlesbrough.") == 3
    assert near.lead_organisation.name in page and beside.lead_organisation.name in page


def test_what_a_pair_lacks_is_said_of_place_age_and_people(client: Client):
    one = year_six(focus=("fsm",))
    other = year_seven("Later Steps", places=[HARTLEPOOL], age_min=14, age_max=16, focus=("care",))
    PairFactory(low=one, high=other, relation=Relation.NEXT_STEP, forward=True)
    page = words(client)
    assert "It would need to reach Middlesbrough. It would need to take people from about age 11." in page
    assert "It would need to be for everyone, or for: Eligible for free school meals." in page


def test_a_wide_place_asks_of_each_where_it_works_and_a_place_looks_at_what_is_for_it_first(client: Client):
    year_six()
    year_seven(places=[HARTLEPOOL])
    region = words(client, "/places/north-east/chains/")
    assert "Bright Futures ends in Year 6; no one where it works continues in Year 7." in region
    year_six("Whole Region", reach=Reach.REGION, places=[NORTH_EAST])
    assert "Whole Region" not in words(client) + words(client, "/places/north-east/chains/")
    assert "Whole Region ends in Year 6; no one in Middlesbrough continues in Year 7." in words(client, f"{HERE}?far=1")
    for slug in ("tees-valley-combined-authority", "england", "united-kingdom"):
        assert "Bright Futures ends" in words(client, f"/places/{slug}/chains/")


def test_where_very_much_reaches_a_place_one_step_is_looked_at(client: Client, monkeypatch):
    monkeypatch.setattr(broken, "TOO_MANY", 1)
    year_six()
    InitiativeFactory(title="First Shift", stages=("starting-work",), transitions=(), age_min=25)
    page = words(client)
    assert "2 initiatives reach this place, so one step is looked at here." in page
    assert "Bright Futures ends" in page and "First Shift" not in page
    assert "First Shift ends" in words(client, f"{HERE}?at=progression")


def test_a_break_for_some_people_alone_names_them(client: Client):
    year_six(focus=("refugees",))
    year_seven(focus=("care",))
    groups = "for its people: Refugees and people seeking asylum."
    assert f"Bright Futures ends in Year 6; no one in Middlesbrough continues in Year 7 {groups}" in words(client)
    starts = words(client, f"{HERE}?show=starts")
    assert (
        "Sure Steps starts in Year 7; no one in Middlesbrough leads up to it in Year 6 for its people: Care" in starts
    )
    assert "no one in Middlesbrough leads up to it in Year 4." in starts  # nobody at all does that
    year_seven("From Afar", reach=Reach.UK, places=[])
    part = words(client, f"{HERE}?show=ends-in-part")
    assert f"only nation-wide or online work continues in Middlesbrough {groups}" in part


def test_who_may_not_introduce_reads_who_can(client: Client):
    one = year_six()
    year_seven(places=[HARTLEPOOL])
    who = "A coordinator of Middlesbrough, or somebody of one of the two organisations, can introduce them."
    assert who in words(client) and "Introduce those who could." not in words(client)
    sign_in(client, MembershipFactory().user)
    page = words(client)
    assert who in page and "Introduce those who could." not in page and "ign in to introduce" not in page
    sign_in(client, MembershipFactory(organisation=one.lead_organisation, role=Role.MEMBER).user)
    page = words(client)
    assert who not in page and "Introduce those who could." in page


def test_where_nothing_breaks_at_all_no_other_list_is_pointed_to(client: Client):
    InitiativeFactory(title="All Of It", stages=("early-years", "at-work"), transitions=())
    assert "Nothing registered that could break" in words(client)
    year_six("Handed", age_min=None)
    InitiativeFactory(title="Further", stages=("early-years", "secondary", "at-work"), transitions=())
    page = words(client)
    assert "Everything that ends is taken up" in page and "1 initiative was looked at" in page
    assert "other lists" not in page


@pytest.mark.parametrize("many", [1, 5_000])
def test_every_number_leads_to_a_list_of_that_many(client: Client, monkeypatch, many: int):
    monkeypatch.setattr(broken, "TOO_MANY", many)
    year_six()
    year_six("Early Rise", age_min=None, age_max=6)
    InitiativeFactory(title="First Shift", stages=("starting-work",), transitions=("into-work",), age_min=25)
    year_seven("For Some", focus=("care",))
    for address in (HERE, f"{HERE}?at=progression", f"{HERE}?at=progression&show=starts", f"{HERE}?show=ends-in-part"):
        html = client.get(address).content.decode()
        told = re.findall(r'<a href="([^"]+)"[^>]*>[^<]*<span class="kinds__count">(\d+)', html)
        told += re.findall(r'<li><a href="([^"]+)"[^>]*>[^<(]*\((\d+)\)</a>', html)
        assert len(told) >= 2
        for link, number in told:
            assert f"{number} initiative" in words(client, unescape(link)), (address, link)


def test_addresses_that_make_no_sense_are_answered_with_a_sentence(client: Client):
    page = words(client, f"{HERE}?show=everything&at=birth&far=x&page=99999999")
    assert "“everything” is nothing that can be chosen here" in page and "“birth” is nothing" in page
    assert "Nothing registered that could break" in page
    year_six()
    assert "Nothing of that kind" in words(client, f"{HERE}?show=ends-in-part")
    assert "Bright Futures" in words(client, f"{HERE}?page=7")
    for address in ("/places/nowhere/chains/", "/places/nowhere/chains.csv", "/places/%00/chains/"):
        assert client.get(address).status_code == 404


def test_the_file_has_each_row_with_who_could(client: Client):
    year_six("=Bright Futures")
    year_seven(places=[HARTLEPOOL])
    answer = client.get("/places/middlesbrough/chains.csv?at=primary-to-secondary")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    head, row = csv.reader(io.StringIO(text))
    told = dict(zip(head, row, strict=True))
    assert told["initiative"] == "'=Bright Futures" and told["place"] == "Middlesbrough"
    assert (
        told["candidate 1"] == "Sure Steps" and told["what it would take 1"] == "It would need to reach Middlesbrough."
    )


def test_a_long_file_ends_with_a_line_that_says_what_it_leaves_out(
    client: Client, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    monkeypatch.setattr(exporting, "_AT_ONCE", 1)
    for number in range(3):
        year_six(f"Bright Futures {number}")
    year_seven(places=[HARTLEPOOL])
    with django_assert_num_queries(6):  # the pool of who could is read once
        text = b"".join(client.get("/places/middlesbrough/chains.csv").streaming_content)  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:3]] == ["Bright Futures 0", "Bright Futures 1"]
    assert rows[3][0] == "The first 2 of 3. Choose one step or a smaller place to have the others."
    assert len(rows) == 4


def test_the_page_costs_the_same_at_one_row_and_at_thirty(client: Client, django_assert_num_queries):
    person = CoordinatorFactory(place=place())
    year_six()
    year_seven(places=[HARTLEPOOL])
    sign_in(client, person)
    client.get(HERE)
    with django_assert_num_queries(15):
        client.get(HERE)
    for number in range(30):
        year_six(f"Year Six {number}")
        year_seven(f"Year Seven {number}", places=[HARTLEPOOL])
    with django_assert_num_queries(15):
        html = client.get(HERE).content.decode()
    assert html.count("Introduce them<") == 60 and "?page=2" in html


def test_other_pages_lead_here(client: Client):
    year_six()
    for address in ("/places/middlesbrough/", "/places/middlesbrough/journey/", "/overlaps/place/middlesbrough/"):
        assert f'href="{HERE}"' in client.get(address).content.decode()


def test_its_editors_read_on_its_own_page_what_is_missing_before_and_after_it(client: Client):
    one = year_six(places=[HARTLEPOOL, MIDDLESBROUGH])
    year_seven(places=[HARTLEPOOL])
    address = f"/chains/of/{one.slug}/"
    assert address not in client.get(one.get_absolute_url()).content.decode()
    sign_in(client, MembershipFactory(organisation=one.lead_organisation, role=Role.EDITOR).user)
    assert f'hx-get="{address}?part=1"' in client.get(one.get_absolute_url()).content.decode()
    part = unescape(client.get(f"{address}?part=1").content.decode())
    assert "Bright Futures ends in Year 6; no one in Middlesbrough continues in Year 7." in part
    assert f'href="{HERE}?at=primary-to-secondary"' in part and "in Hartlepool continues" not in part
    assert "Bright Futures starts in Year 5; no one in Hartlepool leads up to it in Year 4." in words(client, address)
    Initiative.objects.filter(pk=one.pk).update(status=Status.ENDED)
    assert client.get(address).status_code == 404


def test_its_own_page_says_only_what_was_looked_at(client: Client, monkeypatch):
    def said(one: Initiative) -> str:
        return words(client, f"/chains/of/{one.slug}/").split("What counts as broken")[0]

    alone = InitiativeFactory(title="Cradle To Work", stages=("early-years", "at-work"), transitions=())
    assert "There was nothing to look at" in said(alone)
    early = InitiativeFactory(title="Early", stages=("early-years",), transitions=(), age_min=None, age_max=None)
    InitiativeFactory(title="School", stages=("primary",), transitions=(), age_min=None, age_max=None)
    page = said(early)
    assert "Somebody goes on with its people, as far as the registry knows: Middlesbrough." in page
    assert "leads up to it" not in page
    four = InitiativeFactory(
        title="Four", stages=("early-years",), transitions=(), places=[MIDDLESBROUGH, HARTLEPOOL, CARDIFF, GLASGOW]
    )
    assert "These are the first 3 of the 4 places it is for." in said(four)
    everywhere = year_six("Everywhere", reach=Reach.UK, places=[])
    assert "Too much reaches United Kingdom to be looked at here" in said(everywhere)
    monkeypatch.setattr(broken, "TOO_MANY", 2)
    page = said(early)
    assert "Too much reaches Middlesbrough to be looked at here" in page and "Somebody" not in page
