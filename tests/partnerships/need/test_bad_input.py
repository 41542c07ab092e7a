"""Files that cannot be used: each fault has its sentence and its line, and nothing is half-loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from partnerships.need.domain.loading import load_need
from partnerships.need.faults import NeedRefused
from partnerships.need.models import Index, Value
from tests.factories.accounts import UserFactory
from tests.factories.need import WORDS, described, table

pytestmark = pytest.mark.django_db

GOOD = [("E06000001", "20"), ("E06000002", "40"), ("E06000003", "30")]


def refused(folder: Path, rows: Any = GOOD, header: Any = ("code", "value"), **given: Any) -> str:
    """What is said; nothing is written."""
    with pytest.raises(NeedRefused) as fault:
        load_need(table(folder, rows, header), described(folder, **given))
    assert not Index.objects.exists()
    return str(fault.value)


def values(folder: Path, rows: Any, **given: Any) -> dict[str, float]:
    load_need(table(folder, rows), described(folder, **given))
    return dict(Value.objects.filter(place__kind="authority").values_list("place_id", "value"))


def test_a_code_that_nobody_knows_is_told_with_its_line_and_the_others_are_loaded(tmp_path: Path):
    report = load_need(table(tmp_path, [*GOOD, ("X1", "5")]), described(tmp_path))
    assert report.unmapped == [(5, "“X1” is no area that we know.")]
    assert (Index.objects.get().unmapped, report.places) == ([[5, "“X1” is no area that we know."]], 3)


def test_a_file_of_which_most_leads_nowhere_is_refused(tmp_path: Path):
    told = refused(tmp_path, [("DRS", 1), ("BFS", 2), *GOOD[:1]])
    assert "2 of 3 rows lead to no area that we know." in told
    assert "Line 2: “DRS” is no area that we know." in told


def test_the_same_row_twice_is_read_once(tmp_path: Path):
    assert values(tmp_path, [*GOOD, GOOD[0]])["E06000001"] == 20


def test_contradicting_rows_are_refused_with_both_lines(tmp_path: Path):
    told = refused(tmp_path, [*GOOD, ("E06000001", "21")])
    assert told == "Line 5: “E06000001” is there with another number than in line 2. Keep the right one."


def test_two_names_of_one_place_are_refused_with_both_lines(tmp_path: Path):
    told = refused(tmp_path, [("E08000019", "1"), ("E08000039", "2")])
    assert told == "Line 3: “E08000039” and “E08000019” in line 2 are both Sheffield. Keep one of them."


def test_a_district_that_merged_is_counted_once_under_whatever_names(tmp_path: Path):
    rows = [("St Edmundsbury", "10"), ("Forest Heath", "20"), ("Saint Edmundsbury", "30")]
    names = {"columns": {"name": "code", "value": "value"}, "geography": "districts", "year_of_codes": 2016}
    told = refused(tmp_path, rows, **names)
    assert (
        told == "Line 4: “Saint Edmundsbury” and “St Edmundsbury” in line 2 are both St Edmundsbury. Keep one of them."
    )


@pytest.mark.parametrize("missing", ["", "..", "n/a", "-", "*", "c", "NULL"])
def test_a_missing_number_is_told_and_the_place_has_none(tmp_path: Path, missing: str):
    report = load_need(table(tmp_path, [*GOOD, ("E06000004", missing)]), described(tmp_path))
    assert report.unmapped == [(5, "there is no number for “E06000004”.")]
    assert not Value.objects.filter(place="E06000004").exists()


@pytest.mark.parametrize(
    ("text", "number"),
    [("12.5%", 12.5), ("1,234.5", 1234.5), ("12 345", 12345), ("−3", -3), ("1e2", 100), (" 7 ", 7), ("+.5", 0.5)],
)
def test_numbers_are_read_as_tables_have_them(tmp_path: Path, text: str, number: float):
    assert values(tmp_path, [("E06000001", text)]) == {"E06000001": number}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("about 7", "“about 7” is not a number."),
        ("12,5", "has a comma where thousands end nowhere"),
        ("inf", "is not a number"),
        ("1e999", "is not a number"),
    ],
)
def test_what_is_no_number_is_told_with_its_line(tmp_path: Path, text: str, said: str):
    told = refused(tmp_path, [*GOOD, ("E06000004", text)])
    assert told.startswith("Line 5: ") and said in told


def test_some_percentages_and_some_not_are_refused(tmp_path: Path):
    told = refused(tmp_path, [("E06000001", "20%"), ("E06000002", "0.4")])
    assert told == "Line 2: this is a percentage, and line 3 is not. Write all of them in the same way."


def test_codes_of_an_earlier_year_suggest_that_year(tmp_path: Path):
    told = refused(tmp_path, [*GOOD, ("E07000026", "1"), ("E07000150", "2")])
    assert 'write geography = "districts" and year_of_codes = 2020' in told
    assert "Line 5: “E07000026” ended in 2023; today it is part of Cumberland." in told


@pytest.mark.parametrize(
    ("year", "code", "fits"), [(2016, "E07000246", 2022), (2022, "E07000205", 2018), (2016, "E06000062", None)]
)
def test_codes_of_another_year_than_the_description_says_suggest_theirs(
    tmp_path: Path, year: int, code: str, fits: Any
):
    told = refused(tmp_path, [*GOOD, (code, "1")], geography="districts", year_of_codes=year)
    assert f"“{code}”" in told and "Line 5" in told
    if fits:
        assert f"year_of_codes = {fits}" in told


def test_a_place_that_ended_beside_its_successor_is_told_with_its_line(tmp_path: Path):
    told = refused(tmp_path, [("E06000063", "3"), ("E07000026", "1")])
    assert told == "Line 3: “E07000026” ended in 2023; today it is part of Cumberland."


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (("code", "number"), "The file has no column “value”, which the description names. It has “code”, “number”."),
        (("code", "value", "Value"), "The file has two columns “value”. Keep one of them."),
    ],
)
def test_columns_have_to_be_those_of_the_description(tmp_path: Path, header: Any, said: str):
    assert refused(tmp_path, [(*row, "1")[: len(header)] for row in GOOD], header) == said


def test_a_rank_is_a_whole_number(tmp_path: Path):
    columns = {"code": "code", "value": "value", "rank": "rank"}
    told = refused(tmp_path, [("E06000001", "20", "1.5")], tuple(columns), columns=columns)
    assert told == "Line 2: “1.5” is not a rank, which is a whole number from 1 on."


def test_a_row_without_an_area_is_told_with_its_line(tmp_path: Path):
    assert refused(tmp_path, [*GOOD, ("", "4")]) == "Line 5: this row names no area."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"code,value\n", "a header and no row with a number"),
        (b"code,value\nE06000001,..\n", "a header and no row with a number"),
        (b"PK\x03\x04 and more", "This is a workbook or an archive"),
        (b'[{"code": 1}]', "An index is read from a CSV file."),
        (b'code,value\nE06000001,"1\nE06000002,2\n', "a quotation mark opens there and never closes"),
        (b"name,value\nYnys M\xf4n,4\n", 'Line 2: this is not utf-8. Write encoding = "windows-1252"'),
    ],
)
def test_files_that_are_no_table_say_what_they_are(tmp_path: Path, content: bytes, said: str):
    (tmp_path / "index.csv").write_bytes(content)
    columns = {"name": "name", "value": "value"} if b"name" in content else None
    with pytest.raises(NeedRefused) as fault:
        load_need(tmp_path / "index.csv", described(tmp_path, columns))
    assert said in str(fault.value)
    assert not Index.objects.exists()


def test_another_encoding_is_read_as_the_description_says(tmp_path: Path):
    (tmp_path / "index.csv").write_bytes(b"name;value\nYnys M\xf4n;4\n")
    load_need(tmp_path / "index.csv", described(tmp_path, {"name": "name", "value": "value"}, encoding="windows-1252"))
    assert Value.objects.get(place="W06000001").value == 4


@pytest.mark.parametrize("name", list(WORDS))
def test_a_description_that_lacks_a_field_says_which(tmp_path: Path, name: str):
    assert f"The description lacks “{name}”." in refused(tmp_path, **{name: None})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"year": "2024"}, "“year” in the description has to be a whole number from 1990 to 2100."),
        ({"higher_is": "up"}, "“higher_is” in the description has to be one of “worse”, “better”."),
        ({"across_nations": "yes"}, "“across_nations” in the description has to be true or false."),
        ({"slug": "Not a slug"}, "“slug” in the description is not one: Not a slug."),
        ({"address": "javascript:alert(1)"}, "“address” in the description is not one"),
        ({"name": "x" * 161}, "“name” in the description has to be a text of at most 160 letters."),
        ({"encoding": "runes"}, "“encoding” in the description names none: runes."),
        ({"licnce": "OGL"}, "a field “licnce” that nobody reads"),
        ({"columns": {"code": "code"}}, "has to name the column of the value"),
        ({"columns": {"value": "value"}}, "has to name the column of the code or of the name"),
        ({"columns": {"code": "code", "value": "value", "colour": "x"}}, "not “colour”"),
        ({"areas": {"The Tees": ["E99999999"]}}, "names the code E99999999 for The Tees, which nobody knows"),
        ({"leave_out": "Kent"}, "“leave_out” in the description has to be a list of names"),
        ({"areas_in": "nowhere.toml"}, "There is no description"),
    ],
)
def test_a_description_that_is_wrong_says_how_to_mend_it(tmp_path: Path, given: dict[str, Any], said: str):
    assert said in refused(tmp_path, **given)


def test_a_description_that_is_no_toml_says_so(tmp_path: Path):
    (tmp_path / "d.toml").write_text("name = ")
    with pytest.raises(NeedRefused, match="The description is no TOML"):
        load_need(table(tmp_path, GOOD), tmp_path / "d.toml")


def test_what_was_loaded_stays_where_the_next_file_is_refused(tmp_path: Path):
    before = values(tmp_path, GOOD)
    with pytest.raises(NeedRefused):
        load_need(table(tmp_path, [*GOOD[:2], ("E06000003", "many")]), described(tmp_path))
    assert dict(Value.objects.filter(place__kind="authority").values_list("place_id", "value")) == before


def test_loading_again_replaces_and_the_same_again_writes_nothing(tmp_path: Path):
    first = load_need(table(tmp_path, GOOD), described(tmp_path))
    same = load_need(table(tmp_path, GOOD), described(tmp_path))
    assert first.wrote and not same.wrote
    assert Index.objects.get().loaded_at == first.index.loaded_at
    load_need(table(tmp_path, [("E06000001", "25"), ("E06000004", "1")]), described(tmp_path, name="Hardship"))
    values = Value.objects.filter(place__kind="authority").values_list("place_id", "value", "rank")
    assert set(values) == {("E06000001", 25, 1), ("E06000004", 1, 2)}
    assert Index.objects.get().name == "Hardship"


def test_the_command_says_what_it_did_and_what_led_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path, description = table(tmp_path, [*GOOD, ("X1", "5")]), described(tmp_path)
    UserFactory(email="who@example.org")
    call_command("load_need", path, description=description, by="WHO@example.org", verbosity=0)
    told = capsys.readouterr().out
    assert "3 areas of the file give 3 council areas a value" in told
    assert "1 rows led to no place:\n  Line 5: “X1” is no area that we know." in told
    assert Index.objects.get().loaded_by.email == "who@example.org"
    with pytest.raises(CommandError, match="Nobody has the address"):
        call_command("load_need", path, description=description, by="nobody@example.org")
    with pytest.raises(CommandError, match="There is no file"):
        call_command("load_need", tmp_path / "gone.csv", description=description, verbosity=0)
    with pytest.raises(CommandError, match="There is no description"):
        call_command("load_need", path, verbosity=0)
