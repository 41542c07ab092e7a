"""Counts by place: kept with every change, equal to a recount in plain Python."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.domain.listing import changing_lists, declared_places, reached_places, recount, relist
from initiatives.domain.running import end_initiative, reopen_initiative
from initiatives.models import Dimension, Initiative, Listing, PlaceCount, ReachedPlace
from initiatives.queries.browsing import BrowseQuery, browse, matching
from initiatives.queries.counting import counts_for, tag_counts, totals_of_places
from initiatives.queries.newest import newest_in
from places.models import Place
from places.queries import UK_CODE, gazetteer
from tests.factories.accounts import ModeratorFactory
from tests.factories.initiatives import (
    CARDIFF,
    ENGLAND,
    HARTLEPOOL,
    MIDDLESBROUGH,
    NORTH_EAST,
    UK,
    WALES,
    InitiativeFactory,
)
from tests.factories.together import at_once
from texts.vocabulary import Reach

pytestmark = pytest.mark.django_db


def test_a_place_counts_its_own_initiatives_and_those_that_reach_it_from_around():
    InitiativeFactory()
    InitiativeFactory(reach=Reach.REGION, places=[NORTH_EAST])
    InitiativeFactory(reach=Reach.NATION, places=[WALES])
    InitiativeFactory(reach=Reach.UK)
    counts = counts_for(MIDDLESBROUGH)
    assert counts.total() == 3
    assert counts.local() == 1
    assert totals_of_places([HARTLEPOOL, CARDIFF, ENGLAND, UK_CODE]) == {HARTLEPOOL: 2, CARDIFF: 2, ENGLAND: 3, UK: 4}


def test_one_initiative_in_two_council_areas_is_counted_once_in_their_region():
    InitiativeFactory(places=[MIDDLESBROUGH, HARTLEPOOL])
    assert totals_of_places([MIDDLESBROUGH, HARTLEPOOL, NORTH_EAST, ENGLAND, UK]) == dict.fromkeys(
        [MIDDLESBROUGH, HARTLEPOOL, NORTH_EAST, ENGLAND, UK], 1
    )


def test_an_initiative_without_a_place_is_on_the_national_list_only():
    InitiativeFactory(reach="", places=[])
    assert totals_of_places([UK, ENGLAND]) == {UK: 1, ENGLAND: 0}


def test_what_has_ended_leaves_every_count_and_comes_back_when_it_runs_again():
    moderator = ModeratorFactory()
    initiative = InitiativeFactory(tags=["phonics"])
    end_initiative(initiative, user=moderator)
    assert counts_for(MIDDLESBROUGH).total() == 0
    assert not PlaceCount.objects.exists()
    assert newest_in(UK, limit=5) == []
    reopen_initiative(initiative, user=moderator)
    assert tag_counts(MIDDLESBROUGH) == {"phonics": 1}


def test_tags_of_a_place_come_with_those_that_reach_it_from_around_the_most_used_first():
    InitiativeFactory(tags=["phonics", "Football"])
    InitiativeFactory(places=[HARTLEPOOL], tags=["chess"])
    InitiativeFactory(reach=Reach.UK, tags=["football"])
    assert list(tag_counts(MIDDLESBROUGH).items()) == [("football", 2), ("phonics", 1)]
    assert tag_counts(MIDDLESBROUGH, most=1) == {"football": 2}
    assert tag_counts(UK, only=["chess", "rowing"]) == {"chess": 1}
    found = browse(BrowseQuery(place=MIDDLESBROUGH, chosen={Dimension.TAG: ("football",)}))
    assert (found.total, found.facets[Dimension.TAG]) == (2, {"football": 2, "phonics": 1})


def test_a_deleted_initiative_leaves_no_number_behind():
    InitiativeFactory().delete()
    assert not PlaceCount.objects.exists()


def test_a_transaction_writes_to_each_count_once_and_only_where_it_changed():
    stays = InitiativeFactory(tags=["phonics"])
    goes, moves = InitiativeFactory(), InitiativeFactory()
    _move(moves.pk, HARTLEPOOL)
    with CaptureQueriesContext(connection) as captured, changing_lists() as lists:
        lists.remove([goes.pk])
        lists.renew([stays.pk, moves.pk])
    written = [query["sql"] for query in captured if "initiatives_placecount" in query["sql"]]
    assert len([sql for sql in written if "INSERT" in sql]) == 1
    assert "phonics" not in "".join(written)
    assert totals_of_places([MIDDLESBROUGH, HARTLEPOOL]) == {MIDDLESBROUGH: 1, HARTLEPOOL: 1}


@pytest.mark.django_db(transaction=True)
def test_two_transactions_that_move_initiatives_between_the_same_places_do_not_wait_in_a_ring():
    there_and_back = [MIDDLESBROUGH, HARTLEPOOL]
    made = [InitiativeFactory(places=[code]).pk for code in there_and_back]

    def move(pk: int, code: str) -> None:
        with transaction.atomic():
            _move(pk, code)
            relist([pk])

    for turn in range(12):
        codes = there_and_back[:: 1 if turn % 2 else -1]
        done = at_once(*(lambda pk=pk, code=code: move(pk, code) for pk, code in zip(made, codes, strict=True)))
        assert done == [None, None]
    assert totals_of_places([MIDDLESBROUGH, HARTLEPOOL, UK]) == {MIDDLESBROUGH: 1, HARTLEPOOL: 1, UK: 2}


def _move(pk: int, code: str) -> None:
    Initiative.places.through.objects.filter(initiative_id=pk).update(place_id=code)


def test_newest_come_first_whichever_place_declared_them():
    ids = [
        InitiativeFactory(reach=reach, places=places).pk
        for reach, places in (
            (Reach.AUTHORITIES, [MIDDLESBROUGH]),
            (Reach.UK, []),
            (Reach.REGION, [NORTH_EAST]),
            (Reach.AUTHORITIES, [CARDIFF]),
            (Reach.NATION, [ENGLAND]),
        )
    ]
    assert newest_in(MIDDLESBROUGH, limit=3) == [ids[4], ids[2], ids[1]]
    assert newest_in(MIDDLESBROUGH, limit=3, offset=3) == [ids[0]]


def test_the_wider_of_two_declared_places_wins():
    gaz = gazetteer()
    assert declared_places(Reach.NATION, [WALES, CARDIFF, MIDDLESBROUGH], gaz) == (MIDDLESBROUGH, WALES)
    assert declared_places(Reach.UK, [CARDIFF], gaz) == (UK,)


def _codes() -> st.SearchStrategy[str]:
    return st.sampled_from([MIDDLESBROUGH, HARTLEPOOL, CARDIFF, NORTH_EAST, ENGLAND, WALES, "E07000009", "S92000003"])


_ROW = st.tuples(
    st.sampled_from([*Reach.values, ""]),
    st.sets(_codes(), max_size=4),
    st.sets(st.sampled_from(["early-years", "primary", "16-18"]), max_size=3),
    st.sampled_from(["running", "paused", "ended"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(_ROW, min_size=1, max_size=6), edit=_ROW)
def test_kept_counts_equal_a_plain_recount_whatever_is_registered_and_changed(rows, edit):
    Initiative.objects.all().delete()
    made = [
        InitiativeFactory(reach=reach, places=sorted(codes), stages=tuple(stages), status=status)
        for reach, codes, stages, status in rows
    ]
    first = made[0]
    first.reach, first.stages, first.status = edit[0], tuple(edit[2]), edit[3]
    first.places.set(Place.objects.filter(code__in=edit[1]))
    first.save()
    relist([first.pk])
    assert _kept() == _plain(made)
    before = _kept()
    recount()
    assert _kept() == before
    for code in (MIDDLESBROUGH, NORTH_EAST, WALES, UK):
        found = set(matching(BrowseQuery(place=code)).values_list("pk", flat=True))
        assert found == set(newest_in(code, limit=50))
        assert counts_for(code).total() == len(found)


def _kept() -> dict:
    rows = PlaceCount.objects.exclude(dimension__in=(Dimension.KIND, Dimension.TAG)).values_list(
        "place_id", "dimension", "value", "within", "declared"
    )
    return {row[:3]: row[3:] for row in rows if row[3] or row[4]}


def _plain(initiatives: list[Initiative]) -> dict:
    """The same numbers from nothing but the rows."""
    gaz = gazetteer()
    within: Counter = Counter()
    declared: Counter = Counter()
    for initiative in initiatives:
        if initiative.status == "ended":
            continue
        named = set(initiative.places.values_list("code", flat=True))
        if initiative.reach == "uk" or (initiative.reach == "online" and not named):
            named = {UK}
        outer = {code for code in named if not any(around in named for around in gaz.ancestors(code))}
        inside = {UK} | {around for code in outer for around in gaz.closure_up(code)}
        words = [("all", "")] + [
            (name, word)
            for name, words in (
                ("stage", initiative.stages),
                ("transition", initiative.transitions),
                ("support", initiative.support),
            )
            for word in words
        ]
        for dimension, word in words:
            within.update((code, dimension, word) for code in inside)
            declared.update((code, dimension, word) for code in outer)
    return {key: (number, declared[key]) for key, number in within.items()}


def test_reached_places_name_the_areas_a_council_belongs_to():
    reached = reached_places([MIDDLESBROUGH], gazetteer())
    assert reached[MIDDLESBROUGH] is True
    assert {NORTH_EAST, ENGLAND, UK, "E47000006"} <= set(reached)


def test_listing_rows_match_reached_places():
    InitiativeFactory()
    assert set(Listing.objects.values_list("pk", flat=True)) == set(
        ReachedPlace.objects.values_list("initiative_id", flat=True)
    )
