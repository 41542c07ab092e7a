"""What somebody said, and what others made of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models.thread import Thread
from organisations.models import Organisation

LONGEST = 10_000


class Post(models.Model):
    """One post. `number` is its place in the thread, from 1; `changed` the thread's change that last touched it."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(null=True, blank=True, help_text="None while it waits for a moderator.")
    changed = models.BigIntegerField(default=0)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="posts")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=LONGEST)
    html = models.TextField(help_text="The text as safe HTML.")
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="answered_by")
    # Made by whoever sends it: the same one twice is one post.
    client_id = models.CharField(max_length=64)
    posted_at = models.DateTimeField(default=timezone.now)
    # Kind → ids of those who said it. Small, read with every post and written under the thread's lock.
    reactions = models.JSONField(default=dict, blank=True)
    # Likewise small and read with every post: the paths of our pages that it leads to, and its files as they are shown.
    links = models.JSONField(default=list, blank=True)
    files = models.JSONField(default=list, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    removed_because = models.TextField(blank=True, help_text="What a moderator told its author.")

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="post_number_once"),
            models.UniqueConstraint(fields=["author", "client_id"], name="post_sent_once"),
        ]
        indexes = [
            models.Index(fields=["thread", "changed"], name="posts_changed"),
            models.Index(fields=["posted_at"], condition=models.Q(number=None, removed_at=None), name="posts_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} #{self.number}"

    def get_absolute_url(self) -> str:
        if self.number is None:
            return reverse("discussion", args=[self.thread_id])
        return reverse("discussion-at", args=[self.thread_id, self.number])

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    @property
    def is_waiting(self) -> bool:
        """A moderator has to look at it before anybody else does."""
        return self.number is None and self.removed_at is None


class PostVersion(models.Model):
    """A text that an edit replaced, or the names of files that were taken away."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField()
    taken = models.JSONField(default=list, blank=True)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["replaced_at", "pk"]

    def __str__(self) -> str:
        return f"{self.post_id}, {self.replaced_at}"


class ReactionKind(models.TextChoices):
    """A small fixed set: what saves a post that says no more."""

    AGREE = "agree", _("Agree")
    THANKS = "thanks", _("Thank you")
    IDEA = "idea", _("Good idea")
    JOIN = "join", _("Count us in")
