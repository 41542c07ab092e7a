"""What is here already is recognised, and nothing is ever doubled."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from initiatives.domain.merging import merge_initiatives
from initiatives.models import ImportedRow, Initiative
from initiatives.queries.counting import counts_for
from tests.factories.accounts import ModeratorFactory
from tests.factories.importing import checked, grants, imported, remarks, table
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db


def duplicates(run: object) -> list[str]:
    return [reason for _line, outcome, _field, reason in remarks(run) if outcome == "duplicate"]  # type: ignore[arg-type]


@pytest.mark.parametrize("on_duplicate", ["skip", "update", "create"])
def test_the_same_file_twice_doubles_nothing(tmp_path: Path, on_duplicate: str) -> None:
    path = table(tmp_path / "a.csv", {"title": "One"}, {"title": "Two"}, {"id": "", "title": "Without a number"})
    imported(path)
    run = imported(path, on_duplicate=on_duplicate)
    assert (run.created, Initiative.objects.count()) == (0, 3)
    assert counts_for("E06000002").local() == 3
    assert len(duplicates(run)) == 3


def test_check_and_import_agree_about_duplicates_within_the_file(tmp_path: Path) -> None:
    rows = [
        {"title": "Steps to Secondary"},
        {"id": "1", "title": "Something else entirely"},
        {"title": "STEPS to secondary!"},
        {"title": "Steps to Secondery"},
        {"title": "Steps to Secondary 2"},
        {"title": "Steps to Secondary", "organisation": "Another Trust"},
    ]
    path = table(tmp_path / "a.csv", *rows)
    before, after = checked(path), imported(path)
    assert (before.created, before.skipped) == (after.created, after.skipped) == (3, 3)
    assert Initiative.objects.count() == 3
    assert len(duplicates(before)) == len(duplicates(after)) == 3


def test_awards_without_a_title_of_their_own_are_told_apart_by_what_they_say(tmp_path: Path) -> None:
    title = {"title": "Grant to Riverside Trust"}
    run = imported(
        grants(tmp_path / "a.json", {**title, "description": "Debt advice"}, {**title, "description": "A minibus"})
    )
    assert run.created == 2
    run = imported(grants(tmp_path / "b.json", {**title, "id": "x", "description": "Debt advice"}))
    assert (run.created, run.skipped) == (0, 1)


def test_a_title_registered_by_its_organisation_is_recognised_and_left_alone(tmp_path: Path) -> None:
    here = InitiativeFactory(title="Steps to Secondary", lead_organisation__name="Riverside Trust")
    path = table(tmp_path / "a.csv", {"summary": "Changed."})
    run = imported(path, on_duplicate="update")
    here.refresh_from_db()
    assert (run.updated, run.skipped) == (0, 1)
    assert here.summary != "Changed."
    assert "left alone" in duplicates(run)[0]
    assert ImportedRow.objects.get(run=run).initiative == here
    assert imported(path, on_duplicate="create").created == 1


def test_update_brings_imported_rows_up_to_date_and_keeps_what_the_file_does_not_say(tmp_path: Path) -> None:
    imported(table(tmp_path / "a.csv", {"support": "mentoring", "tags": "one", "capacity": "5"}))
    run = imported(
        table(
            tmp_path / "b.csv", {"summary": "Changed.", "organisation_postcode": "M1 1AE", "tags": "two", "support": ""}
        ),
        on_duplicate="update",
    )
    initiative = Initiative.objects.get()
    assert run.updated == 1
    assert (initiative.summary, initiative.capacity, initiative.support) == ("Changed.", 5, ())
    assert [place.name for place in initiative.places.all()] == ["Manchester"]
    assert {tag.name for tag in initiative.tags.all()} == {"one", "two"}
    assert counts_for("E08000003").local() == 1
    assert counts_for("E06000002").local() == 0


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ({"age_min": "10", "age_max": "12"}, {"age_min": "14"}, "age_min"),
        ({"age_min": "10", "age_max": "12"}, {"age_max": "8"}, "age_max"),
        ({"starts_on": "2026-09-01"}, {"ends_on": "2026-08-01"}, "ends_on"),
    ],
)
def test_an_update_that_goes_against_the_other_end_as_it_stands_is_refused_while_good_rows_go_in(
    tmp_path: Path, before: dict[str, str], after: dict[str, str], field: str
) -> None:
    imported(table(tmp_path / "a.csv", {"title": "One", **before}, {"title": "Two"}))
    rows = [{"title": "One", "summary": "Changed.", **after}, {"title": "Two", "summary": "Changed."}]
    path = table(tmp_path / "b.csv", *rows)
    for run in (checked(path, on_duplicate="update"), imported(path, on_duplicate="update")):
        assert (run.updated, run.failed, run.skipped) == (1, 1, 0)
        refused = ImportedRow.objects.get(run=run, outcome=ImportedRow.Outcome.FAILED)
        assert (refused.line, refused.field, refused.initiative.title) == (2, field, "One")
        assert "Give both ends" in refused.reason
    assert set(Initiative.objects.filter(summary="Changed.").values_list("title", flat=True)) == {"Two"}


def test_a_claimed_one_is_not_updated(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv")
    imported(path)
    Initiative.objects.update(claimed_at=timezone.now())
    run = imported(table(tmp_path / "b.csv", {"summary": "Changed."}), on_duplicate="update")
    assert (run.updated, run.skipped) == (0, 1)
    assert Initiative.objects.get().summary != "Changed."
    assert "left alone" in duplicates(run)[0]


def test_checking_writes_no_initiative_and_no_organisation(tmp_path: Path) -> None:
    from organisations.models import Organisation

    run = checked(table(tmp_path / "a.csv", {"title": "One"}, {"title": ""}))
    assert (run.created, run.failed, run.state) == (1, 1, "checked")
    assert not Initiative.objects.exists()
    assert not Organisation.objects.exists()
    assert run.summary["first"][0]["title"] == "One"


def test_the_queries_of_a_batch_do_not_grow_with_its_rows(tmp_path: Path) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    numbers = []
    for size in (1, 30):
        rows = [
            {
                "id": f"{size}-{n}",
                "title": f"Number {n} of {size}",
                "organisation": f"Trust {size} {n}",
                "tags": f"t{size}{n}",
                "funder": f"Foundation {size} {n}",
            }
            for n in range(size)
        ]
        path = table(tmp_path / f"{size}.csv", *rows)
        with CaptureQueriesContext(connection) as queries:
            imported(path)
        numbers.append(sum("INSERT" not in query["sql"] for query in queries))
    assert numbers[0] == numbers[1]


def test_a_row_that_was_merged_since_is_what_it_became(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", {"title": "Steps to Secondary"})
    imported(path)
    gone = Initiative.objects.get()
    kept = InitiativeFactory(title="A bridge to Year 7")
    merge_initiatives(kept, gone, user=ModeratorFactory())
    run = imported(path, on_duplicate="update")
    assert (run.created, run.updated, Initiative.objects.count()) == (0, 0, 2)
    assert [row.initiative for row in ImportedRow.objects.filter(run=run)] == [kept]
    kept.refresh_from_db()
    assert kept.title == "A bridge to Year 7"
