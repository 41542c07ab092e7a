"""What moderators decide about tags. The tags themselves are taggit's, and who carries which is `InitiativeTag`.

Nothing here names an initiative's class: the registry's models read these, to settle the tags of an old version.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

LONGEST = 50  # letters of a tag's name


class Note(models.Model):
    """What a tag means, and whether it is used; a tag without a note is."""

    tag = models.OneToOneField(Tag, on_delete=models.CASCADE, primary_key=True, related_name="note")
    meaning = models.CharField(_("what it means"), max_length=300, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True, help_text="Since when it is not used.")

    def __str__(self) -> str:
        return f"{self.tag_id}: {self.meaning}"


class Synonym(models.Model):
    """A word that stands for a tag: typed by a moderator, or a name that the tag or one merged into it once had.

    Synonyms never lead to one another: what led to a tag that is merged leads on to the other one at once.
    """

    word = models.CharField(_("word"), max_length=100, unique=True, help_text="In small letters.")
    slug = models.SlugField(max_length=110, unique=True, help_text="Its address, which leads on.")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="synonyms")
    merged = models.OneToOneField(
        Tag, null=True, blank=True, on_delete=models.CASCADE, related_name="merged_into", help_text="What it was."
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["word"]

    def __str__(self) -> str:
        return f"{self.word} → {self.tag_id}"


class Laid(models.Model):
    """An initiative carried a tag when it was retired, and carries it again once the tag is taken up."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "initiative"], name="laid_once")]

    def __str__(self) -> str:
        return f"{self.tag_id} of {self.initiative_id}"
