"""Moderators import on a page: check, look, decide, take the report home. Nobody else sees that it is there."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from initiatives.importing import background
from initiatives.models import ImportRun, Initiative
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.importing import grants, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client: Client, settings: Any, tmp_path: Path) -> Client:
    settings.DATA_DIR = tmp_path / "data"
    return sign_in(client, ModeratorFactory())


def upload(client: Client, path: Path, **answers: Any) -> Any:
    file = SimpleUploadedFile(path.name, path.read_bytes())
    answers = {"file": file, "format": "auto", "on_duplicate": "skip", **answers}
    return client.post(reverse("import-start"), answers, follow=True)


def test_a_file_is_checked_then_imported_then_reported(moderator: Client, tmp_path: Path) -> None:
    page = upload(moderator, table(tmp_path / "my file.csv", {"title": "=cmd|x"}, {"title": ""}), source="Example")
    run = ImportRun.objects.get()
    assert (run.state, run.created, Initiative.objects.count()) == ("checked", 1, 0)
    assert "Would be added" in page.content.decode()
    assert "my file" not in run.upload.name
    address = reverse("import-run", args=[run.pk])
    for _twice in range(2):
        moderator.post(address, {"do": "import", "on_duplicate": "skip"})
    run.refresh_from_db()
    assert (run.state, run.created, Initiative.objects.count()) == ("done", 1, 1)
    assert not run.upload
    report = moderator.get(reverse("import-report", args=[run.pk]))
    assert "needs a title" in b"".join(report.streaming_content).decode()  # type: ignore[attr-defined]
    assert reverse("import-run", args=[run.pk]) in moderator.get(reverse("import-start")).content.decode()


def test_markup_in_a_file_is_shown_and_not_obeyed(moderator: Client, tmp_path: Path) -> None:
    page = upload(
        moderator, table(tmp_path / "a.csv", {"title": "x < y <b onclick=1", "starts_on": "<script>alert(1)"})
    )
    assert "<script>alert(1)" not in page.content.decode()
    assert "&lt;script&gt;alert(1)" in page.content.decode()


def test_what_cannot_be_read_is_said_beside_the_form_and_not_kept(moderator: Client, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\x03\x04 a workbook")
    page = upload(moderator, path, source="Kept as typed")
    assert page.status_code == 422
    assert "Save as" in page.content.decode()
    assert "Kept as typed" in page.content.decode()
    assert not ImportRun.objects.exists()
    assert not list((tmp_path / "data" / "imports").iterdir())


def test_no_file_an_empty_one_and_a_bad_mapping_are_answered(moderator: Client, tmp_path: Path) -> None:
    page = moderator.post(reverse("import-start"), {"format": "auto", "on_duplicate": "skip"})
    assert "Choose a file" in page.content.decode()
    (tmp_path / "empty.csv").touch()
    assert "empty" in upload(moderator, tmp_path / "empty.csv").content.decode()
    page = upload(moderator, table(tmp_path / "a.csv"), mapping_file=SimpleUploadedFile("m.toml", b"not = [toml"))
    assert "neither TOML nor JSON" in page.content.decode()


def test_more_than_50_mb_are_refused_before_they_are_read(moderator: Client) -> None:
    page = moderator.post(reverse("import-start"), {}, CONTENT_LENGTH=str(60 * 1024 * 1024))
    assert page.status_code == 413
    assert "50 MB" in page.content.decode()


def test_a_file_of_just_over_50_mb_is_refused(
    moderator: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("initiatives.forms.importing.LARGEST_UPLOAD", 10)
    assert "50 MB" in upload(moderator, table(tmp_path / "a.csv")).content.decode()


def test_a_run_that_stands_still_can_be_continued(moderator: Client, tmp_path: Path) -> None:
    upload(moderator, grants(tmp_path / "a.json", *({} for _ in range(5))))
    run = ImportRun.objects.get()
    address = reverse("import-run", args=[run.pk])
    ImportRun.objects.update(state="running", checkpoint=0, created=0)
    page = moderator.get(address).content.decode()
    assert 'http-equiv="refresh"' in page
    assert "Go on from there" not in page
    ImportRun.objects.update(touched_at=timezone.now() - background.QUIET_FOR * 2)
    page = moderator.get(address).content.decode()
    assert 'http-equiv="refresh"' not in page
    assert "Go on from there" in page
    moderator.post(address, {"do": "continue"})
    run.refresh_from_db()
    assert (run.state, run.created, Initiative.objects.count()) == ("done", 5, 5)


def test_the_template_has_every_column(moderator: Client) -> None:
    from initiatives.importing.columns import COLUMNS

    content = moderator.get(reverse("import-template")).content.decode("utf-8-sig")
    assert content.splitlines()[0] == ",".join(COLUMNS)


@pytest.mark.parametrize("name", ["import-start", "import-template", "import-run", "import-report"])
def test_only_moderators_may_import(client: Client, name: str) -> None:
    run = ImportRun.objects.create(digest="x", filename="x.csv")
    address = reverse(name, args=[run.pk] if name in ("import-run", "import-report") else [])
    assert client.get(address).status_code == 302
    sign_in(client, UserFactory())
    assert client.get(address).status_code == 404
    assert client.post(address).status_code in (404, 405)


def test_a_file_nobody_decided_on_for_a_week_is_deleted_and_the_page_says_so(moderator: Client, tmp_path: Path) -> None:
    upload(moderator, table(tmp_path / "rivers.csv"), source="Example")
    run = ImportRun.objects.get()
    file = Path(run.upload.path)
    call_command("forget_uploads")
    assert file.exists()
    ImportRun.objects.update(touched_at=timezone.now() - datetime.timedelta(days=8))
    call_command("forget_uploads")
    assert not file.exists()
    address = reverse("import-run", args=[run.pk])
    page = moderator.get(address).content.decode()
    assert "The file was deleted after a week. Upload it again to import it." in page
    assert "Import now" not in page
    moderator.post(address, {"do": "import", "on_duplicate": "skip"})
    assert not Initiative.objects.exists()
