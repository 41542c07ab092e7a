"""What public registers say of organisations, and when each register was read."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models.organisation import IdentifierScheme
from places.models import Place


class RegisterKind(models.TextChoices):
    """The registers that can be read; the word is what `manage.py load_register` is given."""

    SCHOOLS = "schools", _("Register of schools")
    COLLEGES = "colleges", _("Register of colleges")
    UNIVERSITIES = "universities", _("Register of universities")
    COMPANIES = "companies", _("Register of companies")
    CHARITIES = "charities", _("Register of charities")


class RegisterLoad(models.Model):
    """One reading of a register's file: where it came from and what it changed. `as_of` is the day it speaks for."""

    register = models.CharField(_("register"), max_length=12, choices=RegisterKind.choices)
    source = models.CharField(_("source"), max_length=80)
    file_name = models.CharField(max_length=200)
    as_of = models.DateField()
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    broken_off_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    doubled = models.PositiveIntegerField(default=0)
    withheld = models.PositiveIntegerField(default=0)  # not in the file, and left open as the file is rather not whole
    by = models.CharField(max_length=80, blank=True)  # who ran it
    remarks = models.JSONField(default=list)  # lines and sentences of the first rows that were left out
    refusal = models.TextField(blank=True)  # why the file was not read at all, or where reading broke off

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["register"],
                condition=models.Q(finished_at=None, broken_off_at=None),
                name="one_load_at_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_register_display()} · {self.as_of:%Y-%m-%d}"


class RegisterEntry(models.Model):
    """One organisation as a register has it. What the register no longer names is closed, and stays."""

    register = models.CharField(_("register"), max_length=12, choices=RegisterKind.choices)
    scheme = models.CharField(max_length=12, choices=IdentifierScheme.choices)
    number = models.CharField(_("number"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    folded = models.CharField(max_length=200)  # the name as `fold` has it, for likeness
    town = models.CharField(_("town"), max_length=80, blank=True)
    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    website = models.URLField(_("website"), max_length=300, blank=True)
    domain = models.CharField(max_length=253, blank=True, db_index=True)  # of the website
    size = models.CharField(_("size"), max_length=40, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    load = models.ForeignKey(RegisterLoad, on_delete=models.PROTECT, related_name="entries")  # the last that named it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "scheme", "number"], name="entry_once")]
        indexes = [models.Index(fields=["number"]), models.Index(fields=["register", "load"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.scheme}-{self.number})"


class RegisterWord(models.Model):
    """A word of some entry's name or town. Slips are put right among these, far fewer than there are entries."""

    word = models.CharField(max_length=40, unique=True)
    uses = models.PositiveIntegerField(default=0)  # by how many entries, counted after each load

    def __str__(self) -> str:
        return self.word


class RegisterGram(models.Model):
    """Three letters in a row of a word, its ends among them: words that share many are spelt alike."""

    gram = models.CharField(max_length=3)
    word = models.ForeignKey(RegisterWord, on_delete=models.CASCADE, related_name="grams", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gram", "word"], name="gram_once")]

    def __str__(self) -> str:
        return self.gram


class EntryWord(models.Model):
    """An entry has this word."""

    word = models.ForeignKey(RegisterWord, on_delete=models.CASCADE, related_name="+", db_index=False)
    entry = models.ForeignKey(RegisterEntry, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["word", "entry"])]

    def __str__(self) -> str:
        return f"{self.word_id} in {self.entry_id}"
