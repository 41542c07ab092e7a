"""Pairs whose initiatives are of one partnership in force."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.domain.agreeing import agree
from partnerships.domain.closing import close
from partnerships.domain.consenting import change_consent
from partnerships.models import Partnership
from partnerships.overlaps.domain.finding import find_due
from partnerships.overlaps.domain.telling import tell_new_pairs
from partnerships.overlaps.models import Pair, Relation, Standing
from partnerships.overlaps.queries.board import read_board
from partnerships.overlaps.queries.pairs import missing_handovers_in
from partnerships.overlaps.queries.showing import shown
from places.queries import gazetteer
from tests.factories.accounts import CoordinatorFactory, ModeratorFactory, UserFactory, sign_in
from tests.factories.initiatives import CARDIFF, MIDDLESBROUGH, InitiativeFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.overlaps import PairFactory
from tests.factories.partnerships import days, in_force, party, proposed
from tests.factories.places import place
from tests.factories.together import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties() -> Any:
    return party(), party()


@pytest.fixture
def pair(parties: Any) -> Pair:
    low, high = (InitiativeFactory(lead_organisation=organisation) for organisation, _user in parties)
    return PairFactory(low=low, high=high, relation=Relation.NEXT_STEP, strength=0.9)


def agreed(parties: Any, pair: Pair) -> Partnership:
    return in_force(*parties, initiatives=(pair.low_id, pair.high_id))


def publish(partnership: Partnership, parties: Any) -> None:
    """All parties want everyone to read its summary."""
    for organisation, user in parties:
        change_consent(partnership, user=user, organisation=organisation, wanted=True)


def on_board(reader: Any, **given: str) -> list[Pair]:
    return list(read_board(given, [gazetteer()[MIDDLESBROUGH]], reader).pairs())


def page_of(client: Client, pair: Pair) -> str:
    return str(client.get(pair.get_absolute_url()).content.decode())


def test_a_partnership_in_force_is_working_together_on_the_board_and_nobody_is_told_of_the_pair(
    parties: Any, pair: Pair
):
    reader = CoordinatorFactory(place=place())
    assert on_board(reader) == [pair]
    partnership = agreed(parties, pair)
    assert on_board(reader) == []
    (one,) = shown(on_board(reader, standing="together"), reader=reader)
    assert one.standing == "Working together"
    assert tell_new_pairs() == 0
    close(partnership, user=parties[0][1], organisation=parties[0][0], outcome="Thirty came.")
    assert on_board(reader) == [pair]
    assert tell_new_pairs() == 1


def test_no_board_and_no_table_tells_of_a_private_partnership_to_who_may_not_read_it(
    client: Client, parties: Any, pair: Pair
):
    partnership = in_force(*parties, initiatives=(pair.low_id, pair.high_id), places=(CARDIFF,))
    here, there = CoordinatorFactory(place=place()), CoordinatorFactory(places=[place(), place("cardiff")])
    party_of_it = CoordinatorFactory(place=place())
    MembershipFactory(user=party_of_it, organisation=parties[0][0])

    def columns(person: Any) -> dict[str, bool]:
        """In which column of Middlesbrough's board and table the pair stands."""
        sign_in(client, person)
        found = {}
        for standing in ("open", "together"):
            given = {"place": "middlesbrough", "standing": standing}
            html = client.get(reverse("overlap-board"), given).content.decode()
            csv = b"".join(client.get(reverse("overlap-board-csv"), given)).decode()  # type: ignore[call-overload]
            assert (pair.get_absolute_url() in html) is (pair.get_absolute_url() in csv)
            found[standing] = pair.get_absolute_url() in html
            assert ('badge--live">Working together' in html) is ("Working together,," in csv)
            assert ("Working together,," in csv) is (standing == "together" and found[standing])
        return found

    for person in (here, ModeratorFactory()):
        assert columns(person) == {"open": True, "together": False}
    for person in (there, party_of_it):
        assert columns(person) == {"open": False, "together": True}
    publish(partnership, parties)
    for person in (here, ModeratorFactory()):
        assert columns(person) == {"open": False, "together": True}


def test_a_hand_over_is_gone_from_a_place_s_page_only_once_all_may_know_why(parties: Any, pair: Pair):
    partnership = agreed(parties, pair)
    pair.refresh_from_db()
    assert pair.agreed
    assert list(missing_handovers_in(MIDDLESBROUGH)) == [pair]
    publish(partnership, parties)
    assert list(missing_handovers_in(MIDDLESBROUGH)) == []


def test_lists_that_everyone_reads_say_so_only_of_a_public_partnership(
    client: Client, parties: Any, pair: Pair, django_assert_num_queries: Any
):
    partnership = agreed(parties, pair)
    address = reverse("close-to", args=[pair.low.slug])
    assert "Working together" not in client.get(address).content.decode()
    publish(partnership, parties)
    pair.refresh_from_db()
    with django_assert_num_queries(7):
        (one,) = shown([pair])
    assert one.standing == "Working together"


def test_what_people_said_goes_before_what_was_agreed(parties: Any, pair: Pair):
    Pair.objects.update(standing=Standing.DUPLICATE)
    agreed(parties, pair)
    reader = CoordinatorFactory(place=place())
    assert on_board(reader, standing="duplicate") == [pair]
    assert on_board(reader, standing="together") == []


def test_a_last_day_that_passed_is_seen_within_a_day(parties: Any, pair: Pair, time_machine_to: Any):
    agreed(parties, pair)
    with time_machine_to(days(301)):
        call_command("learn_overlaps", verbosity=0)
        pair.refresh_from_db()
        assert not pair.agreed
        assert on_board(CoordinatorFactory(place=place())) == [pair]


def test_the_page_of_a_pair_leads_to_the_partnership_whoever_may_see_it(client: Client, parties: Any, pair: Pair):
    partnership = agreed(parties, pair)
    address = partnership.get_absolute_url()
    assert address not in page_of(client, pair)
    sign_in(client, UserFactory())
    assert address not in page_of(client, pair)
    for person in (parties[0][1], parties[1][1], CoordinatorFactory(place=place())):
        sign_in(client, person)
        assert address in page_of(client, pair)


def test_a_proposal_is_linked_for_its_parties_alone(client: Client, parties: Any, pair: Pair):
    proposal = proposed(*parties, initiatives=(pair.low_id, pair.high_id))
    elsewhere = proposed(*parties, initiatives=(pair.low_id,))
    sign_in(client, UserFactory())
    assert proposal.get_absolute_url() not in page_of(client, pair)
    sign_in(client, parties[1][1])
    html = page_of(client, pair)
    assert f'href="{proposal.get_absolute_url()}"' in html
    assert f'href="{elsewhere.get_absolute_url()}"' not in html


def test_a_public_partnership_is_not_lost_behind_five_private_ones(client: Client, parties: Any, pair: Pair):
    public = agreed(parties, pair)
    publish(public, parties)
    private = [agreed(parties, pair) for _ in range(5)]
    assert public.get_absolute_url() in page_of(client, pair)
    sign_in(client, parties[0][1])
    html = page_of(client, pair)
    assert [one.get_absolute_url() in html for one in (*private, public)] == [True] * 5 + [False]


def test_named_the_other_way_round_it_is_the_same_pair(client: Client, pair: Pair):
    turned = reverse("pair", args=[pair.high_id, pair.low_id])
    assert client.get(turned)["Location"] == pair.get_absolute_url()
    assert client.post(turned).status_code == 405
    assert client.get(reverse("pair", args=[pair.low_id, pair.low_id])).status_code == 404
    assert client.get(reverse("pair", args=[2**70, pair.low_id]), follow=True).status_code == 404


def test_whoever_says_that_two_work_together_first_holds_the_two_then_reads_the_pair(parties: Any, pair: Pair):
    partnership = proposed(*parties, initiatives=(pair.low_id, pair.high_id))
    with CaptureQueriesContext(connection) as done:
        agree(partnership, number=1, user=parties[1][1], organisation=parties[1][0])
    sql = [one["sql"] for one in done.captured_queries]
    (read,) = [at for at, text in enumerate(sql) if text.startswith("SELECT") and 'FROM "overlaps_pair"' in text]
    held = sql[read - 1]
    assert 'FROM "initiatives_initiative"' in held and "ORDER BY 1 ASC" in held
    assert str(pair.low_id) in held and str(pair.high_id) in held
    if connection.features.has_select_for_no_key_update:
        assert "FOR NO KEY UPDATE" in held and "FOR NO KEY UPDATE" in sql[read]


@pytest.mark.django_db(transaction=True)
def test_agreeing_while_pairs_are_found_is_not_lost():
    parties = party(), party()
    low, high = (InitiativeFactory(lead_organisation=organisation) for organisation, _user in parties)
    partnership = proposed(*parties, initiatives=(low.pk, high.pk))
    organisation, user = parties[1]
    done = at_once(find_due, lambda: agree(partnership, number=1, user=user, organisation=organisation))
    assert not [one for one in done if isinstance(one, Exception)], done
    assert Pair.objects.get(low=low, high=high).agreed
