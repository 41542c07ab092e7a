"""What can happen to a place, and how it is called."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Group(TextChoices):
    """What a reader tells apart; the value is the address's word."""

    OPENED = "opened", _("Opened")
    ENDED = "ended", _("Ended")
    CHANGED = "changed", _("Changed")
    GAPS = "gaps", _("Gaps")


class Kind(TextChoices):
    """One sort of event. The values are parts of a feed's lasting names: do not change them."""

    LISTED = "listed", _("New here")
    STARTED = "started", _("Started")
    ENDED = "ended", _("Ended")
    LEFT = "left", _("Nobody confirms that it runs")
    BACK = "back", _("Confirmed again that it runs")
    PAUSED = "paused", _("Paused")
    REOPENED = "reopened", _("Runs again")
    CHANGED = "changed", _("Changed")
    IMPORTED = "imported", _("Changed by an import")
    MERGED = "merged", _("Took in another entry")
    CONFIRMED = "confirmed", _("Nobody does this here, a coordinator says")
    LAPSED = "lapsed", _("Not confirmed any more")
    WITHDRAWN = "withdrawn", _("Taken back")
    FILLED = "filled", _("A gap was filled")


GROUP_OF: dict[Kind, Group] = {
    Kind.LISTED: Group.OPENED,
    Kind.STARTED: Group.OPENED,
    Kind.BACK: Group.OPENED,
    Kind.ENDED: Group.ENDED,
    Kind.LEFT: Group.ENDED,
    Kind.PAUSED: Group.CHANGED,
    Kind.REOPENED: Group.CHANGED,
    Kind.CHANGED: Group.CHANGED,
    Kind.IMPORTED: Group.CHANGED,
    Kind.MERGED: Group.CHANGED,
    Kind.CONFIRMED: Group.GAPS,
    Kind.LAPSED: Group.GAPS,
    Kind.WITHDRAWN: Group.GAPS,
    Kind.FILLED: Group.GAPS,
}
