"""Broken chains as their page shows them: a sentence each, who could, and what that would take."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.queries.cards import Card, cards_by_id
from partnerships.chains.asking import SHOWN, ChainsQuery
from partnerships.chains.queries.broken import Break, Breaks
from partnerships.chains.queries.candidates import Candidate, anchor_of, candidates
from partnerships.chains.rule import BACKWARD, FORWARD, Lives, others_have
from partnerships.chains.words import Edge, age_needed, told
from partnerships.coverage.grid import STEPS
from partnerships.coverage.words import step_label
from partnerships.overlaps.domain.introducing import talks_of
from partnerships.overlaps.models import pair_url
from partnerships.overlaps.permissions import Person, speaks_up_for
from texts.vocabulary import Focus, Transition, label_of

PAGE_SIZE = 20


@dataclass(frozen=True)
class ShownCandidate:
    """`needs`: what would have to change, a sentence each. `talk`: the address of the two's discussion, where whoever
    reads may read it."""

    pk: int
    card: Card
    where: str  # “9 miles away”
    is_pair: bool
    needs: tuple[str, ...]
    url: str  # both side by side
    may_introduce: bool
    talk: str


@dataclass(frozen=True)
class ShownBreak:
    pk: int
    card: Card
    sentence: str
    ends_on: datetime.date | None
    candidates: tuple[ShownCandidate, ...]


@dataclass(frozen=True)
class Group:
    """Those at one transition."""

    label: str
    rows: tuple[ShownBreak, ...]


@dataclass(frozen=True)
class Choice:
    label: str
    url: str
    is_chosen: bool
    count: int | None  # None where nobody counted


def could_of(found: Breaks, rows: Sequence[Break]) -> Mapping[int, Sequence[Candidate]]:
    """Who could, of each of these rows. Two queries."""
    return candidates(found.lives, rows, found.query.place, is_forward=found.query.is_forward)


def shown(
    found: Breaks, rows: Sequence[Break], reader: Person, near: Mapping[int, Sequence[Candidate]] | None = None
) -> list[Group]:
    """Three queries for these rows, and three more for who is signed in. `near`: who could, where that is known."""
    query, lives = found.query, found.lives
    near = could_of(found, rows) if near is None else near
    leads = {one.pk: one.lead for row in rows for one in near[row.at]}
    leads |= {int(lives.pks[row.at]): int(lives.leads[row.at]) for row in rows}
    cards = cards_by_id(list(leads), live=True)
    pairs = {_pair(int(lives.pks[row.at]), one.pk) for row in rows for one in near[row.at]}
    mine, talks = speaks_up_for(reader, leads), talks_of(pairs, reader)
    groups: dict[str, list[ShownBreak]] = {}
    for row in rows:
        pk = int(lives.pks[row.at])
        if pk not in cards:
            continue
        could = []
        for one in near[row.at]:
            if one.pk not in cards:
                continue
            talk = talks.get(_pair(pk, one.pk))
            could.append(
                ShownCandidate(
                    pk=one.pk,
                    card=cards[one.pk],
                    where=_where(one),
                    is_pair=one.is_pair,
                    needs=needs_of(one, lives, row.at, query),
                    url=pair_url(pk, one.pk),
                    may_introduce=bool({pk, one.pk} & mine),
                    talk=talk.get_absolute_url() if talk else "",
                )
            )
        shown_row = ShownBreak(
            pk, cards[pk], sentence(query, lives, row, cards[pk].title), ends_on(lives, row.at), tuple(could)
        )
        groups.setdefault(row.transition, []).append(shown_row)
    return [Group(step_label(transition), tuple(some)) for transition, some in groups.items()]


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def sentence(query: ChainsQuery, lives: Lives, row: Break, title: str) -> str:
    """“Bright Futures ends in Year 6; no one in Middlesbrough continues in Year 7.” With the groups it is for, where
    somebody does it for others."""
    anchor, direction = anchor_of(lives, row.at, query.place), FORWARD if query.is_forward else BACKWARD
    groups = _focus(lives, row.at) if others_have(lives, row.at, direction) else ()
    return told(edge_of(lives, row.at, query), title, query.place, row.found, anchor=anchor.code, groups=groups)


def edge_of(lives: Lives, at: int, query: ChainsQuery) -> Edge:
    direction = FORWARD if query.is_forward else BACKWARD
    return Edge(STEPS[int(direction.step(lives)[at])], int(direction.edge(lives)[at]), query.is_forward)


def ends_on(lives: Lives, at: int) -> datetime.date | None:
    return datetime.date.fromordinal(int(lives.ends[at])) if lives.ends[at] else None


def _focus(lives: Lives, at: int) -> tuple[str, ...]:
    return tuple(label_of(Focus, word) for bit, word in enumerate(Focus.values) if int(lives.focus[at]) >> bit & 1)


def _where(one: Candidate) -> str:
    if not one.lacks_place:
        return _("reaches the place already")
    if one.miles is None:
        return ""
    miles = max(1, round(one.miles))
    return ngettext("%(n)d mile away", "%(n)d miles away", miles) % {"n": miles}


def needs_of(one: Candidate, lives: Lives, at: int, query: ChainsQuery) -> tuple[str, ...]:
    """What would have to change, for one to take up or feed the initiative at `at`: a sentence each."""
    said, focus = [], _focus(lives, at)
    anchor = anchor_of(lives, at, query.place)
    if one.lacks_place:
        said.append(_("It would need to reach %(place)s.") % {"place": anchor.name})
    if one.lacks_nearness:
        said.append(_("It would need to act in %(place)s itself, not only from afar.") % {"place": anchor.name})
    if one.lacks_ages:
        said.append(age_needed(edge_of(lives, at, query)))
    if one.lacks_people and focus:
        said.append(_("It would need to be for everyone, or for: %(groups)s.") % {"groups": ", ".join(focus)})
    elif one.lacks_people:
        said.append(_("It would need to be for everyone."))
    return tuple(said)


def choices(found: Breaks) -> list[Choice]:
    """The four lists, each with its number."""
    labels = (_("Nobody continues"), _("Continued in part"), _("Nobody leads up to it"), _("Led up to in part"))
    query = found.query
    at = query.at if found.is_narrowed else ""  # of very much only one transition is counted
    return [
        Choice(label, query.but(show=name, at=at).url, name == query.show, found.shown.get(name))
        for name, label in zip(SHOWN, labels, strict=True)
    ]


def transitions(found: Breaks) -> list[Choice]:
    """Where it breaks: everywhere, or at one transition."""
    query, numbers = found.query, found.by_transition
    if found.is_narrowed:
        asked: list[tuple[str, int | None]] = [(one, numbers.get(one)) for one in Transition.values]
        asked = [(one, number or 0 if one == query.at else None) for one, number in asked]
        return [_choice(query, one, number) for one, number in asked]
    every = Choice(_("Every step"), query.but(at="").url, not query.at, sum(numbers.values()))
    named = {query.at: 0, **numbers} if query.at else numbers
    return [every, *(_choice(query, one, number) for one, number in named.items())]


def _choice(query: ChainsQuery, transition: str, number: int | None) -> Choice:
    return Choice(step_label(transition), query.but(at=transition).url, transition == query.at, number)
