"""Asking whether an initiative still runs, as often as it takes, until somebody answers or lists leave it out.

Half a year after anybody last confirmed, changed or cleared it, its editors and owners are asked; again after two and
four weeks; after six it is marked as not confirmed, after ten the lists leave it out. An answer undoes all of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from accounts.models import User
from initiatives.domain.errors import InitiativeError
from initiatives.domain.listing import relist
from initiatives.domain.locking import lock
from initiatives.domain.running import confirm_running
from initiatives.models import Asking, Freshness, Initiative
from initiatives.permissions import can_change_status
from initiatives.queries.listed import listed
from notifications.domain.telling import tell
from organisations.models import Membership
from organisations.permissions import WRITERS
from organisations.queries import writers_of

AFTER = datetime.timedelta(days=182)
_WEEK = datetime.timedelta(weeks=1)
# Since the first question: two reminders, marked, left out of lists. Never two of them within five days, should the
# daily run have rested.
STEPS = (2 * _WEEK, 4 * _WEEK, 6 * _WEEK, 10 * _WEEK)
APART = datetime.timedelta(days=5)
MARKED, LEFT_OUT = 4, 5
NAMED = 10  # an e-mail names so many, and says how many more there are
LINK_HOLDS = datetime.timedelta(weeks=26)
_SALT = "initiatives.still_running"


class LinkRefused(InitiativeError):
    """A link that is not ours, too old, of an earlier question, or of somebody who left; the text says which."""


@dataclass(frozen=True)
class Asked:
    """How many initiatives took a step."""

    first: int = 0
    again: int = 0
    marked: int = 0
    left_out: int = 0


def ask_what_is_due(now: datetime.datetime) -> Asked:
    """Ask, remind, mark and leave out, an organisation at a time; asked daily, and twice a day asks no more."""
    due: dict[int, list[int]] = {}
    found = sorted({*_to_begin(now), *_to_go_on(now)})
    answering = _with_somebody_to_ask({organisation for _pk, organisation in found})
    for pk, organisation in found:
        if organisation in answering:  # where nobody is, nobody was asked, and silence says nothing
            due.setdefault(organisation, []).append(pk)
    steps = [step for ids in due.values() for step in _ask(ids, now)]
    return Asked(
        first=steps.count(1),
        again=sum(1 < step < MARKED for step in steps),
        marked=steps.count(MARKED),
        left_out=steps.count(LEFT_OUT),
    )


def _to_begin(now: datetime.datetime) -> Iterable[tuple[int, int]]:
    heard = Greatest(Coalesce("confirmed_at", "created_at"), Coalesce("last_published_at", "created_at"))
    rows = listed().filter(asking=None).annotate(heard_at=heard).filter(heard_at__lt=now - AFTER)
    yield from rows.values_list("pk", "lead_organisation_id")


def _to_go_on(now: datetime.datetime) -> Iterable[tuple[int, int]]:
    for step, since in enumerate(STEPS, start=1):
        rows = Asking.objects.filter(step=step, began_at__lte=now - since, last_at__lte=now - APART)
        yield from rows.values_list("pk", "initiative__lead_organisation_id")


def _with_somebody_to_ask(organisations: Collection[int]) -> set[int]:
    people = Membership.objects.filter(organisation__in=organisations, role__in=WRITERS, user__is_active=True)
    return set(people.values_list("organisation_id", flat=True))


def _is_due(initiative: Initiative, asking: Asking | None, now: datetime.datetime) -> bool:
    """Whether the next step is to be taken, once its row is locked: it may have been answered meanwhile."""
    if not initiative.is_listed:
        return False
    if asking is None:
        heard = (initiative.confirmed_at, initiative.last_published_at)
        return all((moment or initiative.created_at) < now - AFTER for moment in heard)
    if asking.step >= LEFT_OUT:
        return False
    return asking.began_at <= now - STEPS[asking.step - 1] and asking.last_at <= now - APART


@transaction.atomic
def _ask(ids: list[int], now: datetime.datetime) -> list[int]:
    """The next step of each, under their locks, with the one message that tells of them. Gives the steps."""
    rows = Initiative.objects.select_for_update(of=("self",)).select_related("lead_organisation").order_by("pk")
    initiatives = list(rows.filter(pk__in=ids))  # locked before their questions are read
    asked = Asking.objects.in_bulk(ids)
    told: list[tuple[Initiative, Asking]] = []
    for initiative in initiatives:
        asking = asked.get(initiative.pk)
        if not _is_due(initiative, asking, now):
            continue
        if asking is None:
            asking = Asking(initiative=initiative, began_at=now, step=1, last_at=now)
        else:
            asking.step, asking.last_at = asking.step + 1, now
        told.append((initiative, asking))
    askings = [asking for _one, asking in told]
    fields = ["began_at", "step", "last_at"]
    Asking.objects.bulk_create(askings, update_conflicts=True, unique_fields=["initiative"], update_fields=fields)
    _mark([one for one, asking in told if asking.step == MARKED], Freshness.STALE)
    hidden = [one for one, asking in told if asking.step == LEFT_OUT]
    _mark(hidden, Freshness.HIDDEN)
    relist([one.pk for one in hidden])
    if told:
        _tell(told)
    return [asking.step for asking in askings]


def _mark(initiatives: list[Initiative], freshness: Freshness) -> None:
    Initiative.objects.filter(pk__in=[one.pk for one in initiatives]).update(freshness=freshness)
    for one in initiatives:
        log(
            instance=one,
            action="initiatives.doubt",
            data={"because": str(freshness.label), "freshness": freshness.value},
        )


def _tell(told: list[tuple[Initiative, Asking]]) -> None:
    """Everyone who may answer, in one message for all of an organisation's."""
    organisation = told[0][0].lead_organisation
    subject = ngettext("Is it still running? %(title)s", "Are they still running? %(number)d initiatives", len(told))
    left_out = [one for one, asking in told if asking.step == LEFT_OUT]
    if len(left_out) == len(told):
        subject = ngettext("No longer in lists: %(title)s", "No longer in lists: %(number)d initiatives", len(told))
    for person in writers_of(organisation):
        tell(
            [person],
            kind="still-running",
            subject=subject % {"title": told[0][0].title, "number": len(told)},
            template="still_running",
            context={
                "organisation": organisation,
                "asked": [(one, answer_token(asking, person), asking.step) for one, asking in told[:NAMED]],
                "more": len(told[NAMED:]),
                "marked": MARKED,
                "left_out": LEFT_OUT,
            },
            path="/your-work/",
        )


def answer_token(asking: Asking, person: User) -> str:
    """What a link needs to answer this one question as this person, and nothing else."""
    return signing.dumps([asking.pk, person.pk, _second(asking.began_at)], salt=_SALT, compress=True)


def _second(moment: datetime.datetime) -> int:
    return int(moment.timestamp())


@dataclass(frozen=True)
class Question:
    """What a link asks: `waits` until it is answered."""

    initiative: Initiative
    person: User
    waits: bool


def read_question(token: str) -> Question:
    """What a link asks. Raises LinkRefused."""
    try:
        pk, user, began = signing.loads(token, salt=_SALT, max_age=LINK_HOLDS)
    except signing.SignatureExpired as error:
        raise LinkRefused(_("This link is too old to answer with. Sign in and answer under “Your work”.")) from error
    except (signing.BadSignature, ValueError) as error:
        raise LinkRefused(
            _("This link is not whole. Open it from the e-mail again, or sign in and answer under “Your work”.")
        ) from error
    initiative = Initiative.objects.select_related("lead_organisation").filter(pk=pk).first()
    person = User.objects.filter(pk=user, is_active=True).first()
    if initiative is None or person is None or not can_change_status(person, initiative):
        raise LinkRefused(_("Whoever this link was sent to does not look after this initiative any more."))
    asking = Asking.objects.filter(pk=pk).first()
    if asking is not None and _second(asking.began_at) != began:
        raise LinkRefused(_("This link is of an earlier question. Use the one in the newest e-mail, or sign in."))
    return Question(initiative, person, waits=asking is not None)


@transaction.atomic
def answer_still_running(token: str) -> Question:
    """Say "still running" as the person whom the link was sent to; answered before, nothing changes.

    Raises LinkRefused.
    """
    question = read_question(token)
    lock(question.initiative)
    question = read_question(token)  # two presses at once: one of them finds it answered
    if question.waits:
        confirm_running(question.initiative, user=question.person)
    return question
