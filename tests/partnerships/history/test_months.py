"""A place month by month: kept once a month, shown as it was, and never made up between."""

from __future__ import annotations

import datetime
import re
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from partnerships.coverage.asking import JourneyQuery
from partnerships.coverage.grid import STEPS, SUPPORTS
from partnerships.coverage.queries.across import across
from partnerships.coverage.queries.journey import journey
from partnerships.history.domain.snapping import take_snapshot
from partnerships.history.models import Month, Snapshot
from partnerships.history.packing import Kept, unpack
from partnerships.history.queries.months import over_time
from places.queries import gazetteer
from tests.factories.history import snapshot_in
from tests.factories.initiatives import CARDIFF, MIDDLESBROUGH, NORTH_EAST, UK, InitiativeFactory
from texts.vocabulary import Reach

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine(datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)),
]
ROW = re.compile(r'<tr><th scope="row">(.+?)</th>(.+?)</tr>', re.DOTALL)


def test_a_month_is_kept_once_and_is_what_the_journey_of_each_place_says():
    assert take_snapshot(datetime.date(2026, 8, 1)) == len(gazetteer())  # with nothing there at all
    InitiativeFactory(capacity=40)
    InitiativeFactory(reach=Reach.REGION, places=[NORTH_EAST], stages=("early-years",))
    InitiativeFactory(reach=Reach.ONLINE, places=[], support=("digital",))
    InitiativeFactory(reach=Reach.UK, places=[])
    assert take_snapshot(datetime.date(2026, 9, 30)) == len(gazetteer())
    InitiativeFactory()
    assert take_snapshot(datetime.date(2026, 9, 1)) == 0
    out = StringIO()
    call_command("take_snapshot", stdout=out)
    call_command("take_snapshot", stdout=out)
    assert "are kept.\nThis month is kept already." in out.getvalue()
    named = across([gazetteer()[code] for code in (MIDDLESBROUGH, NORTH_EAST, CARDIFF, UK)])
    assert [one.named for one in named.at().values()] == [2, 3, 0, 4]
    for code in (MIDDLESBROUGH, NORTH_EAST, CARDIFF, UK):
        now = journey(JourneyQuery((gazetteer()[code],)))
        row = Snapshot.objects.filter(place=code).latest("month_id")
        cells = unpack(row.cells, len(row.month.steps), len(row.month.supports))
        for at, step in enumerate(("", *STEPS)):
            for to, support in enumerate(("", *SUPPORTS)):
                cell = now.cell(step, support)
                kept = [cells[measure, at, to] for measure in (Kept.REACH, Kept.PLACES, Kept.UNKNOWN)]
                assert kept == [cell.count, cell.places, cell.unknown], (code, step, support)
                assert cells[Kept.NAME, at, to] == named.at(step, support)[code].named, (code, step, support)
    assert sum(len(row.cells) for row in Snapshot.objects.filter(month=202609)) < 200_000
    assert [bar.count for bar in over_time(gazetteer()[MIDDLESBROUGH]).total.bars[:2]] == [0, 4]  # type: ignore[union-attr]


def test_what_was_not_counted_is_said_and_picture_and_table_are_the_same(client: Client, django_assert_num_queries):
    empty = client.get("/places/middlesbrough/over-time/").content.decode()
    assert "No month has been kept yet" in empty
    one = InitiativeFactory(stages=("primary",), support=("mentoring",))
    snapshot_in(2026, 3)
    InitiativeFactory(stages=("primary", "secondary"), support=("money",))
    snapshot_in(2026, 4)
    one.delete()
    snapshot_in(2026, 7)
    Month.objects.filter(month=202604).update(steps=["", *STEPS[:-1], "a-word-that-went"])  # of other days
    with django_assert_num_queries(1):
        found = over_time(gazetteer()[MIDDLESBROUGH])
    assert found is not None and found.gaps == ["May 2026", "June 2026"]
    html = client.get("/places/middlesbrough/over-time/?support=").content.decode()
    assert "Not counted, so nothing is shown for: May 2026, June 2026." in html
    table = {label: re.findall(r">(\d+|–)<", cells) for label, cells in ROW.findall(html)}
    assert table["Every stage and transition"] == ["1", "2", "–", "–", "1"]
    assert table["Secondary (11–16)"] == ["0", "1", "–", "–", "1"]
    assert table["Starting school"] == ["0", "0", "–", "–", "0"]
    for series in found.steps:
        drawn = re.search(rf"<h3>{re.escape(series.label)}</h3>(.+?)</svg>", html, re.DOTALL)
        assert drawn, series.label
        assert re.findall(r'data-count="(\d+)"', drawn[1]) == [n for n in table[series.label] if n != "–"]
        heights = [int(height) - 2 for height in re.findall(r'height="(\d+)"', drawn[1])]
        most = max(bar.count for bar in series.counted)
        assert heights == [round(100 * bar.count / most) for bar in series.counted]
    lying = re.findall(r'<rect class="month-bar" width="(\d+)" height="10" data-count="(\d+)"/>', html)
    assert lying == [("50", "1"), ("100", "2"), ("50", "1")]
    assert re.findall(r"<b>(\d+)</b><span class=", html) == ["1", "2", "1"]

    assert "Today:" not in html
    InitiativeFactory(support=("digital",))
    cache.clear()
    html = client.get("/places/middlesbrough/over-time/").content.decode()
    assert '<a href="/places/middlesbrough/journey/">Today: 2</a>' in html
    money = client.get("/places/middlesbrough/over-time/?support=money").content.decode()
    assert re.findall(r"<b>(\d+)</b><span class=", money) == ["0", "1", "1"]
    fault = client.get("/places/middlesbrough/over-time/?support=gold%3Cb%3E").content.decode()
    assert "“gold&lt;b&gt;” is no kind of support here, so all of them are shown." in fault
    for slug in ("north-east", "united-kingdom", "tees-valley-combined-authority", "wales"):
        assert "month-bars" in client.get(f"/places/{slug}/over-time/").content.decode()
    assert client.get("/places/nowhere/over-time/").status_code == 404
