"""What people said two initiatives are to each other, as whoever asks may read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from initiatives.permissions import can_merge
from partnerships.overlaps.domain.comparing import parts_between
from partnerships.overlaps.domain.standing import Said, Stand, stand
from partnerships.overlaps.labels import part_labels
from partnerships.overlaps.models import Judgement, Pair, Standing, Verdict
from partnerships.overlaps.permissions import Person, can_judge, can_see_who_judged, judges_for
from partnerships.overlaps.phrases import listed
from partnerships.overlaps.saying import Titles, choice_of, said_label


@dataclass(frozen=True)
class Voice:
    """Who said it, an organisation or an office, and what they noted."""

    name: str
    note: str


@dataclass(frozen=True)
class Counted:
    """One verdict, of a next step one order: how many people said it. `voices`: for people of either side and
    moderators, else none."""

    verdict: str
    label: str
    number: int
    voices: tuple[Voice, ...] = ()


@dataclass(frozen=True)
class Judged:
    """`own`: the asker's choice that counts (`saying.choice_of`), "" for none; `changed`: what differs since the pair
    was set aside."""

    low: int
    high: int
    titles: Titles
    counts: tuple[Counted, ...]
    own: str
    own_label: str
    own_note: str
    standing: str
    changed: tuple[str, ...]  # names of parts
    may_judge: bool
    may_merge: bool
    behalf: str  # the asker's organisation of the two, "" for who belongs to neither

    @property
    def total(self) -> int:
        return sum(one.number for one in self.counts)

    @property
    def is_set_aside(self) -> bool:
        return self.standing == Standing.SET_ASIDE

    @property
    def is_duplicate(self) -> bool:
        return self.standing == Standing.DUPLICATE

    @property
    def is_together(self) -> bool:
        return self.standing == Standing.TOGETHER

    @property
    def changed_words(self) -> str:
        """“the place and the ages”; "" where nothing changed since it was set aside, or it never was."""
        return listed(part_labels(self.changed))


def judged(low: Initiative, high: Initiative, user: Person) -> Judged:
    """Of two initiatives, `low` with the smaller id, both with their leads. Two queries and those of roles; where the
    finder does not keep the pair and somebody set it aside, also those of its parts."""
    rows = list(
        Judgement.objects.filter(low=low, high=high, counts=True)
        .select_related("organisation")
        .order_by("-made_at", "-pk")
    )
    now = _standing(low.pk, high.pk, rows)
    own = next((row for row in rows if row.user_id == user.pk), None) if user.is_authenticated else None
    behalf, titles = judges_for(user, low, high), (low.title, high.title)
    return Judged(
        low=low.pk,
        high=high.pk,
        titles=titles,
        counts=_counts(rows, titles, named=can_see_who_judged(user, low, high)),
        own=choice_of(own.verdict, own.forward) if own else "",
        own_label=said_label(own.verdict, own.forward, titles) if own else "",
        own_note=own.note if own else "",
        standing=now.standing,
        changed=now.changed,
        may_judge=can_judge(user, low, high),
        may_merge=can_merge(user),
        behalf=behalf.name if behalf else "",
    )


def _standing(low: int, high: int, rows: Sequence[Judgement]) -> Stand:
    pair = Pair.objects.filter(low=low, high=high).only("standing", "changed").first()
    if pair:
        return Stand(pair.standing, tuple(pair.changed))
    said = [Said(row.verdict, row.by_side, row.parts) for row in rows]
    aside = any(one.verdict == Verdict.UNRELATED for one in said)
    return stand(said, parts_between(low, high) if aside else {})


def _counts(rows: Sequence[Judgement], titles: Titles, *, named: bool) -> tuple[Counted, ...]:
    found: defaultdict[tuple[str, bool | None], list[Judgement]] = defaultdict(list)
    for row in rows:
        found[row.verdict, row.forward].append(row)
    return tuple(
        Counted(verdict.value, said_label(verdict, order, titles), len(some), _voices(some) if named else ())
        for verdict in Verdict
        for order in (True, False, None)
        if (some := found.get((verdict.value, order)))
    )


def _voices(rows: Sequence[Judgement]) -> tuple[Voice, ...]:
    """An organisation of which several say the same without a note is named once."""
    office = _("a coordinator or moderator")
    voices = [Voice(row.organisation.name if row.organisation else row.behalf or office, row.note) for row in rows]
    noted = {voice.name for voice in voices if voice.note}
    return tuple(dict.fromkeys(voice for voice in voices if voice.note or voice.name not in noted))


def said_of(pairs: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], list[tuple[str, bool | None, int]]]:
    """Of each pair what was said, which comes first, and by how many people. One query."""
    lows, highs = ({pair[side] for pair in pairs} for side in (0, 1))
    rows = Judgement.objects.filter(counts=True, low__in=lows, high__in=highs)
    found: defaultdict[tuple[int, int], list[tuple[str, bool | None, int]]] = defaultdict(list)
    counted = rows.values_list("low", "high", "verdict", "forward").annotate(number=Count("pk"))
    for low, high, verdict, forward, number in counted.order_by("-number", "verdict", "forward"):
        found[low, high].append((verdict, forward, number))
    return found
