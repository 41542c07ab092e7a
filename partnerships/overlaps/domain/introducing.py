"""From a pair to talk: one discussion for the people of both organisations, with the pair and its reasons on top."""

from __future__ import annotations

import re
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from discussions.domain.errors import DiscussionError, NotAllowed
from discussions.domain.opening import Opening, open_thread
from discussions.models import Thread, Visibility
from discussions.permissions import can_read
from initiatives.models import Initiative
from organisations.models import Organisation
from organisations.permissions import organisation_ids
from partnerships.overlaps.about import PAIR, of_pair, pair_key
from partnerships.overlaps.permissions import can_introduce
from partnerships.overlaps.queries.facts import Side
from partnerships.overlaps.queries.showing import Shown


@transaction.atomic
def begin_talk(pair: Shown, *, user: User) -> Thread:
    """The discussion of the two organisations about this pair: the one there is, else a new one that says why.

    A coordinator who introduces two others takes part with the organisations of their own. Raises DiscussionError.
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
    leads = {one.lead_organisation for one in both}
    before = talk_of(low, high)
    if before is not None:
        if not can_read(user, before):
            raise DiscussionError(_("The two organisations are talking already."))
        return before
    own = list(Organisation.objects.filter(pk__in=organisation_ids(user)))
    if not own:
        raise DiscussionError(_("Join an organisation first, your council’s for example: you talk for it."))
    is_party = any(one.pk in organisation_ids(user) for one in leads)
    known = {pair.one.pk: pair.one, pair.other.pk: pair.other}
    subject = of_pair(known[low], known[high])
    opening = Opening(
        title=subject.title[:140],
        subject=subject,
        visibility=Visibility.ORGANISATIONS,
        organisations=tuple(leads if is_party else leads | set(own[:1])),
    )
    speaks_for = next((one for one in (*leads, *own) if one.pk in organisation_ids(user)), None)
    # Nobody can have written under this id before; the lock above lets no second one begin.
    post = open_thread(opening, user=user, text=_text(pair), client_id=uuid.uuid4().hex, organisation=speaks_for)
    return post.thread


def talk_of(low: int, high: int) -> Thread | None:
    """The discussion of the two organisations, where there is one."""
    threads = Thread.objects.filter(subject_kind=PAIR, subject_key=pair_key(low, high), hidden_at=None)
    return threads.filter(visibility=Visibility.ORGANISATIONS, closed_at=None).order_by("pk").first()


def _text(pair: Shown) -> str:
    lines = [
        _("We may have something in common: %(one)s and %(other)s.")
        % {"one": _link(pair.one), "other": _link(pair.other)},
        "",
        *(f"- {_plain(reason)}" for reason in (pair.reasons.first, *pair.reasons.because)),
        "",
        _("Shall we talk?"),
    ]
    return "\n".join(lines)


def _link(side: Side) -> str:
    return f"[{_plain(side.title)}]({side.url})"


def _plain(text: str) -> str:
    """As it stands, whatever marks somebody put into a title."""
    return re.sub(r"([\\`*_\[\]<>~])", r"\\\1", text)
