"""What saved searches found since: told once, by inbox and one e-mail for all of them.

Questions are asked before anything is written. Then, in one transaction a person, each search's turn is taken (its
`due_at` must still be what was read), what is new is kept as told, and notice and e-mail are written: a run that is
killed half-way has told nothing, and its searches are due for the next; of two runs at once one finds nothing to do.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from notifications.domain.noting import note
from notifications.domain.telling import tell
from search.domain.saving import asked_by, look, next_due
from search.domain.saying import sentence
from search.domain.searching import Answer
from search.domain.showing import show, still_public
from search.domain.stopping import silence_token, stop_token
from search.kinds.base import Shown
from search.models import SavedResult, SavedSearch

logger = logging.getLogger("steppingstones.search")

SHOWN = 20  # of each search in one e-mail; the rest a click away
_BATCH = 1000


@dataclass(frozen=True)
class Looked:
    """What one saved search finds now, or why it cannot be asked."""

    saved: SavedSearch
    answer: Answer | None
    says: str
    fault: str = ""


@dataclass(frozen=True)
class Found:
    """One result in an alert, with the reason it is there."""

    shown: Shown
    why: str
    silence_url: str


@dataclass(frozen=True)
class News:
    """What one saved search has to tell."""

    saved: SavedSearch
    says: str
    found: Sequence[Found]  # the first `SHOWN`
    total: int
    stop_url: str

    @property
    def more(self) -> int:
        return self.total - len(self.found)


@dataclass
class Run:
    """What one run did."""

    searches: int = 0
    told: int = 0
    failed: int = 0


def send_alerts(now: datetime.datetime | None = None) -> Run:
    """Ask every saved search whose turn it is. One person's that fail are due again, and hinder nobody else's."""
    now = now or timezone.now()
    run = Run()
    due = SavedSearch.objects.filter(due_at__lte=now, is_paused=False, owner__is_active=True)
    for pk in due.order_by("owner_id").values_list("owner_id", flat=True).distinct():
        try:
            mine = list(due.filter(owner_id=pk).select_related("owner"))
            run.told += alert(mine[0].owner, mine, now) if mine else 0
            run.searches += len(mine)
        except Exception:  # whatever it is, it stays due
            logger.exception("The saved searches of person %s could not be asked", pk)
            run.failed += 1
    return run


def alert(owner: User, due: Iterable[SavedSearch], now: datetime.datetime) -> int:
    """Tell one person what is new in these searches of theirs. Gives how many results were told."""
    looked = [_look(saved) for saved in due]
    with transaction.atomic():
        mine = [one for one in looked if _take_turn(one, now)]
        silent = _known_to(owner)
        news = []
        for one in mine:
            found = _news(one, now, silent)
            if found is not None:
                news.append(found)
        _tell(owner, news)
    return sum(one.total for one in news)


def _look(saved: SavedSearch) -> Looked:
    asked = asked_by(saved)
    if asked.faults:  # its place is gone: the whole country is not what was asked for
        return Looked(saved, None, saved.name, asked.faults[0][:300])
    return Looked(saved, look(asked.query), sentence(asked.query))


def _take_turn(one: Looked, now: datetime.datetime) -> bool:
    saved = one.saved
    turn = SavedSearch.objects.filter(pk=saved.pk, due_at=saved.due_at, is_paused=False)
    following = next_due(saved.frequency, now)
    if following == saved.due_at:
        following += datetime.timedelta(microseconds=1)
    if not turn.update(due_at=following, checked_at=now, fault=one.fault):
        return False
    if one.fault and not saved.fault:
        title = _("“%(name)s” can no longer be asked") % {"name": saved.name}
        note([saved.owner], kind="alert", title=title, detail=one.fault, path=saved.get_absolute_url())
    return True


def _known_to(owner: User) -> dict[str, set[int]]:
    """Of each kind of thing what they were told already, by whichever search, or want to hear nothing of."""
    rows = SavedResult.objects.filter(saved_search__owner=owner).exclude(told_at=None, is_silenced=False)
    known: dict[str, set[int]] = {}
    for what, pk in rows.values_list("saved_search__what", "object_id"):
        known.setdefault(what, set()).add(pk)
    return known


def _news(one: Looked, now: datetime.datetime, silent: dict[str, set[int]]) -> News | None:
    """What is new in one search; kept as told. What is public no more waits until it is again."""
    if one.answer is None:
        return None
    saved = one.saved
    before = set(SavedResult.objects.filter(saved_search=saved).values_list("object_id", flat=True))
    fresh = [hit for hit in one.answer.results.hits if hit.pk not in before]
    if not fresh:
        return None
    public = still_public(saved.what, [hit.pk for hit in fresh])
    told_before = silent.setdefault(saved.what, set())
    telling = [hit for hit in fresh if hit.pk in public - told_before]
    tell_at = {hit.pk: now for hit in telling}
    SavedResult.objects.bulk_create(
        (SavedResult(saved_search=saved, object_id=pk, told_at=tell_at.get(pk)) for pk in public), batch_size=_BATCH
    )
    told_before.update(tell_at)
    if not telling:
        return None
    shown = show(replace(one.answer, results=replace(one.answer.results, hits=telling[:SHOWN])))
    found = [_found(saved, item) for item in shown]
    return News(saved, one.says, found, len(telling), settings.SITE_URL + stop_path([saved.pk]))


def _found(saved: SavedSearch, item: Shown) -> Found:
    why = [_("new") if item.hit.published >= int(saved.created_at.timestamp()) else _("changed, and fits now")]
    if item.miles:
        why.append(item.miles)
    if not item.hit.is_local:
        why.append(_("reaches here from outside"))
    path = reverse("alerts-silence", args=[silence_token(saved.pk, item.hit.pk)])
    return Found(item, ", ".join(why), settings.SITE_URL + path)


def stop_path(pks: Sequence[int]) -> str:
    return reverse("alerts-stop", args=[stop_token(pks)])


def _tell(owner: User, news: Sequence[News]) -> None:
    for one in news:
        if one.saved.in_inbox:
            lines = [f"{item.shown.plain_title} ({item.why})" for item in one.found[:5]]
            if one.total > len(lines):
                lines.append(_("and %(number)d more") % {"number": one.total - len(lines)})
            note(
                [owner],
                kind="alert",
                title=_title([one]),
                detail="\n".join([one.says, "", *lines]),
                path=one.saved.get_absolute_url(),
            )
    mailed = [one for one in news if one.saved.by_email]
    if mailed:
        tell(
            [owner],
            kind="alert",
            subject=_title(mailed),
            template="alert",
            context={"news": mailed},
            unsubscribe_url=settings.SITE_URL + stop_path([one.saved.pk for one in mailed]),
        )


def _title(news: Sequence[News]) -> str:
    number = sum(one.total for one in news)
    if len(news) == 1:
        told = ngettext("%(number)d new in “%(name)s”", "%(number)d new in “%(name)s”", number)
        return told % {"number": number, "name": news[0].saved.name}
    return _("%(number)d new in %(searches)d of your saved searches") % {"number": number, "searches": len(news)}
