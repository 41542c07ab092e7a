"""A thread: what people say to each other about one thing, at one place, or around a question."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from organisations.models import Organisation
from places.models import Place


class Visibility(models.TextChoices):
    """Who may read; whoever may read and is a member may post."""

    PUBLIC = "public", _("Everyone reads, members write")
    MEMBERS = "members", _("Members of any organisation")
    ORGANISATIONS = "organisations", _("Only the organisations named")


class ThreadTag(TaggedItemBase):
    content_object = models.ForeignKey("discussions.Thread", on_delete=models.CASCADE, related_name="tagged_items")


class Thread(models.Model):
    """One conversation. `sequence` numbers its changes, `posts` its posts: without gaps, under the row's lock."""

    title = models.CharField(_("title"), max_length=140)
    # What it is about (discussions.subjects); "" for a topic of its own.
    subject_kind = models.CharField(max_length=20, blank=True)
    subject_key = models.CharField(max_length=40, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="threads")
    tags = TaggableManager(through=ThreadTag, blank=True)
    visibility = models.CharField(
        _("who may read"), max_length=13, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="threads")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    sequence = models.BigIntegerField(default=0, help_text="The number of its last change.")
    posts = models.PositiveIntegerField(default=0, help_text="How many posts have a number.")
    told = models.PositiveIntegerField(default=0, help_text="Up to which post people were told of what is new.")
    changed = models.BigIntegerField(default=0, help_text="The change that last touched title, state or place.")
    last_posted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    pinned_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="Taken away by a moderator.")

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        indexes = [
            models.Index(fields=["subject_kind", "subject_key", "-last_posted_at"], name="threads_of"),
            models.Index(fields=["place", "-last_posted_at"], name="threads_at"),
            models.Index(fields=["-last_posted_at"], name="threads_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("discussion", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None
