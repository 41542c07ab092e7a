"""Why two initiatives are something to each other, in sentences made of the parts that carried the score; and what
differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.overlaps import phrases
from partnerships.overlaps.models import Relation
from partnerships.overlaps.queries.facts import Side
from texts.vocabulary import Reach

SHOWN = 4  # reasons, beside the first
NEAR = 10.0  # miles that are worth saying


@dataclass(frozen=True)
class Reasons:
    """`first`: what they are to each other, in one sentence."""

    first: str
    because: tuple[str, ...]
    differs: tuple[str, ...]


def reasons(
    one: Side,
    other: Side,
    relation: str,
    parts: Mapping[str, float],
    weights: Mapping[str, float],
    *,
    forward: bool = True,
    on_record: bool = False,
    terms: Sequence[str] = (),
) -> Reasons:
    """`weights`: of the relation, by part: what weighed most is said first, single words last. `forward`: the one comes
    first. `terms`: telling words of both."""
    said = sorted(
        _because(one, other, relation, terms),
        key=lambda found: (found[0] == "purpose", -abs(weights.get(found[0], 0.0)) * parts.get(found[0], 0.0)),
    )
    because = [sentence for part, sentence in said if parts.get(part, 0.0) > 0][:SHOWN]
    if on_record:
        because.insert(0, _("The hand-over is on record: their own people named it."))
    earlier, later = (one, other) if forward else (other, one)
    first = {
        Relation.OVERLAP: lambda: _overlap(one, other),
        Relation.NEXT_STEP: lambda: _next_step(earlier, later),
        Relation.COMPLEMENT: lambda: _complement(one, other),
        Relation.TWIN: lambda: _twin(one, other),
    }[Relation(relation)]()
    return Reasons(first, tuple(because), tuple(_differs(one, other, relation)))


def _overlap(one: Side, other: Side) -> str:
    what = phrases.support_words(set(one.support) & set(other.support))
    who, where = _who(one, other), phrases.shared_place(one, other)
    if what and who and where:
        return _("Both give %(what)s to %(who)s in %(where)s.") % {"what": what, "who": who, "where": where}
    if who and where:
        return _("Both are for %(who)s in %(where)s.") % {"who": who, "where": where}
    if what and where:
        return _("Both give %(what)s in %(where)s.") % {"what": what, "where": where}
    return _("Both do much the same for the same people.")


def _next_step(earlier: Side, later: Side) -> str:
    where = phrases.shared_place(earlier, later)
    names = {"earlier": earlier.title, "later": later.title, "where": where}
    until, onward = earlier.age_max, later.age_min
    if until is not None and onward is not None and where:
        return _("“%(earlier)s” takes people up to %(until)d, “%(later)s” from %(onward)d, in %(where)s.") % {
            **names,
            "until": until,
            "onward": onward,
        }
    if where:
        return _("Who finishes “%(earlier)s” in %(where)s could go on to “%(later)s”.") % names
    return _("Who finishes “%(earlier)s” could go on to “%(later)s”.") % names


def _complement(one: Side, other: Side) -> str:
    who, where = _who(one, other), phrases.shared_place(one, other)
    mine = phrases.support_words(set(one.support) - set(other.support))
    theirs = phrases.support_words(set(other.support) - set(one.support))
    told = {"who": who or _("the same people"), "where": where, "one": one.title, "other": other.title}
    if mine and theirs and where:
        return _("For %(who)s in %(where)s “%(one)s” gives %(mine)s, “%(other)s” %(theirs)s.") % {
            **told,
            "mine": mine,
            "theirs": theirs,
        }
    if where:
        return _("Both are for %(who)s in %(where)s, each with other help.") % told
    return _("Both are for %(who)s, each with other help.") % told


def _twin(one: Side, other: Side) -> str:
    what = phrases.support_words(set(one.support) & set(other.support)) or _("much the same")
    who = _who(one, other)
    told = {"what": what, "who": who, "here": one.place, "there": other.place}
    if who:
        return _("Both give %(what)s to %(who)s: one in %(here)s, the other in %(there)s.") % told
    return _("Both give %(what)s: one in %(here)s, the other in %(there)s.") % told


def _who(one: Side, other: Side) -> str:
    """“11 to 13-year-olds (primary to secondary)”."""
    years, step = phrases.shared_ages(one, other), phrases.step_words(one, other)
    if years and step:
        return _("%(ages)s (%(step)s)") % {"ages": years, "step": step}
    if years:
        return years
    return _("people at the same point (%(step)s)") % {"step": step} if step else ""


def _because(one: Side, other: Side, relation: str, terms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Sentences, each with the part that it tells of."""
    focus = phrases.focus_words(set(one.focus) & set(other.focus))
    if focus:
        yield "focus", _("Both are above all for: %(focus)s.") % {"focus": focus}
    months = one.months & other.months
    if months:
        yield "time", _("Both take new people in %(months)s.") % {"months": phrases.months(months)}
    mine = dict(one.organisations)
    shared = [name for key, name in other.organisations if key in mine and key not in (one.lead_id, other.lead_id)]
    ours = [name for key, name in other.organisations if key in mine and key in (one.lead_id, other.lead_id)]
    if ours:
        yield "partners", _("%(names)s takes part in both.") % {"names": phrases.listed(ours)}
    if shared:
        yield (
            "partners",
            ngettext("They share a partner already: %(names)s.", "They share partners already: %(names)s.", len(shared))
            % {"names": phrases.listed(shared)},
        )
    tags = sorted(one.tags & other.tags)
    if tags:
        yield "tags", _("Both are tagged %(tags)s.") % {"tags": phrases.quoted(tags)}
    away = phrases.miles(one, other)
    if away is not None and away <= NEAR and relation != Relation.TWIN:
        yield (
            "place",
            _("They meet less than a mile apart.")
            if away < 0.95
            else ngettext("They meet %(miles)d mile apart.", "They meet %(miles)d miles apart.", round(away))
            % {"miles": round(away)},
        )
    if terms:
        yield "purpose", _("Both write of %(terms)s.") % {"terms": phrases.quoted(terms)}


def _differs(one: Side, other: Side, relation: str) -> Iterator[str]:
    mine, theirs = phrases.ages_of(one), phrases.ages_of(other)
    names = {"one": one.title, "other": other.title}
    if mine != theirs and mine and theirs and relation != Relation.NEXT_STEP:
        yield _("“%(one)s” is for %(mine)s, “%(other)s” for %(theirs)s.") % {**names, "mine": mine, "theirs": theirs}
    if relation != Relation.COMPLEMENT:
        for side, rest in ((one, other), (other, one)):
            alone = phrases.support_words(set(side.support) - set(rest.support))
            if alone:
                yield _("Only “%(title)s” gives %(what)s.") % {"title": side.title, "what": alone}
    for side, rest in ((one, other), (other, one)):
        alone = phrases.focus_words(set(side.focus) - set(rest.focus))
        if alone:
            yield _("“%(title)s” is above all for: %(focus)s.") % {"title": side.title, "focus": alone}
    if one.codes != other.codes and relation != Relation.TWIN:
        yield _("“%(one)s” reaches %(here)s, “%(other)s” %(there)s.") % {
            **names,
            "here": _reaches(one),
            "there": _reaches(other),
        }
    for side in (one, other):
        if side.ends_on:
            yield _("“%(title)s” runs until %(day)s.") % {
                "title": side.title,
                "day": date_format(side.ends_on, "j F Y"),
            }


def _reaches(side: Side) -> str:
    if side.reach in (Reach.UK, Reach.ONLINE):
        return side.place[:1].lower() + side.place[1:]
    return side.place
