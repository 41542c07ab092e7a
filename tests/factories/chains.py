"""Lives for broken chains: random ones as their query reads them, and who takes up whom, found out one by one."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from partnerships.chains.queries.lives import bits_of, laid_out
from partnerships.chains.rule import Found, Lives
from partnerships.coverage.grid import STEPS
from places.queries import UK_CODE, gazetteer
from tests.factories.initiatives import CARDIFF, ENGLAND, HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST, WALES
from texts.vocabulary import Focus, Stage, Transition

DARLINGTON = "E06000005"
# What follows what, as a person would say it: each on a line of its own.
_FOLLOWS = """
early-years: starting-school primary
starting-school: primary
primary: primary-to-secondary secondary
primary-to-secondary: secondary
secondary: choices-at-16 16-18
choices-at-16: 16-18
16-18: choices-at-18 higher into-work starting-work
choices-at-18: higher into-work starting-work
higher: into-work starting-work
into-work: starting-work progression at-work
starting-work: progression at-work
progression: at-work
return: returning higher into-work starting-work at-work
"""
FOLLOWS = {line.split(": ")[0]: line.split(": ")[1].split() for line in _FOLLOWS.strip().splitlines()}
_STAGE_ENDS = {"early-years": (0, 4), "primary": (5, 11), "secondary": (11, 16), "16-18": (16, 18)}
AFAR = (ENGLAND, WALES, UK_CODE)


@dataclass(frozen=True)
class Plain:
    """One initiative as somebody would write it on a card."""

    codes: frozenset[str]
    steps: tuple[str, ...]
    online: bool = False
    age_min: int | None = None
    age_max: int | None = None
    focus: frozenset[str] = frozenset()

    @property
    def last(self) -> str:
        return max(self.steps, key=STEPS.index)

    @property
    def first(self) -> str:
        return min(self.steps, key=STEPS.index)

    @property
    def says_ages(self) -> bool:
        return self.age_min is not None or self.age_max is not None

    @property
    def low(self) -> int:
        return 0 if self.age_min is None else self.age_min

    @property
    def high(self) -> int:
        return 999 if self.age_max is None else self.age_max

    def areas(self, *, near: bool = False) -> set[str]:
        codes = [] if near and self.online else [code for code in self.codes if not near or code not in AFAR]
        return {area for code in codes for area in gazetteer().authorities_in(code)}


def _ages(low: int | None, more: int | None, is_open: bool) -> tuple[int | None, int | None]:
    if low is None:
        return None, more
    return low, None if more is None or is_open else low + more


PLAIN = st.builds(
    lambda codes, steps, online, ages, focus: Plain(codes, tuple(steps), online, *_ages(*ages), focus),
    codes=st.sampled_from(
        [
            *([MIDDLESBROUGH], [HARTLEPOOL], [MIDDLESBROUGH, HARTLEPOOL], [MIDDLESBROUGH, CARDIFF], [DARLINGTON]),
            *([NORTH_EAST], [ENGLAND], [UK_CODE], [MIDDLESBROUGH, WALES]),
        ]
    ).map(frozenset),
    steps=st.sets(st.sampled_from(STEPS), min_size=1, max_size=3).map(sorted),
    online=st.sampled_from([False, False, False, True]),
    ages=st.tuples(st.one_of(st.none(), st.integers(2, 19)), st.one_of(st.none(), st.integers(0, 8)), st.booleans()),
    focus=st.frozensets(st.sampled_from(Focus.values[:3]), max_size=2),
)


def lives_of_cards(cards: list[Plain], areas: list[str]) -> Lives:
    """As `queries.lives.lives_in` would read them; their ids are their numbers, from 1."""
    focus = {word: 1 << bit for bit, word in enumerate(Focus.values)}
    rows = [
        (
            *(pk, code, sum(1 << STEPS.index(step) for step in card.steps), card.online),
            *(card.age_min, card.age_max, sum(focus[word] for word in card.focus), None, 7),
        )
        for pk, card in enumerate(cards, 1)
        for code in sorted(card.codes)
    ]
    return laid_out(rows, bits_of(tuple(areas)))


def found_by_hand(cards: list[Plain], one: Plain, areas: set[str], *, is_forward: bool) -> int:
    """What of all there is takes up, or feeds, one of them."""
    answer = 0
    for other in cards:
        if other is one or not _meets(one, other, is_forward=is_forward):
            continue
        shared = one.areas() & areas
        if not shared & other.areas():
            continue
        is_near = bool(shared & other.areas(near=True))
        if not other.focus or one.focus & other.focus:
            answer |= Found.AFAR | (Found.FULLY if is_near else 0)
        elif not one.focus:
            answer |= Found.SOME_AFAR | (Found.SOME if is_near else 0)
    return answer


def _meets(one: Plain, other: Plain, *, is_forward: bool) -> bool:
    step = one.last if is_forward else one.first
    age = one.age_max if is_forward else one.age_min
    if is_forward:
        is_next = any(each in FOLLOWS.get(step, ()) for each in other.steps)
    else:
        is_next = any(step in FOLLOWS.get(each, ()) for each in other.steps)
    if age is None or not other.says_ages:
        meets = True
    else:
        meets = any(other.low <= near <= other.high for near in (age - 1, age, age + 1))
    if is_next and meets:
        return True
    if step not in other.steps or age is None or not meets:
        return False
    if other.says_ages:
        return other.high > age if is_forward else other.low < age
    if step not in _STAGE_ENDS:
        return False
    return _STAGE_ENDS[step][1] > age if is_forward else _STAGE_ENDS[step][0] < age


SCHOOL = [step for pair in zip(Stage.values, Transition.values, strict=False) for step in pair][:7]


def mirrored(card: Plain) -> Plain:
    """The same life lived backwards, from sixth form to the cradle."""
    steps = tuple(SCHOOL[len(SCHOOL) - 1 - SCHOOL.index(step)] for step in card.steps)
    return Plain(card.codes, steps, card.online, 20 - card.high, 20 - card.low, card.focus)
