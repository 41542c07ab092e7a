"""Why somebody asks a moderator to look: the same words for pages and for posts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_NOTE = 1_000


class Reason(models.TextChoices):
    """In the order of the queue: worries about a child come first."""

    SAFEGUARDING = "safeguarding", _("I worry about a child or young person")
    ABUSE = "abuse", _("It insults, threatens or discriminates")
    PRIVATE = "private", _("It gives away somebody’s private details")
    SPAM = "spam", _("It advertises, or is off the subject")
    WRONG = "wrong", _("It misleads")
    OUTDATED = "outdated", _("It is out of date, or not right")
    OTHER = "other", _("Something else")


# What somebody wrote on a day is not out of date: posts are not reported for that.
POST_REASONS = [choice for choice in Reason.choices if choice[0] != Reason.OUTDATED]
