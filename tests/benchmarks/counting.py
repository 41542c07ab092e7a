"""Registries made and counted twice: by the product and by hand."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from initiatives.domain.listing import changing_lists
from initiatives.models import Initiative
from organisations.models import Organisation
from partnerships.coverage.grid import STEP_AT, SUPPORT_AT, Measure, horizon
from partnerships.coverage.queries.sets import numbers_of_set
from partnerships.coverage.queries.tallies import WayNumbers, numbers_of_place
from places.queries import gazetteer
from tests.factories.initiatives import CARDIFF, ENGLAND, HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST, UK, WALES
from tests.factories.journeys import LONDON, TEES_VALLEY, Plain, Row, plain_count, plain_count_of_set

Made = list[tuple[Initiative, Row]]
PLACES = (MIDDLESBROUGH, CARDIFF, "E06000064", "E06000061", NORTH_EAST, LONDON, TEES_VALLEY, ENGLAND, WALES, UK)
SETS = ({MIDDLESBROUGH}, {MIDDLESBROUGH, HARTLEPOOL, CARDIFF}, {"E06000064", "E06000063", "S12000033", "E09000001"})


def register(rows: Sequence[Row], edits: Sequence[Row] = ()) -> Made:
    """Start from nothing, register the rows, then change the first of them as the edits say, and delete the last."""
    lead = Organisation.objects.get_or_create(slug="counted", defaults={"name": "Counted", "kind": "charity"})[0]
    for initiative in Initiative.objects.all():
        initiative.delete()
    today = timezone.localdate()
    made = []
    with changing_lists() as lists:
        for number, row in enumerate(rows):
            initiative = Initiative(
                title=f"Number {number}", slug=f"number-{number}", lead_organisation=lead, **row.values(today)
            )
            made.append((initiative, row))
        Initiative.objects.bulk_create([initiative for initiative, _row in made])
        for initiative, row in made:
            _place(initiative, row)
        lists.renew([initiative.pk for initiative, _row in made])
    for at, row in enumerate(edits):
        at %= len(made)
        initiative = made[at][0]
        Initiative.objects.filter(pk=initiative.pk).update(**row.values(today))
        _place(initiative, row)
        with changing_lists() as lists:
            lists.renew([initiative.pk])
        made[at] = (initiative, row)
    if len(edits) == 3:
        made.pop()[0].delete()
    return made


def _place(initiative: Initiative, row: Row) -> None:
    through = Initiative.places.through.objects
    through.filter(initiative=initiative).delete()
    through.bulk_create(
        [Initiative.places.through(initiative=initiative, place_id=code) for code in sorted(row.today_codes)]
    )


def differences(made: Made) -> list[tuple[str, tuple[str, str, str], object, object]]:
    """Every number that the product has and a pencil has not, or the other way round."""
    today = timezone.localdate()
    wrong = []
    for code in PLACES:
        kept = _kept(numbers_of_place(gazetteer()[code], horizon(today)))
        wrong += _compare(code, kept, plain_count(made, code, today))
    for codes in SETS:
        kept = _kept(numbers_of_set(sorted(codes), horizon(today)))
        wrong += _compare(" ".join(sorted(codes)), kept, plain_count_of_set(made, codes, today))
    return wrong


def _compare(name: str, kept: Plain, plain: Plain) -> list[tuple[str, tuple[str, str, str], object, object]]:
    return [
        (name, key, kept.get(key), plain.get(key)) for key in sorted({*kept, *plain}) if kept.get(key) != plain.get(key)
    ]


def _kept(by_way: dict[str, WayNumbers]) -> Plain:
    return {
        (way, step, support): (*numbers.cells[at, to].tolist(), int(numbers.ending[at, to]))
        for way, numbers in by_way.items()
        for step, at in STEP_AT.items()
        for support, to in SUPPORT_AT.items()
        if numbers.cells[at, to, Measure.COUNT]
    }
