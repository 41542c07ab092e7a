"""From a pair to talk: one discussion for the people of both organisations, with the pair and its reasons on top."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from discussions.domain.errors import DiscussionError, NotAllowed
from discussions.domain.opening import Opening, open_thread
from discussions.models import Thread, Visibility
from discussions.permissions import can_read, readable_threads
from initiatives.models import Initiative
from organisations.models import Organisation
from organisations.permissions import organisation_ids
from partnerships.overlaps.about import PAIR, of_pair, pair_key
from partnerships.overlaps.permissions import Person, can_introduce
from partnerships.overlaps.queries.facts import Side
from partnerships.overlaps.queries.showing import Shown
from partnerships.queries.together import working_together
from texts.markdown import as_it_stands


@dataclass(frozen=True)
class Draft:
    """What beginning the talk will post, and the organisations whose people will read it: the two sides first."""

    text: str
    organisations: tuple[Organisation, ...]
    speaks_for: Organisation | None  # none: whoever asks belongs to no organisation


def draft_talk(pair: Shown, both: Sequence[Initiative], user: Person, *, because: Sequence[str] = ()) -> Draft:
    """One query, two where somebody of neither side asks. Nothing is written. `because`: sentences that say why the
    two could hand on to each other, instead of what they have in common."""
    own = organisation_ids(user)
    leads = tuple(dict.fromkeys(one.lead_organisation for one in both))
    mine = next((one for one in leads if one.pk in own), None)
    key = (pair.pair.low_id, pair.pair.high_id)
    is_known = bool(working_together([key], reader=user))
    text = _text(pair, introduces=mine is None, together=is_known, because=because)
    if mine is not None:
        return Draft(text, leads, mine)
    others = tuple(Organisation.objects.filter(pk__in=own).order_by("pk")[:1]) if own else ()
    return Draft(text, (*leads, *others), next(iter(others), None))


@transaction.atomic
def begin_talk(pair: Shown, *, user: User, because: Sequence[str] = ()) -> Thread:
    """The discussion of the two organisations about this pair: the one there is, else a new one that says why.

    A coordinator who introduces two others takes part with the organisations of their own. `because` as `draft_talk`
    has it. Raises DiscussionError.
    """
    low, high = sorted((pair.one.pk, pair.other.pk))
    both = list(
        Initiative.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=(low, high))
        .select_related("lead_organisation")
        .order_by("pk")
    )
    if not can_introduce(user, *both):
        raise NotAllowed
    before = talk_of(low, high)
    if before is not None:
        if not can_read(user, before):
            raise DiscussionError(_("The two organisations are talking already."))
        return before
    draft = draft_talk(pair, both, user, because=because)
    if draft.speaks_for is None:
        raise DiscussionError(_("Join an organisation first, your council’s for example: you talk for it."))
    known = {pair.one.pk: pair.one, pair.other.pk: pair.other}
    subject = of_pair(known[low], known[high])
    opening = Opening(
        title=subject.title[:140],
        subject=subject,
        visibility=Visibility.ORGANISATIONS,
        organisations=draft.organisations,
    )
    # Nobody can have written under this id before; the lock above lets no second one begin.
    client_id = uuid.uuid4().hex
    post = open_thread(opening, user=user, text=draft.text, client_id=client_id, organisation=draft.speaks_for)
    return post.thread


def talk_of(low: int, high: int) -> Thread | None:
    """The discussion of the two organisations, where there is one."""
    threads = Thread.objects.filter(subject_kind=PAIR, subject_key=pair_key(low, high), hidden_at=None)
    return threads.filter(visibility=Visibility.ORGANISATIONS, closed_at=None).order_by("pk").first()


def talks_of(pairs: Collection[tuple[int, int]], user: Person) -> dict[tuple[int, int], Thread]:
    """Of many pairs, the smaller id first, the talks that this person may read. One query, none for a visitor."""
    if not user.is_authenticated or not pairs:
        return {}
    keys = {pair_key(*pair): pair for pair in pairs}
    rows = readable_threads(user).filter(subject_kind=PAIR, subject_key__in=keys, hidden_at=None, closed_at=None)
    return {keys[one.subject_key]: one for one in rows.filter(visibility=Visibility.ORGANISATIONS).order_by("-pk")}


def other_talks(both: Sequence[Initiative], user: Person) -> list[Thread]:
    """Discussions for both organisations that this person may read, about whatever else: the latest three."""
    one, other = (initiative.lead_organisation_id for initiative in both)
    if one == other:
        return []
    rows = readable_threads(user).filter(visibility=Visibility.ORGANISATIONS, hidden_at=None, closed_at=None)
    shared = rows.filter(organisations=one).filter(organisations=other)
    return list(shared.exclude(subject_kind=PAIR).order_by("-last_posted_at", "-pk")[:3])


def _text(pair: Shown, *, introduces: bool, together: bool, because: Sequence[str]) -> str:
    """`introduces`: whoever writes belongs to neither side. `together`: one partnership names both already; which
    is not said, for not all that read this need know of it."""
    first = {
        (False, False): _("We may have something in common: %(one)s and %(other)s."),
        (True, False): _("You may have something in common: %(one)s and %(other)s."),
        (False, True): _("Let us talk about %(one)s and %(other)s."),
        (True, True): _("This is for the two of you to talk about %(one)s and %(other)s."),
    }[introduces, together]
    if because:
        first = _("One could go on where the other ends: %(one)s and %(other)s.")
    last = [_("[Both side by side, and what differs](%(pair)s).") % {"pair": pair.url}]
    if not together:
        propose = _("Once you agree on something: [propose a partnership](%(propose)s).")
        shall = _("Shall the two of you talk?") if introduces else _("Shall we talk?")
        last = [shall, *last, propose % {"propose": proposal_url(pair)}]
    lines = [
        first % {"one": _link(pair.one), "other": _link(pair.other)},
        "",
        *(f"- {as_it_stands(reason)}" for reason in because or (pair.reasons.first, *pair.reasons.because)),
        "",
        " ".join(last),
    ]
    return "\n".join(lines)


def proposal_url(pair: Shown) -> str:
    """Where a new partnership of the two begins, with what is known of it."""
    place = of_pair(pair.one, pair.other).place
    given = [("organisation", str(side.lead_id)) for side in (pair.one, pair.other)]
    given += [("initiative", str(side.pk)) for side in (pair.one, pair.other)]
    return f"{reverse('partnership-new')}?{urlencode([*given, *([('place', place)] if place else [])])}"


def _link(side: Side) -> str:
    return f"[{as_it_stands(side.title)}]({side.url})"
