"""What can be searched: one row for each thing that everyone may read, kept in the transaction of its change."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.query import What
from search.words import tokens
from texts.cleaning import clean_line


class SearchDocument(models.Model):
    """The words and traits of one public initiative or organisation.

    The words are folded and without stop words (`search.words.tokens`); each database has its index over the four
    columns of words, made in a migration of its own. `traits` and `areas` pack what results are narrowed by
    (`search.traits`), so that a hundred thousand rows are counted in one pass.
    """

    kind = models.CharField(max_length=16, choices=What.choices)
    object_id = models.BigIntegerField()
    title_words = models.TextField(blank=True)
    summary_words = models.TextField(blank=True)
    name_words = models.TextField(blank=True, help_text="Organisations, places, tags, labels.")
    body_words = models.TextField(blank=True)
    length = models.IntegerField(default=0, help_text="Words in all four columns.")
    traits = models.BigIntegerField(default=0)
    areas = models.BigIntegerField(default=0)
    place_id = models.CharField(max_length=9, blank=True, help_text="An organisation’s authority.")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    published = models.BigIntegerField(help_text="Seconds since 1970.")
    confirmed = models.IntegerField(help_text="The day somebody last said that it is so, as `date.toordinal`.")
    closes = models.IntegerField(null=True, blank=True, help_text="The next day by which to apply, likewise.")
    completeness = models.PositiveSmallIntegerField(default=0, help_text="Of a hundred.")
    version = models.BigIntegerField(default=0, help_text="The last `IndexChange` that told of it.")

    class Meta:
        verbose_name = _("search document")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="searched_once")]
        indexes = [
            models.Index(fields=["kind", "latitude", "longitude"], name="searched_near"),
            models.Index(fields=["kind", "-published", "-object_id"], name="searched_newest"),
            models.Index(fields=["kind", "title_words"], name="searched_titles", opclasses=["", "text_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class IndexChange(models.Model):
    """A document that Elasticsearch has to be told of: written with the change, gone once the index has it.

    Ids only grow and are the document's version in the index, so that an older change that arrives late never wins.
    """

    kind = models.CharField(max_length=16, choices=What.choices)
    object_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    set_aside = models.BooleanField(default=False, help_text="The index refuses it: a person has to look.")

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        indexes = [
            models.Index(fields=["set_aside", "due_at", "id"], name="index_change_due"),
            models.Index(fields=["kind", "object_id"], name="index_change_of"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}, change {self.pk}"


class SearchWord(models.Model):
    """A word that stood in a document at some time: where a spelling is put right from. Only ever added to."""

    word = models.CharField(max_length=40, primary_key=True)
    stem = models.CharField(max_length=40, db_index=True)

    def __str__(self) -> str:
        return self.word


class Synonym(models.Model):
    """Terms of the field that mean the same; moderators edit them, and the next search knows."""

    terms = models.CharField(
        _("terms that mean the same"), max_length=300, help_text=_("Divided by commas: “NEET, not in education”.")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["terms"]

    def __str__(self) -> str:
        return self.terms

    def clean(self) -> None:
        """Raises ValidationError where fewer than two different terms are left."""
        terms = {text: tuple(tokens(text)) for part in self.terms.split(",") if (text := clean_line(part))}
        if len({found for found in terms.values() if found}) < 2:
            raise ValidationError(
                {"terms": _("Type at least two different terms, divided by commas: “NEET, not in education”.")}
            )
        self.terms = ", ".join(terms)
