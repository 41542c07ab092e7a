"""What a post carries besides its words: whom it mentions, and files."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse

from discussions.models.post import Post
from organisations.models import Organisation


class Mention(models.Model):
    """Somebody whose name stands in a post, and who may read it; or an organisation, for its editors and owners."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="mentions")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None) ^ models.Q(organisation=None), name="mention_of_one_or_the_other"
            ),
            models.UniqueConstraint(fields=["post", "user"], name="person_mentioned_once"),
            models.UniqueConstraint(fields=["post", "organisation"], name="organisation_mentioned_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.organisation} in {self.post_id}"


class Attachment(models.Model):
    """A file of a post. It lies under its token, which nobody can guess, outside of what is served to everyone."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="attachments")
    token = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=5, help_text="One of discussions.files.kinds.")
    size = models.PositiveIntegerField()
    alt = models.CharField(max_length=300, blank=True)
    # A picture has a smaller one beside it; these are its measures.
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.token, self.name])


def attachment_storage() -> Storage:
    return storages["attachments"]
