"""Imports: what was asked, how far it came, and what each row became."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models.initiative import Initiative


class ImportStorage(FileSystemStorage):
    """Where uploaded files wait: beside the media, for those are served to everyone. It has no address."""

    base_url = None  # type: ignore[assignment]  # Django's way to say so; its stubs do not know it

    @property
    def base_location(self) -> str:
        return str(settings.DATA_DIR / "imports")

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)


def import_storage() -> ImportStorage:
    return ImportStorage()


class ImportRun(models.Model):
    """One file, imported once. The checkpoint moves in the same transaction as the rows before it."""

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked, not imported yet")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Stopped by an error")

    digest = models.CharField(max_length=64, help_text="SHA-256 of the file and the options it was read with.")
    filename = models.CharField(max_length=200)
    upload = models.FileField(upload_to="", storage=import_storage, blank=True)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.CHECKED)
    checkpoint = models.PositiveIntegerField(default=0, help_text=_("Rows of the file that are settled."))
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    noted = models.PositiveIntegerField(default=0)
    without_place = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now, help_text=_("When the last batch was settled."))
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.filename


class ImportedRow(models.Model):
    """A row that could not go in, or that matched something already here: its line, field and reason."""

    class Outcome(models.TextChoices):
        FAILED = "failed", _("Not imported")
        DUPLICATE = "duplicate", _("Matches one that is here")
        NO_PLACE = "no-place", _("No place found")
        NOTE = "note", _("Imported, with a note")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    field = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=400)
    title = models.CharField(max_length=140, blank=True)
    initiative = models.ForeignKey(Initiative, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["line", "pk"]
        indexes = [models.Index(fields=["run", "outcome", "line"])]

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"
