"""Results as people read them: cards with a marked extract, the distance and why each is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.models import Initiative
from initiatives.queries.cards import Card, cards_by_id
from organisations.models import Organisation
from search.domain.searching import Answer
from search.query import What
from search.results import Hit
from search.words import spans, stem, stems_found
from texts.markdown import plain_text
from texts.vocabulary import OrganisationKind, label_of

LONGEST = 240
_IN_ONE_QUESTION = 1000
Pieces = tuple[tuple[str, bool], ...]  # text, and whether it is one of the words asked for


@dataclass(frozen=True)
class Shown:
    """One result on a page."""

    hit: Hit
    title: Pieces
    extract: Pieces
    url: str
    byline: str
    byline_url: str
    place: str
    labels: tuple[str, ...]
    badges: tuple[str, ...]
    miles: str  # "1.3 miles away", "" where it is not known

    @property
    def plain_title(self) -> str:
        return "".join(text for text, _marked in self.title)


def show(answer: Answer) -> list[Shown]:
    """The page's results in their order; what is gone meanwhile is left out. One query however many."""
    hits, stems = answer.results.hits, answer.words.stems()
    if answer.query.what == What.ORGANISATIONS:
        found = Organisation.objects.filter(is_public=True).select_related("place").in_bulk([hit.pk for hit in hits])
        return [_organisation(found[hit.pk], hit, stems) for hit in hits if hit.pk in found]
    cards = cards_by_id([hit.pk for hit in hits], live=True, described=True)
    return [_initiative(cards[hit.pk], hit, stems) for hit in hits if hit.pk in cards]


def still_public(what: str, pks: Sequence[int]) -> set[int]:
    """Those of them that everyone may read at this moment, whatever an index still says."""
    rows: QuerySet[Any] = Initiative.objects.filter(live=True)
    if what == What.ORGANISATIONS:
        rows = Organisation.objects.filter(is_public=True)
    steps = range(0, len(pks), _IN_ONE_QUESTION)
    return {
        pk for at in steps for pk in rows.filter(pk__in=pks[at : at + _IN_ONE_QUESTION]).values_list("pk", flat=True)
    }


def named(what: str, pks: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Title and address of those that everyone may read."""
    if what == What.ORGANISATIONS:
        organisations = Organisation.objects.filter(is_public=True, pk__in=pks)
        return {one.pk: (one.name, one.get_absolute_url()) for one in organisations}
    initiatives = Initiative.objects.filter(live=True, pk__in=pks)
    return {one.pk: (one.title, one.get_absolute_url()) for one in initiatives.only("pk", "title", "slug")}


def _initiative(shown: Card, hit: Hit, stems: frozenset[str]) -> Shown:
    return Shown(
        hit=hit,
        title=marked(shown.title, stems),
        extract=extract_of_markdown(shown.summary, shown.description, stems),
        url=shown.url,
        byline=shown.lead_name,
        byline_url=shown.lead_url,
        place=shown.place_label,
        labels=shown.stage_labels,
        badges=shown.badges,
        miles=_away(hit),
    )


def _organisation(row: Organisation, hit: Hit, stems: frozenset[str]) -> Shown:
    return Shown(
        hit=hit,
        title=marked(row.name, stems),
        extract=extract("", row.description, stems),
        url=row.get_absolute_url(),
        byline=label_of(OrganisationKind, row.kind),
        byline_url="",
        place=row.place.name if row.place else "",
        labels=(),
        badges=(),
        miles=_away(hit),
    )


def _away(hit: Hit) -> str:
    if hit.miles is None:
        return ""
    if hit.miles < 0.95:
        return _("less than a mile away")
    return ngettext("%(miles)s mile away", "%(miles)s miles away", round(hit.miles)) % {"miles": round(hit.miles)}


def marked(text: str, stems: frozenset[str]) -> Pieces:
    """A text in pieces, those that have one of the stems marked. Joined they are the text."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end, word in spans(text) if stems else ():
        if stem(word) in stems:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    pieces.append((text[at:], False))
    return tuple((piece, is_marked) for piece, is_marked in pieces if piece)


def extract(summary: str, body: str, stems: frozenset[str]) -> Pieces:
    """The summary; where a window of the text says more of what was asked for, that window."""
    if not stems or not body:
        return marked(summary or _cut(body), stems)
    told = stems_found(summary, stems)
    window, more = _best_window(body, stems)
    return marked(window if len(more) > len(told) or not summary else summary, stems)


def extract_of_markdown(summary: str, source: str, stems: frozenset[str]) -> Pieces:
    """The same of a text with marks. They are taken out (most of a card's time) only where it may say more of what was
    asked for than the summary."""
    if summary and "&" not in source:  # an entity may hide a letter
        told = stems_found(summary, stems)
        if not stems_found(source, stems - told) or len(stems_found(source, stems)) <= len(told):
            return marked(summary, stems) if told else ((summary, False),)
    return extract(summary, plain_text(source), stems)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _best_window(text: str, stems: frozenset[str]) -> tuple[str, set[str]]:
    """The stretch of at most `LONGEST` characters with the most of the stems, and which."""
    places = [(start, end, stem(word)) for start, end, word in spans(text)]
    hits = [(start, end, word) for start, end, word in places if word in stems]
    best: tuple[int, set[str]] = (0, set())
    for number, (start, _end, _word) in enumerate(hits[:200]):
        within = {word for _s, end, word in hits[number : number + 40] if end - start <= LONGEST}
        if len(within) > len(best[1]):
            best = (start, within)
    start = max(0, best[0] - 40)
    if start:
        start = text.find(" ", start) + 1
    window = _cut(text[start:])
    return ("… " + window if start else window), best[1]
