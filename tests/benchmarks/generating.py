"""A registry of any size, made quickly: the shape of a real one, the words made up."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence

from django.utils import timezone

from initiatives.domain.listing import list_initiatives
from initiatives.models import Handover, Initiative, InitiativeTag, Intake, Partner
from organisations.models import Organisation
from places.models import PlaceKind
from places.queries import gazetteer
from texts.cleaning import fold
from texts.vocabulary import Focus, OrganisationKind, PartnerRole, Reach, Stage, Support, Transition

BATCH = 2_000
_FIRST = ("Ready", "Steps", "Bridge", "Next", "Open", "Bright", "Rising", "Common", "River", "Harbour")
_SECOND = ("mentors", "tutors", "routes", "starts", "skills", "futures", "families", "pathways", "readers", "makers")
_TAGS = ("stem", "phonics", "football", "careers", "reading", "maths", "music", "coding", "confidence", "attendance")


def generate(total: int, *, seed: int = 7) -> None:
    """Fill the registry up to `total` initiatives: one organisation to ten, 85 % for one to three council areas,
    the rest regional, national or for the whole UK."""
    dice = random.Random(seed + Initiative.objects.count())
    have = Initiative.objects.count()
    organisations = _organisations(max(total // 10, 10), dice)
    tags = _tags()
    while have < total:
        size = min(BATCH, total - have)
        _batch(have, size, organisations, tags, dice)
        have += size


def _organisations(total: int, dice: random.Random) -> list[Organisation]:
    have = Organisation.objects.count()
    authorities = gazetteer().of_kind(PlaceKind.AUTHORITY)
    Organisation.objects.bulk_create(
        [
            Organisation(
                name=f"{dice.choice(_FIRST)} {dice.choice(_SECOND)} trust {number}",
                slug=f"organisation-{number}",
                kind=dice.choice(OrganisationKind.values),
                place_id=dice.choice(authorities).code,
                is_public=True,
            )
            for number in range(have, total)
        ],
        batch_size=BATCH,
    )
    return list(Organisation.objects.only("pk", "kind"))


def _tags() -> list[int]:
    from taggit.models import Tag

    return [Tag.objects.get_or_create(name=name, defaults={"slug": name})[0].pk for name in _TAGS]


def _reach(dice: random.Random) -> tuple[str, list[str]]:
    gaz = gazetteer()
    draw = dice.random()
    if draw < 0.85:
        first = dice.choice(gaz.of_kind(PlaceKind.AUTHORITY)).code
        others = gaz.authorities_in(gaz.ancestors(first)[0])
        return Reach.AUTHORITIES.value, sorted({first, *dice.sample(others, min(len(others), dice.randint(0, 2)))})
    if draw < 0.92:
        return Reach.REGION.value, [dice.choice(gaz.of_kind(PlaceKind.REGION)).code]
    if draw < 0.96:
        return Reach.NATION.value, [dice.choice(gaz.of_kind(PlaceKind.NATION)).code]
    return Reach.UK.value, []


def _batch(
    start: int, size: int, organisations: Sequence[Organisation], tags: Sequence[int], dice: random.Random
) -> None:
    now = timezone.now()
    made = []
    for number in range(start, start + size):
        title = f"{dice.choice(_FIRST)} {dice.choice(_SECOND)} {number}"
        published = now - datetime.timedelta(minutes=dice.randint(0, 500_000))
        made.append(
            Initiative(
                title=title,
                title_key=fold(title),
                slug=f"initiative-{number}",
                summary="Volunteers meet young people every week through a school year and stay with them after it.",
                description="Ten **weekly** meetings.\n\n- in school\n- at work\n\nThen a summer project. " * 6,
                support=dice.sample(Support.values, dice.randint(1, 3)),
                stages=dice.sample(Stage.values, dice.randint(1, 2)),
                transitions=dice.sample(Transition.values, dice.randint(0, 2)),
                focus=dice.sample(Focus.values, dice.randint(0, 2)),
                languages=["en"],
                how_to_join="Schools refer pupils.",
                contact_email="hello@trust.example",
                lead_organisation=dice.choice(organisations),
                live=True,
                first_published_at=published,
                last_published_at=published,
                confirmed_at=published,
            )
        )
    reaches = [_reach(dice) for _one in made]
    for initiative, (reach, _codes) in zip(made, reaches, strict=True):
        initiative.reach = reach
    Initiative.objects.bulk_create(made, batch_size=500)
    places = {initiative.pk: codes for initiative, (_reach_, codes) in zip(made, reaches, strict=True)}
    _parts(made, places, organisations, tags, dice)


def _parts(
    made: Sequence[Initiative],
    places: dict[int, list[str]],
    organisations: Sequence[Organisation],
    tags: Sequence[int],
    dice: random.Random,
) -> None:
    through = Initiative.places.through
    through.objects.bulk_create(
        [through(initiative_id=pk, place_id=code) for pk, codes in places.items() for code in codes], batch_size=BATCH
    )
    chosen = {one.pk: dice.sample(range(len(tags)), dice.randint(0, 3)) for one in made}
    InitiativeTag.objects.bulk_create(
        [InitiativeTag(content_object_id=pk, tag_id=tags[n]) for pk, numbers in chosen.items() for n in numbers],
        batch_size=BATCH,
    )
    Partner.objects.bulk_create(
        [
            Partner(initiative=one, organisation=dice.choice(organisations), role=role)
            for one in made
            for role in dice.sample(PartnerRole.values[1:], dice.randint(0, 2))
        ],
        batch_size=BATCH,
    )
    day = timezone.localdate()
    Intake.objects.bulk_create(
        [Intake(initiative=one, closes_on=day + datetime.timedelta(days=dice.randint(5, 300))) for one in made[::3]],
        batch_size=BATCH,
    )
    Handover.objects.bulk_create(
        [Handover(initiative=one, next_initiative=after) for one, after in zip(made[::5], made[1::5], strict=False)],
        batch_size=BATCH,
    )
    list_initiatives(made, places=places, tags={pk: [_TAGS[n] for n in numbers] for pk, numbers in chosen.items()})
