"""What people are told, written in the same transaction as what it tells of, and sent afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from notifications.kinds import Frequency

FAREWELL = "account-closed"  # to an address that is nobody’s here any more: it goes once it is sent


class Message(models.Model):
    """One e-mail to one address. It stays until it is sent; a failed attempt leaves it for the next."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    address = models.EmailField()
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    # Where the mail program's own button stops messages of this sort (RFC 8058); empty for what cannot be stopped.
    unsubscribe_url = models.URLField(max_length=2_000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    # When the next attempt may be made. A sender moves it ahead before it sends, so no other takes the same message.
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(sent_at=None), name="messages_waiting")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.address}"


class Notice(models.Model):
    """A line in a person's inbox. It stays, read or not.

    While it is new it grows with what comes on top (`about`, `number`); an e-mail that is due tells of what no e-mail
    told before (`email_due_at`, `emailed`).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    path = models.CharField(max_length=1_000, blank=True, help_text="The page of this site that it is about.")
    about = models.CharField(max_length=60, blank=True, help_text="What it belongs to, such as a discussion.")
    position = models.PositiveIntegerField(default=0, help_text="How far in that it reaches.")
    number = models.PositiveIntegerField(default=1, help_text="Of how many things it tells.")
    in_inbox = models.BooleanField(default=True)
    emailed = models.PositiveIntegerField(default=0, help_text="Of how many of them an e-mail told.")
    email_due_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notices_newest"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notices_unread"),
            models.Index(fields=["email_due_at"], condition=~models.Q(email_due_at=None), name="notices_to_email"),
        ]

    def __str__(self) -> str:
        return self.title


class Preference(models.Model):
    """How one person wants to be told of one kind of thing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=40)
    email = models.CharField(max_length=6, choices=Frequency.choices)
    inbox = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="preferred_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind} {self.email}"


class QuietHours(models.Model):
    """From when until when no e-mail is sent at once; by the clock of this site."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiet_hours")
    start = models.TimeField()
    end = models.TimeField()

    def __str__(self) -> str:
        return f"{self.user}: {self.start}–{self.end}"


class Bounce(models.Model):
    """Somebody's mail server told that an e-mail did not arrive. Each report counts once, however often it is read."""

    address = models.EmailField()
    permanent = models.BooleanField()
    status = models.CharField(max_length=12, blank=True)
    said = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "address"], name="bounce_read_once")]
        indexes = [models.Index(fields=["address", "at"], name="bounces_of")]

    def __str__(self) -> str:
        return f"{self.address}: {self.status}"


class FailingAddress(models.Model):
    """E-mail to it comes back: none is sent there but what signing in needs, until somebody shows that it works."""

    address = models.EmailField(unique=True)
    status = models.CharField(max_length=12, blank=True)
    said = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When its owner last had it tried again.")

    def __str__(self) -> str:
        return self.address
