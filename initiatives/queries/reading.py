"""One initiative as its page shows it: six queries however much hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from initiatives.models import Handover, Initiative, Intake, Partner
from initiatives.queries.cards import place_label
from places.queries import PlaceFacts, gazetteer
from texts.vocabulary import PartnerRole, Stage, label_of

_LINKED = ("title", "slug", "live")


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
    partners: Sequence[tuple[str, Sequence[Partner]]]
    intakes: Sequence[Intake]
    tags: Sequence[str]
    places: Sequence[PlaceFacts]
    place_label: str
    goes_on_to: Sequence[Handover]
    comes_from: Sequence[Handover]


def journey_of(stages: Sequence[str]) -> list[Stone]:
    """The row of stones of one initiative."""
    return [Stone(label_of(Stage, stage.value), short_label(stage), stage.value in stages) for stage in Stage]


def short_label(stage: Stage) -> str:
    """The stage without its ages: "Primary (5–11)" → "Primary"."""
    return label_of(Stage, stage.value).split(" (")[0]


def initiative_page(initiative: Initiative) -> InitiativePage:
    """Everything the page of a cleared initiative shows."""
    partners = sorted(
        Partner.objects.filter(initiative=initiative)
        .select_related("organisation")
        .only("role", "initiative_id", "organisation__name", "organisation__slug"),
        key=lambda partner: (PartnerRole.values.index(partner.role), partner.organisation.name),
    )
    handovers = list(
        Handover.objects.filter(Q(initiative=initiative) | Q(next_initiative=initiative))
        .select_related("initiative", "next_initiative")
        .only("note", *(f"{end}__{column}" for end in ("initiative", "next_initiative") for column in _LINKED))
    )
    gaz = gazetteer()
    codes = list(initiative.places.through.objects.filter(initiative=initiative).values_list("place_id", flat=True))
    return InitiativePage(
        initiative=initiative,
        stones=journey_of(initiative.stages),
        partners=[
            (role, list(group)) for role, group in groupby(partners, key=lambda p: label_of(PartnerRole, p.role))
        ],
        intakes=list(Intake.objects.filter(initiative=initiative)),
        tags=list(
            Initiative.tags.through.objects.filter(content_object=initiative)
            .order_by("tag__name")
            .values_list("tag__name", flat=True)
        ),
        places=sorted((gaz[code] for code in codes if code in gaz), key=lambda place: place.name),
        place_label=place_label(initiative.reach, codes),
        goes_on_to=[h for h in handovers if h.initiative_id == initiative.pk and h.next_initiative.live],
        comes_from=[h for h in handovers if h.next_initiative_id == initiative.pk and h.initiative.live],
    )
