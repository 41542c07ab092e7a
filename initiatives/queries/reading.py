"""One initiative as its page shows it: one query for all that hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from initiatives.models import Initiative
from initiatives.queries.cards import place_label
from initiatives.queries.hanging import Days, Linked, hanging_on
from places.queries import PlaceFacts, gazetteer
from texts.vocabulary import Stage, label_of


@dataclass(frozen=True)
class Stone:
    """One stage of a journey strip: filled where there is support."""

    label: str
    short: str
    filled: bool
    count: int | None = None
    url: str = ""


@dataclass(frozen=True)
class InitiativePage:
    initiative: Initiative
    stones: Sequence[Stone]
    partners: Sequence[tuple[str, Sequence[Linked]]]
    intakes: Sequence[Days]
    tags: Sequence[Linked]
    places: Sequence[PlaceFacts]
    place_label: str
    goes_on_to: Sequence[Linked]
    comes_from: Sequence[Linked]


def journey_of(stages: Sequence[str]) -> tuple[Stone, ...]:
    """The row of stones of one initiative."""
    return tuple(Stone(label_of(Stage, stage.value), short_label(stage), stage.value in stages) for stage in Stage)


def short_label(stage: Stage) -> str:
    """The stage without its ages: "Primary (5–11)" → "Primary"."""
    return label_of(Stage, stage.value).split(" (")[0]


def initiative_page(initiative: Initiative) -> InitiativePage:
    """Everything the page of a cleared initiative shows."""
    gaz, all_of_it = gazetteer(), hanging_on(initiative.pk)
    return InitiativePage(
        initiative=initiative,
        stones=journey_of(initiative.stages),
        partners=all_of_it.partners,
        intakes=all_of_it.intakes,
        tags=all_of_it.tags,
        places=sorted((gaz[code] for code in all_of_it.codes if code in gaz), key=lambda place: place.name),
        place_label=place_label(initiative.reach, all_of_it.codes),
        goes_on_to=all_of_it.goes_on_to,
        comes_from=all_of_it.comes_from,
    )
