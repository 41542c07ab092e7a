"""A run that is stopped goes on from its checkpoint: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from initiatives.importing import running, settling
from initiatives.importing.options import Options
from initiatives.importing.running import Elsewhere, carry_out, new_run, unfinished_run
from initiatives.models import ImportRun, Initiative
from tests.factories.importing import ROOT, table


def many(path: Path, number: int) -> Path:
    return table(path, *({"title": f"Number {n}", "organisation": f"Trust {n}"} for n in range(number)))


@pytest.mark.django_db
def test_a_run_that_fails_half_way_goes_on_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 10)
    path = many(tmp_path / "a.csv", 35)
    options = Options(source="Example")
    run = new_run(path, options, filename=path.name)
    seen: list[int] = []

    def progress(rows: int) -> None:
        seen.append(rows)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out(run, path, progress)
    left = unfinished_run(path, options, path.name)
    assert left is not None
    assert (left.pk, left.checkpoint, Initiative.objects.count()) == (run.pk, 20, 20)
    carry_out(left, path)
    left.refresh_from_db()
    assert (left.state, left.checkpoint, left.created, Initiative.objects.count()) == ("done", 35, 35, 35)
    assert unfinished_run(path, options, path.name) is None


@pytest.mark.django_db
def test_a_batch_goes_in_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 10)
    path = many(tmp_path / "a.csv", 20)
    run = new_run(path, Options(), filename=path.name)
    write, batches = settling.Settler.settle, []

    def settle_once(settler: Any, rows: Any) -> Any:
        settled = write(settler, rows)
        batches.append(1)
        if len(batches) == 2:
            raise OSError("the disk is full")
        return settled

    monkeypatch.setattr(settling.Settler, "settle", settle_once)
    with pytest.raises(OSError, match="full"):
        carry_out(run, path)
    run.refresh_from_db()
    assert (run.checkpoint, run.created, Initiative.objects.count()) == (10, 10, 10)


@pytest.mark.django_db
def test_two_processes_with_one_run_do_not_both_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 10)
    path = many(tmp_path / "a.csv", 30)
    run = new_run(path, Options(), filename=path.name)

    def another_is_ahead(rows: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(checkpoint=20)

    with pytest.raises(Elsewhere):
        carry_out(run, path, another_is_ahead)
    assert Initiative.objects.count() == 10


@pytest.mark.django_db
def test_the_command_checks_first_and_says_what_it_found(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", {"title": "One"}, {"title": ""}, {"title": "Two", "starts_on": "=1+1"})
    out, report = StringIO(), tmp_path / "report.csv"
    call_command("import_initiatives", path, "--dry-run", "--report", str(report), stdout=out)
    assert "Would be added" in out.getvalue()
    assert not Initiative.objects.exists()
    assert "starts_on" in report.read_text(encoding="utf-8-sig")
    with pytest.raises(CommandError, match="--yes"):
        call_command("import_initiatives", path, stdout=out)
    call_command("import_initiatives", path, "--yes", stdout=out)
    assert Initiative.objects.count() == 1
    again = StringIO()
    call_command("import_initiatives", path, "--yes", stdout=again)
    assert "Nothing would be written" in again.getvalue()


@pytest.mark.django_db
def test_the_command_refuses_what_it_cannot_read_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no file"):
        call_command("import_initiatives", tmp_path / "none.csv")
    (tmp_path / "empty.csv").touch()
    with pytest.raises(CommandError, match="empty"):
        call_command("import_initiatives", tmp_path / "empty.csv")
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("import_initiatives", table(tmp_path / "a.csv"), "--mapping", "nowhere")


@pytest.mark.once  # its processes have a SQLite of their own
@pytest.mark.django_db(transaction=True)
def test_a_killed_import_is_started_again_and_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """Two real processes: the first is killed in the middle of writing, the second ends what it began."""
    rows = 4_000
    path = many(tmp_path / "a.csv", rows)
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": "", "LOG_LEVEL": "ERROR"}

    def manage(*words: str) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *words]

    kept = tmp_path / "data" / "steppingstones.sqlite3"
    kept.parent.mkdir()
    if connection.vendor == "sqlite":  # a copy of the tests' own is as good as one that is migrated for a minute
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(kept)])
    else:
        for words in (("migrate", "-v0"), ("load_places",)):
            subprocess.run(manage(*words), env=environment, check=True, capture_output=True, timeout=400)
    database = sqlite3.connect(kept, timeout=20)

    def count(sql: str) -> int:
        return int(database.execute(sql).fetchone()[0])

    command = manage("import_initiatives", str(path), "--yes", "--source", "Example")
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    written, until = "SELECT count(*) FROM initiatives_initiative", time.monotonic() + 120
    while not count(written) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = count(written)
    assert 0 < before < rows
    assert count("SELECT checkpoint FROM initiatives_importrun") == before

    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=True)
    assert f"stopped after {before} rows" in done.stdout
    assert count(written) == count("SELECT count(DISTINCT source_id) FROM initiatives_initiative") == rows
    assert count("SELECT count(*) FROM organisations_organisation") == rows
    assert count("SELECT created FROM initiatives_importrun") == rows
    assert count("SELECT within FROM initiatives_placecount WHERE place_id='E06000002' AND dimension='all'") == rows
    database.close()
