"""The words that two texts share and that tell most, for a sentence: "Both write of apprenticeships and interviews".

A word tells more the rarer it is, the more often both texts have it and the better it fits what both are about, which
the topics say; the field's own words tell twice as much. Words that say nothing of a purpose are never named.
"""

from __future__ import annotations

import re
from collections import Counter

from partnerships.overlaps.purpose.weighing import TermWeights, Text
from search.words import STOP_WORDS, spans, stem, tokens

# Rare enough in some registries, and yet no reason for anything: helpers of grammar, numbers, times, and what every
# text about people has.
_PLAIN = """
about above across after again ago all along also although always am among another any anyone anything around away back
because been before begin being below best better between both bring call came can carry choose chosen clear come could
date day did different do does doing done door down during each either else end enough even ever every everyone
everything few find first for free from front full further gate get give go going gone good had half hand happen hard
has have having he help her here hers him his hold hour how however i instead it its just keep kept kind know large last
later least less let like line little live long look lot made make many may me mean meet might minute miss month more
most much must my name need neither never new next no nobody none nor nothing now off often old older once one only open
other our ours out outside over own page part per person pick place put question real reason rest right room run said
same say second see send set several she should show side since sit site small so some somebody someone something
sometimes soon stand start stay still stop take tell than thank that them themselves thing think those though through
time today together told too try turn twice under until up us use usual very via wait want way we week well went were
what whatever when where whether which while who whoever whole whom whose why within without word would write year yes
yet you young your yours
zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand third fourth fifth quarter
answer option term
monday tuesday wednesday thursday friday saturday sunday weekend fortnight morning noon afternoon evening night
january february march april june july august september october november december spring summer autumn winter
north south east west city town country
"""
_BEGINS = re.compile(r"[.!?:]\s{0,2}$|\n$")
_UNTOLD = frozenset(stem(word) for word in (*tokens(_PLAIN), *STOP_WORDS))
# What this field's people do for whom, and through which doors.
_FIELDS = """
adviser application apprentice apprenticeship asylum autism baby breakfast bursary career carer childcare coach
confidence counselling cv degree digital disabled employer engineering enterprise family fares foster fund grant
guidance health homework housing internship interview job language laptop literacy maths mentor money numeracy nursery
parent placement pupil read refugee rent returner scholarship science skill speech student teacher technical toddler
training tutor university vacancy volunteer wage wellbeing youth
"""
_FIELD = frozenset(stem(word) for word in tokens(_FIELDS))
_COMMON = 0.2  # of all texts: what more of them have tells nothing
_ALONE = 0.05  # of all texts: a word that fewer have is a reason by itself
_FEW = 50  # texts, below which nothing can be said to be common
_OFTEN = 3  # times in both: more tells no more
_FITS = 0.2  # with what either text is about, from -1 to 1
_SHORT = 5  # letters: a longer word in capitals is no abbreviation
_NOT_LEARNT = 0.5  # how well a word fits of which nothing is known


def shared_terms(one: Text, other: Text, weights: TermWeights, *, limit: int = 3, besides: str = "") -> list[str]:
    """The most telling first, as they stand in the texts; none of `besides`, for places that are named already.

    A single word is none, unless it is a rare one or one of the field's own.
    """
    unwanted = {stem(word) for word in tokens(besides)}
    forms, others = _forms(one.source), _forms(other.source)
    value: dict[str, float] = {}
    for word in forms.keys() & others.keys() - unwanted:
        fit = _fit(word, one, other, weights)
        if fit >= _FITS and (weights.texts < _FEW or weights.share(word) <= _COMMON):
            often = min(forms[word].total(), others[word].total(), _OFTEN)
            value[word] = weights.rarity(word) * often**0.5 * fit * (2 if word in _FIELD else 1)
    best = sorted(value, key=lambda word: (-value[word], word))
    if len(best) == 1 and best[0] not in _FIELD and weights.texts >= _FEW and weights.share(best[0]) > _ALONE:
        return []
    return [_as_written(forms[word] + others[word]) for word in best[:limit]]


def _fit(word: str, one: Text, other: Text, weights: TermWeights) -> float:
    direction = weights.direction(word)
    if not (direction.any() and one.topics.any() and other.topics.any()):
        return _NOT_LEARNT
    return float(min(direction @ one.topics, direction @ other.topics))


def _forms(text: str) -> dict[str, Counter[tuple[str, bool]]]:
    """For each stem that could be named, how often each of its forms stands in a text, and whether it begins a
    sentence there."""
    found: dict[str, Counter[tuple[str, bool]]] = {}
    for start, end, folded in spans(text):
        key = stem(folded)
        if len(folded) > 2 and key not in _UNTOLD and folded not in STOP_WORDS and not folded[0].isdigit():
            begins = bool(_BEGINS.search(text, max(0, start - 3), start)) or start == 0
            found.setdefault(key, Counter())[text[start:end], begins] += 1
    return found


def _as_written(forms: Counter[tuple[str, bool]]) -> str:
    """The form that stands there most; with capitals only where it has them always, and not for its place alone."""
    inner, first = Counter[str](), Counter[str]()
    for (form, begins), number in forms.items():
        is_small = (begins and form.istitle()) or (form.isupper() and len(form) > _SHORT)
        (first if begins else inner)[form.lower() if is_small else form] += number
    known = inner or first
    small = Counter({form: number for form, number in known.items() if form.islower()})
    best, _number = min((small or known).items(), key=lambda item: (-item[1], len(item[0]), item[0]))
    return best
