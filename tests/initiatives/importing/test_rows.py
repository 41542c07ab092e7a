"""Each row is held to the form's rules: good ones go in, bad ones are named with line, field and reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from initiatives.importing.naming import guess_kind
from initiatives.importing.values import day
from initiatives.models import Initiative, ReachedPlace
from organisations.models import Organisation
from tests.factories.importing import imported, remarks, table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("title", "", "needs a title"),
        ("title", "\x00", "needs a title"),
        ("organisation", " ", "needs the name"),
        ("support", "swimming", "swimming"),
        ("stages", "primary; moon", "moon"),
        ("age_min", "ten", "whole number"),
        ("age_max", "121", "at most 120"),
        ("capacity", "9" * 30, "whole number"),
        ("starts_on", "31/02/2027", "not a day"),
        ("ends_on", "some day", "not a day"),
        ("cost", "cheap", "cheap"),
        ("reach", "galaxy", "galaxy"),
        ("places", "Atlantis", "Atlantis"),
        ("places", "Middlesbrough; Wales", "mixture"),
        ("venue_postcode", "ZZ99 9ZZ", "postcode"),
        ("contact_email", "not an address", "e-mail"),
        ("website", "javascript:alert(1)", "web address"),
        ("website", "https://" + "x" * 400 + ".example", "web address"),
        ("source_url", "ftp://files.example", "web address"),
        ("contact_name", "x" * 121, "120"),
        ("how_to_join", "x" * 2001, "2000"),
        ("description", "x" * 10_001, "10,000"),
        ("organisation_kind", "circus", "circus"),
    ],
)
def test_a_bad_field_is_named_and_the_good_rows_go_in(tmp_path: Path, field: str, text: str, said: str) -> None:
    run = imported(table(tmp_path / "a.csv", {"title": "Good before"}, {field: text}, {"title": "Good after"}))
    assert (run.created, run.failed) == (2, 1)
    line, outcome, where, reason = remarks(run)[0]
    assert (line, outcome, where) == (3, "failed", field)
    assert said in reason


def test_dates_and_ages_the_wrong_way_round_are_refused(tmp_path: Path) -> None:
    run = imported(
        table(tmp_path / "a.csv", {"starts_on": "2027-09-01", "ends_on": "2027-01-01", "age_min": "12", "age_max": "9"})
    )
    assert [(field, outcome) for _line, outcome, field, _reason in remarks(run)] == [
        ("ends_on", "failed"),
        ("age_max", "failed"),
    ]


def test_formulas_stay_text_here_and_are_harmless_in_the_report(tmp_path: Path) -> None:
    from initiatives.importing.reporting import report_lines

    formulas = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)"]
    run = imported(table(tmp_path / "a.csv", *({"title": text, "starts_on": "never"} for text in formulas)))
    report = "".join(report_lines(run))
    for text in formulas:
        assert f"'{text}" in report
    run = imported(table(tmp_path / "b.csv", *({"title": text} for text in formulas)))
    assert set(Initiative.objects.values_list("title", flat=True)) == set(formulas)


def test_html_comes_in_as_text(tmp_path: Path) -> None:
    text = "<p>Ages <b>5</b> &amp; up, <script>alert(1)</script>if x < 3</p><img src=x onerror=alert(1)>"
    imported(table(tmp_path / "a.csv", {"description": text, "title": "<i>Steps</i>"}))
    initiative = Initiative.objects.get()
    assert initiative.description == "Ages 5 & up, if x < 3"
    assert initiative.title == "Steps"


def test_what_is_too_long_for_a_line_is_kept_in_full_above_the_description(tmp_path: Path) -> None:
    title, summary = "Steps " * 40, "They meet every week. " * 30
    run = imported(table(tmp_path / "a.csv", {"title": title, "summary": summary, "description": "Then."}))
    initiative = Initiative.objects.get()
    assert len(initiative.title) <= 140
    assert initiative.title.endswith("…")
    assert initiative.description == f"{title.strip()}\n\n{summary.strip()}\n\nThen."
    assert {field for _line, outcome, field, _reason in remarks(run) if outcome == "note"} == {"title", "summary"}
    assert run.noted == 1


def test_emoji_right_to_left_and_null_bytes_go_in_cleaned(tmp_path: Path) -> None:
    imported(table(tmp_path / "a.csv", {"title": "🪨 \u202eخطوات\x00 Steps"}))
    assert Initiative.objects.get().title == "🪨 خطوات Steps"


def test_words_are_understood_by_value_or_label(tmp_path: Path) -> None:
    row = {
        "support": "Mentoring|tutoring",
        "stages": "Sixth form, college or training (16–18); Primary",
        "cost": "Free",
    }
    imported(table(tmp_path / "a.csv", row))
    initiative = Initiative.objects.get()
    assert initiative.support == ("mentoring", "tutoring")
    assert initiative.stages == ("primary", "16-18")
    assert initiative.cost == "free"


def test_what_a_row_does_not_say_is_not_invented(tmp_path: Path) -> None:
    imported(table(tmp_path / "a.csv"))
    initiative = Initiative.objects.get()
    assert (initiative.support, initiative.stages, initiative.cost, initiative.how_to_join) == ((), (), "", "")


@pytest.mark.parametrize(
    ("row", "reach", "places"),
    [
        ({"organisation_postcode": "cf101ep"}, "authorities", {"Cardiff"}),
        ({"location": "Walcot, Bath, Bath and North East Somerset"}, "authorities", {"Bath and North East Somerset"}),
        ({"organisation_postcode": "", "organisation_place": "W06000004"}, "authorities", {"Denbighshire"}),
        (
            {"organisation_postcode": "", "organisation_place": "Sir Ddinbych - Denbighshire"},
            "authorities",
            {"Denbighshire"},
        ),
        ({"venue_postcode": "M1 1AE"}, "authorities", {"Manchester"}),
        ({"places": "Wales"}, "nation", {"Wales"}),
        ({"reach": "uk"}, "uk", set()),
        ({"reach": "Online, anywhere in the UK"}, "online", set()),
        ({"places": "S12000046"}, "authorities", {"Glasgow"}),
    ],
)
def test_the_place_is_inferred(tmp_path: Path, row: dict[str, Any], reach: str, places: set[str]) -> None:
    run = imported(table(tmp_path / "a.csv", row))
    initiative = Initiative.objects.get()
    assert initiative.reach == reach
    assert {place.name for place in initiative.places.all()} == places
    assert run.without_place == 0


def test_a_row_without_a_place_goes_in_is_counted_and_is_listed_only_nationally(tmp_path: Path) -> None:
    run = imported(table(tmp_path / "a.csv", {"organisation_postcode": "ZZ99 9ZZ", "location": "Moonbase, Alpha"}))
    assert (run.created, run.without_place) == (1, 1)
    assert Initiative.objects.get().reach == ""
    assert list(ReachedPlace.objects.values_list("place_id", flat=True)) == ["K02000001"]
    (_line, outcome, _field, reason) = remarks(run)[0]
    assert outcome == "no-place"
    assert "Moonbase" in reason
    assert "ZZ99" in reason


def test_what_is_over_comes_in_as_ended(tmp_path: Path) -> None:
    imported(table(tmp_path / "a.csv", {"ends_on": "30 June 2016"}))
    initiative = Initiative.objects.get()
    assert (initiative.status, str(initiative.ended_on), initiative.live) == ("ended", "2016-06-30", True)
    assert not ReachedPlace.objects.exists()


def test_the_organisation_is_found_by_number_then_by_name_and_place_and_is_made_once(tmp_path: Path) -> None:
    rows = [
        {"title": "One", "organisation": "Riverside Trust", "organisation_id": "GB-CHC-1136419"},
        {"title": "Two two two", "organisation": "Renamed Trust", "organisation_id": "GB-CHC-1136419"},
        {"title": "Three", "organisation": "THE RIVER-SIDE  School", "organisation_postcode": "TS13BA"},
        {"title": "Fourth", "organisation": "the river side school", "organisation_postcode": "TS1 3BA"},
        {"title": "Fifth", "organisation": "The River-side School", "organisation_postcode": "M1 1AE"},
    ]
    imported(table(tmp_path / "a.csv", *rows))
    assert Organisation.objects.count() == 3
    imported(
        table(tmp_path / "b.csv", *({**row, "title": row["title"] + " again, quite another"} for row in rows)),
        source="B",
    )
    assert Organisation.objects.count() == 3
    assert Organisation.objects.filter(is_public=True, source="Example").count() == 3


@pytest.mark.parametrize(
    ("name", "schemes", "kind"),
    [
        ("Woodmill High School", (), "school"),
        ("Ysgol Dinas Bran", (), "school"),
        ("Friends of Woodmill School", ("GB-CHC",), "charity"),
        ("Woodmill School PTA", (), "charity"),
        ("University of Leeds", (), "university"),
        ("Leeds University Students' Union", (), "charity"),
        ("Rochdale Sixth Form College", (), "college"),
        ("Calderdale Council", (), "council"),
        ("Arts Council", (), "charity"),
        ("Youth Boxing Academy", ("GB-CHC",), "charity"),
        ("Northern Devon NHS Trust Charitable Fund", (), "charity"),
        ("Anything", ("GB-EDU",), "school"),
        ("Some Trust", (), "charity"),
        ("Big Bank plc", ("GB-COH",), "business"),
    ],
)
def test_kinds_are_guessed_with_care(name: str, schemes: tuple[str, ...], kind: str) -> None:
    assert guess_kind(name, frozenset(schemes)) == kind


@pytest.mark.parametrize(
    "text",
    [
        "2021-07-15",
        "2021-07-15T00:00:00+00:00",
        "15/07/2021",
        "15/7/21",
        "15 July, 2021",
        "15th Jul 2021",
        "July 15, 2021",
    ],
)
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert str(day(text)) == "2021-07-15"
