"""None is not the same as not known: a coordinator who looked says so, and it does not stand for ever."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from organisations.models import Identifier, IdentifierScheme
from partnerships.coverage.domain.confirming import confirm_none, year_after
from partnerships.coverage.domain.errors import NotAllowed, SomethingIsThere
from partnerships.coverage.domain.tallying import count_all, tally
from partnerships.coverage.models import Closing, Confirmation, Ending, Tally
from partnerships.coverage.states import State, state_of
from places.models import Place
from places.queries import gazetteer
from tests.factories.accounts import CoordinatorFactory, ModeratorFactory, UserFactory, sign_in
from tests.factories.initiatives import HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST, InitiativeFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.places import place
from tests.factories.registers import schools_in
from tests.partnerships.coverage.test_pages import CELL, page, said_by
from texts.vocabulary import Reach

pytestmark = pytest.mark.django_db

JOURNEY = "/places/middlesbrough/journey/"
CELL_URL = f"{JOURNEY}list/?step=choices-at-16&support=digital"
SAID = {"step": "choices-at-16", "support": "digital", "note": "I asked all five colleges and the library."}


def state(client: Client, url: str = CELL_URL, address: str = JOURNEY) -> tuple[str, str]:
    cache.clear()
    return said_by(CELL, page(client, address))[url]


def coordinator(client: Client, slug: str = "middlesbrough"):
    person = CoordinatorFactory(place=place(slug), name="Ada Coordinator")
    sign_in(client, person)
    return person


def test_who_coordinates_a_place_confirms_that_nobody_does_something_and_signs_it(client: Client):
    assert state(client) == ("unknown", "?")
    coordinator(client)
    assert "Confirm that nobody does this here" in page(client, CELL_URL)
    InitiativeFactory(transitions=["into-work"], support=["coaching"], places=[MIDDLESBROUGH])
    there = page(client, f"{JOURNEY}list/?step=into-work&support=coaching")
    assert "1 initiative" in there and "Confirm that nobody does this here" not in there
    answer = client.post(f"{JOURNEY}confirm/", SAID, follow=True)
    html = answer.content.decode()
    assert "Kept, with your name." in html
    assert "I asked all five colleges and the library." in html
    assert "Ada Coordinator, Coordinator of Middlesbrough, looked on" in html
    assert state(client) == ("none", "0")
    kept = Confirmation.objects.get()
    assert kept.lapses_on == year_after(timezone.localdate())
    assert state(
        client,
        "/journey/list/?place=middlesbrough&place=hartlepool&step=choices-at-16&support=digital",
        "/journey/?place=middlesbrough&place=hartlepool",
    ) == ("unknown", "?")


def test_a_confirmed_column_confirms_each_kind_of_support_in_it(client: Client):
    user = coordinator(client)
    confirm_none(gazetteer()[MIDDLESBROUGH], "returning", "", user=user, note="I looked.")
    cells = said_by(CELL, page(client, JOURNEY))
    column = [found for url, found in cells.items() if "step=returning" in url]
    assert len(column) == 13
    assert set(column) == {("none", "0")}


def test_it_is_superseded_at_once_by_what_starts_here_and_the_history_stays(client: Client):
    user = coordinator(client)
    confirm_none(gazetteer()[MIDDLESBROUGH], "choices-at-16", "digital", user=user, note="I looked.")
    InitiativeFactory(reach=Reach.ONLINE, places=[], transitions=("choices-at-16",), support=("digital",))
    InitiativeFactory(places=[HARTLEPOOL], transitions=("choices-at-16",), support=("digital",))
    assert Confirmation.objects.get().closed_at is None
    assert state(client, f"{CELL_URL}&way=here", f"{JOURNEY}?way=here") == ("none", "0")
    started = InitiativeFactory(title="Laptops at 16", transitions=("choices-at-16",), support=("digital",))
    kept = Confirmation.objects.get()
    assert (kept.closing, kept.started) == (Closing.STARTED, started)
    assert "“Laptops at 16” does it." in page(client, CELL_URL)
    started.delete()
    assert state(client, f"{CELL_URL}&way=here", f"{JOURNEY}?way=here") == ("unknown", "?")


def test_it_is_taken_back_and_lapses_after_a_year(client: Client):
    user = coordinator(client)
    kept = confirm_none(gazetteer()[MIDDLESBROUGH], "choices-at-16", "digital", user=user, note="I looked.")
    answer = client.post(f"{JOURNEY}withdraw/", {"confirmation": kept.pk}, follow=True)
    assert "Taken back. That it was said, and when, stays in the history." in answer.content.decode()
    assert "Taken back on" in page(client, CELL_URL)
    for odd in ("", "x", "9" * 40, str(kept.pk)):
        answer = client.post(f"{JOURNEY}withdraw/", {"confirmation": odd}, follow=True)
        assert "Nothing of that kind stands here any more." in answer.content.decode()
    again = confirm_none(gazetteer()[MIDDLESBROUGH], "choices-at-16", "digital", user=user, note="I looked again.")
    Confirmation.objects.filter(pk=again.pk).update(lapses_on=timezone.localdate() - datetime.timedelta(days=1))
    assert state(client) == ("unknown", "?")
    assert "It lapsed on" in page(client, CELL_URL)
    confirm_none(gazetteer()[MIDDLESBROUGH], "choices-at-16", "digital", user=user, note="And again.")
    assert state(client) == ("none", "0")
    assert Confirmation.objects.count() == 3


def test_what_somebody_here_does_cannot_be_confirmed_as_none_and_what_was_typed_stays(client: Client):
    InitiativeFactory(transitions=("choices-at-16",), support=("digital",))
    coordinator(client)
    answer = client.post(f"{JOURNEY}confirm/", SAID)
    assert answer.status_code == 422
    assert "1 initiative here says that it does this." in answer.content.decode()
    assert SAID["note"] in answer.content.decode()
    answer = client.post(f"{JOURNEY}confirm/", {"step": "nonsense", "support": "x", "note": ""})
    assert answer.status_code == 422
    for said in ("Choose from the list.", "Say in a sentence how you looked"):
        assert said in answer.content.decode()
    assert not Confirmation.objects.exists()


def test_only_coordinators_of_that_place_and_moderators_confirm(client: Client):
    middlesbrough = gazetteer()[MIDDLESBROUGH]
    for person in (UserFactory(), CoordinatorFactory(place=place("leeds"))):
        with pytest.raises(NotAllowed):
            confirm_none(middlesbrough, "primary", "money", user=person, note="No.")
    kept = confirm_none(middlesbrough, "primary", "money", user=ModeratorFactory(name="Mo"), note="I looked.")
    assert (kept.name, kept.role) == ("Mo", "Moderator")
    InitiativeFactory(places=[HARTLEPOOL], stages=("primary",), support=("money",))
    with pytest.raises(SomethingIsThere):
        confirm_none(gazetteer()[NORTH_EAST], "primary", "money", user=ModeratorFactory(), note="No.")


def test_the_rule_of_a_state():
    assert state_of(2, 1, is_confirmed=False) == State.COVERED
    assert state_of(5, 0, is_confirmed=True) == State.THIN
    assert state_of(1, 1, is_confirmed=False) == State.THIN
    assert state_of(0, 0, is_confirmed=True) == State.NONE
    assert state_of(0, 0, is_confirmed=False) == State.UNKNOWN
    assert year_after(datetime.date(2028, 2, 29)) == datetime.date(2029, 2, 28)


def test_an_edit_writes_the_rows_of_its_places_alone_and_nothing_where_nothing_counted_changed():
    one = InitiativeFactory(ends_on=timezone.localdate())
    before = {row.pk: bytes(row.cells) for row in Tally.objects.all()}
    assert tally([one.pk]) == 0
    InitiativeFactory(places=[HARTLEPOOL])
    changed = {row.pk for row in Tally.objects.all() if before.get(row.pk) != bytes(row.cells)}
    gaz = gazetteer()
    assert changed == set(gaz.closure_up(HARTLEPOOL))
    one.delete()
    assert not Ending.objects.exists()


def test_a_region_whose_authorities_changed_is_counted_by_todays(client: Client):
    InitiativeFactory(reach=Reach.REGION, places=[NORTH_EAST], stages=("primary",), support=("money",))
    url = "/places/hartlepool/journey/list/?step=primary&support=money"
    assert state(client, url, "/places/hartlepool/journey/") == ("thin", "1")
    Place.objects.filter(code=HARTLEPOOL).update(parent_id="E12000003")
    gazetteer.cache_clear()
    try:
        count_all()
        assert state(client, url, "/places/hartlepool/journey/") == ("unknown", "?")
    finally:
        Place.objects.filter(code=HARTLEPOOL).update(parent_id=NORTH_EAST)
        gazetteer.cache_clear()


def test_how_complete_the_registry_is_is_said_from_the_registers(client: Client):
    assert "We have read no register that names organisations in Middlesbrough" in page(client, JOURNEY)
    schools_in(MIDDLESBROUGH, 3)
    school = OrganisationFactory(kind="school", is_public=True)
    Identifier.objects.create(organisation=school, scheme=IdentifierScheme.GB_EDU, value="100000")
    cache.clear()
    html = page(client, "/journey/?place=middlesbrough&place=leeds")
    assert "name 3 organisations in Middlesbrough and Leeds; 1 of them are here." in html
    assert "Who is here" not in html  # no list has just these
    html = page(client, JOURNEY)
    assert "name 3 organisations in Middlesbrough; 1 of them are here." in html
    assert re.search(
        r'School</th><td class="number">1</td>.*?"/organisations/\?place=middlesbrough&amp;kind=school"', html
    )


def test_the_list_of_an_empty_cell_says_what_the_picture_says(client: Client):
    user = coordinator(client)
    one_kind = "Somebody who coordinates this place looked"
    confirm_none(gazetteer()[MIDDLESBROUGH], "choices-at-16", "digital", user=user, note="I looked.")
    step = f"{JOURNEY}list/?step=choices-at-16"
    assert state(client, step) == ("unknown", "?")  # of one kind alone
    assert one_kind not in page(client, step)
    assert one_kind in page(client, CELL_URL)
    other = CoordinatorFactory(place=place("hartlepool"))
    confirm_none(gazetteer()[HARTLEPOOL], "choices-at-16", "digital", user=other, note="I looked, too.")
    both = "place=middlesbrough&place=hartlepool"
    cell = f"/journey/list/?{both}&step=choices-at-16&support=digital"
    assert state(client, cell, f"/journey/?{both}") == ("none", "0")
    assert "In each of these places somebody who coordinates it looked" in page(client, cell)


def test_the_file_says_the_day_that_the_page_says(client: Client):
    user = coordinator(client)
    kept = confirm_none(gazetteer()[MIDDLESBROUGH], "returning", "money", user=user, note="=1+1")
    late = datetime.datetime(2026, 7, 1, 23, 30, tzinfo=datetime.UTC)  # half past midnight here
    Confirmation.objects.filter(pk=kept.pk).update(confirmed_at=late, lapses_on=datetime.date(2999, 1, 1))
    assert "looked on 2 Jul 2026" in page(client, f"{JOURNEY}list/?step=returning&support=money")
    rows = b"".join(client.get("/places/middlesbrough/journey.csv")).decode()  # type: ignore[call-overload]
    assert ",2026-07-02,2999-01-01,'=1+1" in rows
