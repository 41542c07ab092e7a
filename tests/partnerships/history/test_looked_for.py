"""What coordinators see of what was looked for and not found: from five on, in fives, and no sums."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.coverage.domain.confirming import confirm_none
from partnerships.history.queries.looked_for import looked_for
from places.queries import gazetteer
from search.domain.missing import count_missed
from tests.factories.accounts import CoordinatorFactory, ModeratorFactory, UserFactory, sign_in
from tests.factories.initiatives import HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST, UK
from tests.factories.places import place
from texts.months import month_of, months_before

pytestmark = pytest.mark.django_db
PAGE = "/places/middlesbrough/looked-for/"


def missed(times: int, code: str = MIDDLESBROUGH, step: str = "primary", support: str = "money", ago: int = 0) -> None:
    for _time in range(times):
        count_missed(
            code,
            [step] if step else [],
            [support] if support else [],
            month=months_before(month_of(timezone.localdate()), ago),
        )


def seen(code: str) -> list[tuple[str, str, str, int]]:
    found = looked_for(gazetteer()[code])
    return [(one.place.code, one.step, one.support, one.at_least) for one in (*found.own, *found.inside)]


def test_only_what_at_least_five_asked_for_within_a_year_is_seen_and_no_sum_says_less():
    missed(4)
    missed(3, step="secondary")
    missed(2, step="secondary", ago=11)
    missed(4, step="at-work", ago=0)
    missed(9, step="at-work", ago=12)  # a year is over
    missed(14, step="", support="")
    assert seen(MIDDLESBROUGH) == [(MIDDLESBROUGH, "", "", 10), (MIDDLESBROUGH, "secondary", "money", 5)]
    missed(1)
    assert seen(MIDDLESBROUGH)[1] == (MIDDLESBROUGH, "primary", "money", 5)
    before = seen(MIDDLESBROUGH)
    missed(4)
    assert seen(MIDDLESBROUGH) == before  # nine look like five: no single search shows
    missed(4, code=HARTLEPOOL)  # below five in a place is nothing in the place around it
    missed(4, code=NORTH_EAST)
    assert seen(NORTH_EAST) == before
    missed(6, code="")
    assert seen(UK)[0] == (UK, "primary", "money", 5)


def test_coordinators_and_moderators_read_it_and_an_empty_page_says_what_to_do(client: Client):
    assert client.get(PAGE).status_code == 302
    sign_in(client, UserFactory())
    assert client.get(PAGE).status_code == 403
    sign_in(client, CoordinatorFactory(place=place("hartlepool")))
    assert client.get(PAGE).status_code == 403
    coordinator = CoordinatorFactory(place=place())
    sign_in(client, coordinator)
    html = client.get(PAGE).content.decode()
    assert "Something stands here once 5 searches have found nothing" in html and "Open the journey" in html
    missed(7)
    missed(4, step="secondary")
    html = client.get(PAGE).content.decode()
    assert re.findall(r"at least (\d+)", html) == ["5"] and "Secondary (11–16)" not in html
    assert 'href="/places/middlesbrough/journey/list/?step=primary&amp;support=money"' in html
    confirm_here = 'href="/places/middlesbrough/journey/confirm/?step=primary&amp;support=money"'
    assert confirm_here in html and "Confirmed that nobody does this" not in html
    confirm_none(gazetteer()[MIDDLESBROUGH], "primary", "money", user=coordinator, note="I asked both libraries.")
    html = client.get(PAGE).content.decode()
    assert confirm_here not in html and "Confirmed that nobody does this" in html
    assert "no-store" in client.get(PAGE)["Cache-Control"]
    for beside in ("/places/%s/", "/places/%s/journey/", "/places/%s/need/", "/places/%s/chains/", "/cold-spots/%s/"):
        assert PAGE in client.get(beside % "middlesbrough").content.decode(), beside
        assert "/looked-for/" not in client.get(beside % "hartlepool").content.decode(), beside
        assert PAGE not in Client().get(beside % "middlesbrough").content.decode(), beside
    sign_in(client, ModeratorFactory())
    assert client.get("/places/north-east/looked-for/").status_code == 200
