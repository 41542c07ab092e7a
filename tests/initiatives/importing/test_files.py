"""Whatever file is brought, what can be read is read, and a sentence says what cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from initiatives.importing.columns import COLUMNS
from initiatives.importing.options import Options
from initiatives.models import Initiative
from tests.factories.importing import ROW, checked, grant, grants, imported, remarks, table
from texts.opening import FileFault

pytestmark = pytest.mark.django_db


def refused(path: Path, **options: str) -> str:
    with pytest.raises(FileFault) as caught:
        list(Options(**options).reading(path, path.name).rows())
    return str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b"\x00\x00\x00"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(content)
    assert "empty" in refused(path)


@pytest.mark.parametrize("head", [b"PK\x03\x04rest of a workbook", b"\xd0\xcf\x11\xe0older"])
def test_a_workbook_is_refused_with_the_way_to_a_csv(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(head * 50)
    assert "Save as" in refused(path)


def test_a_picture_and_noise_are_refused(tmp_path: Path) -> None:
    for number, content in enumerate((b"\x89PNG\r\n\x1a\n" + bytes(200), bytes(range(256)) * 20)):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(content)
        assert "not a text file" in refused(path)


def test_a_header_without_rows_says_so(tmp_path: Path) -> None:
    path = tmp_path / "header.csv"
    path.write_text("title,organisation\n")
    assert "no rows" in checked(path).message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_letters_survive_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    run = imported(table(tmp_path / "a.csv", {"title": "Café Ynys Môn – “one”"}, encoding=encoding))
    assert Initiative.objects.get().title == "Café Ynys Môn – “one”"
    assumed = {"cp1252": "Windows-1252", "utf-16-le": "UTF-16"}.get(encoding)
    assert [assumed in said for said in run.summary["said"]] == ([True] if assumed else [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_go_by_their_names_whatever_parts_them(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    names = ["Organisation", "TITLE", "organisation postcode"]
    path.write_text("\n".join(delimiter.join(cells) for cells in (names, ["Riverside", "Steps", "TS1 3BA"])))
    imported(path)
    assert Initiative.objects.get().lead_organisation.name == "Riverside"


def test_unknown_columns_are_named_with_the_closest_known(tmp_path: Path) -> None:
    run = checked(table(tmp_path / "a.csv", {"sumary": "x", "zzzqqq": "y"}))
    assert any("sumary" in said for said in run.summary["said"])
    assert any("zzzqqq" in said and "Did you mean" not in said for said in run.summary["said"])


def test_a_missing_needed_column_names_the_likely_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("titel,organisation\nSteps,Riverside\n")
    assert "titel" in refused(path)
    path.write_text("one,two\n1,2\n")
    assert "none of our columns" in refused(path)
    path.write_text("title,title,organisation\n1,2,3\n")
    assert "twice" in refused(path)


def test_a_quote_spans_lines_and_rows_keep_their_line(tmp_path: Path) -> None:
    run = imported(table(tmp_path / "a.csv", {"description": "one\ntwo\nthree"}, {"title": ""}))
    assert Initiative.objects.get().summary == ROW["summary"]
    assert Initiative.objects.get().description == "one\ntwo\nthree"
    assert [(line, field) for line, _outcome, field, _reason in remarks(run)] == [(5, "title")]


def test_a_quote_that_never_closes_keeps_the_rows_before_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('title,organisation\nSteps,Riverside\nLadders,"Riv\nNever,read\n')
    run = imported(path)
    assert (run.created, run.state) == (1, "failed")
    assert "line 3" in run.message


def test_too_many_cells_are_a_bad_row_and_not_a_bad_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,organisation\nSteps,Riverside,more\nLadders,Riverside\n")
    run = imported(path)
    assert (run.created, run.failed) == (1, 1)
    assert "3 cells" in remarks(run)[0][3]


def test_json_that_breaks_half_way_keeps_what_was_good(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    whole = json.dumps({"grants": [grant(number) for number in range(1, 30)]})
    path.write_text(whole[: len(whole) * 2 // 3])
    run = imported(path)
    assert run.created == Initiative.objects.count() > 10
    assert f"record {run.created}" in run.message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"grants": []}', "no list"),
        ('{"rows": [{}]}', "no list"),
        ("{oops", "not valid JSON"),
        ('[{"title": "x"}]', "mapping"),
    ],
)
def test_json_of_another_shape_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    assert said in refused(path)


def test_grants_that_are_no_objects_fail_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps({"grants": [1, None, [], "x", {"recipientOrganization": "x", "plannedDates": [3]}, grant()]})
    )
    run = imported(path)
    assert (run.created, run.failed) == (1, 5)


def test_a_mapping_is_checked_entry_by_entry(tmp_path: Path) -> None:
    from initiatives.importing.mapping import parse_mapping

    for text, said in (
        ("no = [toml", "neither TOML nor JSON"),
        ("a = 1", "no [fields]"),
        ('[fields]\ntitel = "x"', "titel"),
        ('[fields]\ntitle = "x"', "organisation"),
        ('[fields]\ntitle = 3\norganisation = "x"', "title"),
    ):
        with pytest.raises(FileFault, match=said.replace("[", r"\[")):
            parse_mapping(text)


def test_plain_rows_come_in_through_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text('Name,Who,When,Part,Whole\nSteps,Riverside,"15 July, 2031",Big,Tent\n')
    mapping = {
        "source": "A list",
        "fields": {
            "title": "Name",
            "organisation": "Who",
            "starts_on": "When",
            "summary": {"pieces": ["Part", "Whole"], "join": " & "},
            "reach": {"value": "uk"},
        },
    }
    run = imported(path, source="", mapping=mapping)
    initiative = Initiative.objects.get()
    assert (initiative.summary, initiative.reach, str(initiative.starts_on)) == ("Big & Tent", "uk", "2031-07-15")
    assert initiative.source == "A list"
    assert run.created == 1


def test_the_template_itself_can_be_imported(tmp_path: Path) -> None:
    from initiatives.importing.columns import EXAMPLE
    from texts.exporting import csv_lines

    path = tmp_path / "template.csv"
    path.write_text("".join(csv_lines(list(EXAMPLE), [list(EXAMPLE.values())])), encoding="utf-8")
    run = imported(path)
    assert (run.created, run.failed, run.summary["said"]) == (1, 0, [])
    initiative = Initiative.objects.get()
    assert set(initiative.stages) == {"primary", "secondary"}
    assert {place.name for place in initiative.places.all()} == {"Middlesbrough", "Redcar and Cleveland"}
    assert len(COLUMNS) == len(EXAMPLE)


def test_grants_carry_their_funder_programme_and_source(tmp_path: Path) -> None:
    imported(grants(tmp_path / "a.json"), source="")
    initiative = Initiative.objects.get()
    assert [(partner.organisation.name, partner.role) for partner in initiative.partners.all()] == [
        ("Example Foundation", "funds")
    ]
    assert [tag.name for tag in initiative.tags.all()] == ["rivers"]
    assert (initiative.source, initiative.source_id) == ("360Giving", "360G-example-1")
    assert initiative.is_imported
