"""The words that two texts share and that tell most, for a sentence: "Both write of apprenticeships and interviews"."""

from __future__ import annotations

from collections import Counter

from partnerships.overlaps.purpose.weighing import TermWeights, Text
from search.words import STOP_WORDS, spans, stem

# Words that are rare enough in a few texts and yet say nothing of a purpose.
_PLAINLY = """
    about above after again all also always am any because been before being below between both can could did do does
    doing down during each else ever every few from further get gets give gives go goes had has have having he her here
    hers him his how i it its just let like made make makes many may me might more most much must my never no nor now
    off once one only other our ours out over own per same she should so some still take takes than them though through
    too two under until up us use used uses using very via want we were what when where which while who whom why within
    without would you your yours
"""
_PLAIN = frozenset(_PLAINLY.split())
_COMMON = 0.2  # of all texts: what more of them have tells nothing
_OFTEN = 3  # times in both: more tells no more
_FEW = 50  # texts, below which nothing can be said to be common


def shared_terms(one: Text, other: Text, weights: TermWeights, *, limit: int = 3, besides: str = "") -> list[str]:
    """The most telling first, as they stand in the texts; none of `besides`, for places that are named already."""
    unwanted = {stem(folded) for _start, _end, folded in spans(besides)}
    forms, others = _forms(one.source), _forms(other.source)
    shared = [word for word in forms.keys() & others.keys() - unwanted if _tells(word, weights)]
    often = {word: min(forms[word].total(), others[word].total(), _OFTEN) for word in shared}
    best = sorted(shared, key=lambda word: (-weights.rarity(word) * often[word] ** 0.5, word))
    return [_as_written(forms[word] + others[word]) for word in best[:limit]]


def _tells(word: str, weights: TermWeights) -> bool:
    return weights.texts < _FEW or weights.share(word) <= _COMMON


def _forms(text: str) -> dict[str, Counter[str]]:
    """For each stem that could be named, how often each of its forms stands in a text."""
    found: dict[str, Counter[str]] = {}
    for start, end, folded in spans(text):
        if len(folded) > 2 and folded not in STOP_WORDS and folded not in _PLAIN and not folded.isdigit():
            found.setdefault(stem(folded), Counter())[text[start:end]] += 1
    return found


def _as_written(forms: Counter[str]) -> str:
    """The form that stands there most; with a capital only where it always has one."""
    small = Counter({form: number for form, number in forms.items() if form.islower()})
    best, _number = min((small or forms).items(), key=lambda item: (-item[1], len(item[0]), item[0]))
    return best
