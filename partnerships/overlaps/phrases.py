"""Facts in words, as parts of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.overlaps.queries.facts import Side
from places.postcodes import distance_miles
from places.queries import gazetteer
from texts.vocabulary import Focus, Stage, Support, Transition, label_of

MOST_NAMED = 3


def listed(names: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”; of more than three the first and how many more."""
    if len(names) > MOST_NAMED:
        more = len(names) - (MOST_NAMED - 1)
        names = [*names[: MOST_NAMED - 1], ngettext("%(number)d more", "%(number)d more", more) % {"number": more}]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def quoted(names: Iterable[str]) -> str:
    return listed([_("“%(word)s”") % {"word": name} for name in names])


def words(vocabulary: type[TextChoices], values: Iterable[str]) -> str:
    """Labels as they stand within a sentence, in the vocabulary's order."""
    some = set(values)
    labels = [label_of(vocabulary, value) for value in vocabulary.values if value in some]
    if vocabulary is Stage:
        labels = [label.split(" (")[0] for label in labels]  # ages are said beside it
    return listed([label if label.isupper() else label[:1].lower() + label[1:] for label in labels])


def support_words(values: Iterable[str]) -> str:
    return words(Support, values)


def focus_words(values: Iterable[str]) -> str:
    return listed([_focus_label(value) for value in Focus.values if value in set(values)])


def _focus_label(value: str) -> str:
    label = label_of(Focus, value)
    return label if label.split(" ")[0] in ("English", "Gypsy,") else label[:1].lower() + label[1:]


def step_words(one: Side, other: Side) -> str:
    """The transition or stage that both are about, "" for none."""
    shared = set(one.transitions) & set(other.transitions)
    if shared:
        return words(Transition, shared)
    stages = set(one.stages) & set(other.stages)
    return words(Stage, stages)


def ages(low: int | None, high: int | None) -> str:
    """“11 to 13-year-olds”; "" where neither age is known."""
    if low is None and high is None:
        return ""
    if low is None:
        return _("people up to %(age)d") % {"age": high}
    if high is None:
        return _("people from %(age)d") % {"age": low}
    if low == high:
        return _("%(age)d-year-olds") % {"age": low}
    return _("%(low)d to %(high)d-year-olds") % {"low": low, "high": high}


def ages_of(side: Side) -> str:
    return ages(side.age_min, side.age_max)


def shared_ages(one: Side, other: Side) -> str:
    if None in (one.age_min, one.age_max, other.age_min, other.age_max):
        return ""
    low = max(one.age_min or 0, other.age_min or 0)
    high = min(one.age_max or 0, other.age_max or 0)
    return ages(low, high) if low <= high else ""


def shared_place(one: Side, other: Side) -> str:
    """The narrowest places that both reach, by name; "" for none."""
    gaz = gazetteer()
    mine = {code for code in one.codes if code in gaz}
    theirs = {code for code in other.codes if code in gaz}
    both = {code for code in mine if theirs & set(gaz.closure_up(code))}
    both |= {code for code in theirs if mine & set(gaz.closure_up(code))}
    return listed([gaz[code].name for code in sorted(both, key=lambda code: gaz[code].name)])


def months(numbers: Iterable[int]) -> str:
    year = timezone.localdate().year
    return listed([date_format(timezone.localdate().replace(year, month, 1), "F") for month in sorted(numbers)])


def miles(one: Side, other: Side) -> float | None:
    """Between venues; None where either is not known."""
    if one.point is None or other.point is None:
        return None
    return distance_miles(one.point, other.point)
