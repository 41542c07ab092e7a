"""How an end, a start and what is missing there are said: in school years where a place has those, else by age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.chains.order import next_step, step_before
from partnerships.chains.rule import UNKNOWN, Found
from partnerships.coverage.words import step_name
from places.queries import PlaceFacts
from texts.vocabulary import Stage, Transition

# Ages at which each step of school ends and starts where nobody said any.
_SCHOOL: dict[str, tuple[int, int]] = {
    Stage.EARLY_YEARS: (0, 4),
    Transition.STARTING_SCHOOL: (4, 5),
    Stage.PRIMARY: (4, 11),
    Transition.PRIMARY_TO_SECONDARY: (11, 11),
    Stage.SECONDARY: (11, 16),
    Transition.CHOICES_AT_16: (16, 16),
    Stage.SIXTEEN_TO_EIGHTEEN: (16, 18),
    Transition.CHOICES_AT_18: (18, 18),
}
_RECEPTION, _LAST_YEAR = 5, 18  # the age at which children leave Reception, and Year 13
_LEEWAY = 3  # years by which a said age may lie off its step and still be that of school


@dataclass(frozen=True)
class Edge:
    """Where an initiative ends or starts: the step, and the age there, UNKNOWN where nobody said it."""

    step: str
    age: int
    is_forward: bool

    @property
    def school_age(self) -> int | None:
        """The age by which the end or start is told; None beside school, or where age and step do not go together."""
        if self.step not in _SCHOOL:
            return None
        youngest, oldest = _SCHOOL[self.step]
        if self.age == UNKNOWN:
            return oldest if self.is_forward else youngest
        return self.age if youngest - _LEEWAY <= self.age <= oldest + _LEEWAY else None


def has_school_years(code: str) -> bool:
    """England and Wales count Year 1 to Year 13; Scotland and Northern Ireland call them otherwise."""
    return code[:1] in ("E", "W")


def year_name(left_at: int) -> str:
    """The school year that is over at that age: of 11 “Year 6”; "" where there is none."""
    if left_at == _RECEPTION:
        return _("Reception")
    return _("Year %(n)d") % {"n": left_at - _RECEPTION} if _RECEPTION < left_at <= _LAST_YEAR else ""


def told(edge: Edge, title: str, place: PlaceFacts, found: int, *, anchor: str, groups: Sequence[str] = ()) -> str:
    """“Bright Futures ends in Year 6; no one in Middlesbrough continues in Year 7.” `anchor`: the code of the place
    whose school years count; `groups`: for whom it breaks, where for others it does not."""
    where = _("in %(place)s") % {"place": place.name} if place.is_authority else _("where it works")
    said = {"title": title, "where": where, **_of_edge(edge, anchor)}
    first = (_end if edge.is_forward else _start)(said)
    if found == Found.NONE:
        second = (_no_one_after if edge.is_forward else _no_one_before)(said)
    else:
        second = _in_part(found, is_forward=edge.is_forward)
    both = {"first": first % said, "second": second % said, "groups": ", ".join(groups)}
    return (_("%(first)s; %(second)s for its people: %(groups)s.") if groups else _("%(first)s; %(second)s.")) % both


def _of_edge(edge: Edge, anchor: str) -> dict[str, object]:
    """What can be said of it: step, age, the school year and the one beyond; empty where there is none."""
    age = edge.school_age
    beyond = next_step(edge.step) if edge.is_forward else step_before(edge.step)
    said: dict[str, object] = {"step": step_name(edge.step), "beyond": step_name(beyond)}
    if age is None:
        return said
    said["age"] = age
    if has_school_years(anchor):
        here, there = (age, age + 1) if edge.is_forward else (age + 1, age)
        said |= {"year": year_name(here), "other": year_name(there)}
    return said


def _end(said: Mapping[str, object]) -> str:
    if said.get("year"):
        return _("%(title)s ends in %(year)s")
    return _("%(title)s ends at about age %(age)d") if "age" in said else _("%(title)s ends with “%(step)s”")


def _start(said: Mapping[str, object]) -> str:
    if said.get("year"):
        return _("%(title)s starts in %(year)s")
    return _("%(title)s starts at about age %(age)d") if "age" in said else _("%(title)s starts with “%(step)s”")


def _no_one_after(said: Mapping[str, object]) -> str:
    if said.get("other"):
        return _("no one %(where)s continues in %(other)s")
    return (
        _("no one %(where)s continues from there") if "age" in said else _("no one %(where)s goes on to “%(beyond)s”")
    )


def _no_one_before(said: Mapping[str, object]) -> str:
    if said.get("other"):
        return _("no one %(where)s leads up to it in %(other)s")
    return _("no one %(where)s leads up to it") if "age" in said else _("no one %(where)s leads up to it before that")


def _in_part(found: int, *, is_forward: bool) -> str:
    """What there is, where it is not all."""
    some, afar = found & Found.SOME, found & Found.AFAR
    if is_forward:
        if some and afar:
            return _("what continues %(where)s is from afar, or only for some of its people")
        if some:
            return _("what continues %(where)s is only for some of its people")
        if afar:
            return _("only nation-wide or online work continues %(where)s")
        return _("only nation-wide or online work for some of its people continues %(where)s")
    if some and afar:
        return _("what leads up to it %(where)s is from afar, or only for some of its people")
    if some:
        return _("what leads up to it %(where)s is only for some of its people")
    if afar:
        return _("only nation-wide or online work leads up to it %(where)s")
    return _("only nation-wide or online work for some of its people leads up to it %(where)s")


def age_needed(edge: Edge) -> str:
    """What who could would have to change of whom they take."""
    age = edge.school_age if edge.age == UNKNOWN else edge.age
    if age is None:
        step = next_step(edge.step) if edge.is_forward else step_before(edge.step)
        return _("It would need to do “%(step)s”.") % {"step": step_name(step)}
    if edge.is_forward:
        return _("It would need to take people from about age %(age)d.") % {"age": age}
    return _("It would need to take people up to about age %(age)d.") % {"age": age}
