"""What can be searched: one row for each thing that everyone may read, kept in the transaction of its change."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
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


class SearchedThread(models.Model):
    """Up to which of its changes a discussion can be searched: they come quicker than they are described."""

    thread_id = models.BigIntegerField(primary_key=True)
    sequence = models.BigIntegerField()

    class Meta:
        verbose_name = _("searched discussion")

    def __str__(self) -> str:
        return f"{self.thread_id} up to {self.sequence}"


class SearchVector(models.Model):
    """What a document means (`search.meaning`): computed in the background, once for each text and model."""

    kind = models.CharField(max_length=16, choices=What.choices)
    object_id = models.BigIntegerField()
    noted = models.BigIntegerField(default=1, help_text="How often the document changed.")
    encoded = models.BigIntegerField(default=0, help_text="Up to which change the vector is right.")
    model = models.CharField(max_length=12, blank=True, help_text="The encoder’s short name.")
    digest = models.CharField(max_length=64, blank=True, help_text="Of the text that was encoded.")
    vector = models.BinaryField(null=True)
    encoded_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("search vector")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="meant_once")]
        indexes = [models.Index(fields=["id"], condition=models.Q(noted__gt=models.F("encoded")), name="vectors_due")]

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


class Frequency(models.TextChoices):
    """How often a saved search tells its owner what it found."""

    AT_ONCE = "at_once", _("At once: within some five minutes")
    DAILY = "daily", _("Once a day, in the morning")
    WEEKLY = "weekly", _("Once a week, on Monday morning")


class SavedSearch(models.Model):
    """A question somebody wants to go on asking, kept as its address: `SearchQuery.address`."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=100)
    address = models.TextField(help_text="The query string.")
    what = models.CharField(max_length=16, choices=What.choices)
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.DAILY)
    by_email = models.BooleanField(default=True)
    in_inbox = models.BooleanField(default=True)
    is_paused = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(default=timezone.now)
    # When it is to be asked again. A run moves it ahead in the transaction of what it tells: once, or not at all.
    due_at = models.DateTimeField()
    fault = models.CharField(max_length=300, blank=True, help_text="Why it could not be asked.")

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(is_paused=False), name="saved_searches_due")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("saved-search", args=[self.pk])


class SavedResult(models.Model):
    """Something that a saved search found. It is told once: what was there when it was saved, never."""

    saved_search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="results")
    object_id = models.BigIntegerField()
    told_at = models.DateTimeField(null=True, blank=True, help_text="Empty for what its owner knew already.")
    is_silenced = models.BooleanField(default=False, help_text="No saved search of its owner tells of it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["saved_search", "object_id"], name="told_once")]
        indexes = [models.Index(fields=["saved_search", "-told_at"], name="told_newest")]

    def __str__(self) -> str:
        return f"{self.object_id} in {self.saved_search_id}"


class MissedSearch(models.Model):
    """How many searches of one month found nothing in a place, at one stage or transition, for one kind of support.

    "" is none that was asked for. No words, no person, no address, no moment: a number and nothing else.
    """

    month = models.PositiveIntegerField(help_text="As 202611.")
    place_code = models.CharField(max_length=9, blank=True)
    step = models.CharField(max_length=24, blank=True)
    support = models.CharField(max_length=12, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        constraints = [
            models.UniqueConstraint(fields=["place_code", "month", "step", "support"], name="missed_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.place_code} {self.step} {self.support}: {self.count}"
