"""A moderator's decision on a post and on who wrote it: one thing, in one transaction, each act in the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from discussions.domain.errors import DiscussionError, NotAllowed
from discussions.domain.holding import refuse_post, release_post
from discussions.domain.posting import remove_post, restore_post
from discussions.domain.reporting import close_reports
from discussions.domain.telling import tell_author, tell_person
from discussions.domain.tending import close_thread, hide_thread
from discussions.events import WritingChanged
from discussions.models import Muting, Post, Report, Warning
from discussions.permissions import can_moderate, can_mute
from notifications.announcing import announce
from places.models import Place
from reports.permissions import can_see_all


class Meanwhile(DiscussionError):
    """Somebody else decided first."""

    def __init__(self) -> None:
        super().__init__(_("Meanwhile this was changed or decided by somebody else. Look at it again."))


@dataclass(frozen=True)
class Decision:
    """What becomes of a post (`keep`, `hide`, `restore`, `release` or `refuse`) and of its author (`warn`, `mute` or
    nothing)."""

    post: str
    person: str = ""
    reason: str = ""  # for its author
    place: Place | None = None  # of a muting; None: everywhere
    until: datetime | None = None  # of a muting; None: until it is lifted
    thread: str = ""  # `close`, `reopen`, `hide`, `show` the discussion, or nothing


def state_of(post: Post) -> str:
    """Changes with whatever a decision rests on."""
    newest = Report.objects.filter(post=post, decided_at=None).order_by("-pk").values_list("pk", flat=True).first()
    return f"{post.changed}-{int(post.is_removed)}-{post.number or 0}-{newest or 0}"


@transaction.atomic
def decide(post: Post, decision: Decision, *, user: User, state: str) -> None:
    """`state`: what the moderator saw. Raises DiscussionError, Meanwhile where it is no longer so."""
    current = Post.objects.select_for_update(of=("self",)).select_related("thread", "author").get(pk=post.pk)
    if not can_moderate(user, current):
        raise NotAllowed
    if state_of(current) != state:
        raise Meanwhile
    acts = decision.post in ("hide", "refuse") or decision.person in ("warn", "mute")
    if acts and not decision.reason:
        raise DiscussionError(_("Say why: whoever wrote it is told."))
    _decide_on_post(current, decision, user)
    if decision.person and current.author is not None:
        _decide_on_person(current, current.author, decision, user)
    if decision.thread in ("close", "reopen"):
        close_thread(current.thread, user=user, closed=decision.thread == "close")
    elif decision.thread in ("hide", "show"):
        hide_thread(current.thread, user=user, hidden=decision.thread == "hide")
    if decision.post == "keep":
        log(instance=current.thread, action="discussions.keep", user=user, data={"post": current.pk})
    stays = decision.post in ("keep", "restore", "release")
    told = _("It stays: it keeps to the rules of this place.") if stays else _("It was taken away.")
    # Who is named for worries about a child leaves the other reports of what stays to the moderators.
    close_reports(current, user=user, told=told, urgent_only=stays and not can_see_all(user))


def _decide_on_post(post: Post, decision: Decision, user: User) -> None:
    if decision.post == "hide":
        remove_post(post, user=user, reason=decision.reason)
        if decision.person != "warn":
            tell_author(post, _("A moderator took your post away"), decision.reason)
    elif decision.post == "restore":
        restore_post(post, user=user)
        tell_author(post, _("Your post stands again"), "")
    elif decision.post == "release":
        release_post(post, user=user)
    elif decision.post == "refuse":
        refuse_post(post, user=user, reason=decision.reason)
    elif decision.post != "keep":
        raise DiscussionError(_("Choose what becomes of the post."))


def _decide_on_person(post: Post, author: User, decision: Decision, user: User) -> None:
    if decision.person == "warn":
        Warning.objects.create(user=author, post=post, reason=decision.reason, made_by=user)
        log(instance=post.thread, action="discussions.warn", user=user, data={"person": author.pk})
        tell_author(post, _("A moderator asks you to mind how you write"), decision.reason)
    elif decision.person == "mute":
        mute(author, by=user, reason=decision.reason, place=decision.place, until=decision.until)
    else:
        raise DiscussionError(_("Choose what becomes of the person."))


@transaction.atomic
def mute(person: User, *, by: User, reason: str, place: Place | None = None, until: datetime | None = None) -> Muting:
    """They read and do not write, in a place or everywhere. Raises DiscussionError."""
    if not can_mute(by, person):
        raise NotAllowed
    if until is not None and until <= timezone.now():
        raise DiscussionError(_("Choose an end that lies ahead."))
    muting = Muting.objects.create(user=person, place=place, reason=reason, made_by=by, until=until)
    log(instance=person, action="discussions.mute", user=by, data={"place": place and place.pk, "reason": reason})
    end = timezone.localtime(until).strftime("%-d %B %Y, %H:%M") if until else ""
    where = place.name if place else _("everywhere")
    told = _("Where: %(where)s.") % {"where": where} + (" " + _("Until %(end)s.") % {"end": end} if end else "")
    tell_person(person, _("You cannot write in discussions for now"), f"{reason}\n\n{told}", path="/discussions/")
    announce(WritingChanged(person.pk))
    return muting


@transaction.atomic
def lift(muting: Muting, *, user: User) -> None:
    """They may write again. Done twice it is done once. Raises NotAllowed."""
    current = Muting.objects.select_for_update(of=("self",)).select_related("user").get(pk=muting.pk)
    if not can_mute(user, current.user):
        raise NotAllowed
    if current.lifted_at is not None:
        return
    current.lifted_at, current.lifted_by = timezone.now(), user
    current.save(update_fields=["lifted_at", "lifted_by"])
    log(instance=current.user, action="discussions.unmute", user=user)
    tell_person(current.user, _("You can write in discussions again"), "", path="/discussions/")
    announce(WritingChanged(current.user_id))
