"""The demo's data: whole, varied, and nobody's real name."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from demo.domain import reading
from demo.domain.loading import PASSWORD, NotForDemo, load_demo
from discussions.models import Thread, Visibility
from initiatives.domain.asking import ask_what_is_due
from initiatives.models import Initiative
from initiatives.queries.counting import counts_for
from initiatives.queries.states import queue, work_to_do
from notifications.models import Message, Notice
from organisations.identifiers import parse_org_id
from organisations.models import DuplicateProposal, Organisation
from organisations.queries import open_claims
from places.postcodes import parse_postcode
from places.queries import UK_CODE, gazetteer
from search.models import SavedSearch
from tests.factories.accounts import UserFactory, sign_in
from texts.cleaning import fold
from texts.vocabulary import Focus, OrganisationKind, PartnerRole, Reach, Stage, Support, Transition

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def test_there_is_enough_of_everything():
    assert len(reading.initiatives()) >= 150
    assert len(reading.organisations()) >= 70
    assert len(reading.pairs()) >= 60


@pytest.mark.parametrize(
    ("name", "vocabulary"), [("stages", Stage), ("transitions", Transition), ("support", Support), ("focus", Focus)]
)
def test_every_word_of_a_vocabulary_is_used_and_no_other(name, vocabulary):
    used = {word for row in reading.initiatives() for word in row[name]}
    assert used <= set(vocabulary.values)
    assert set(vocabulary.values) - used <= {"justice"} if name != "focus" else len(used) >= 14


def test_every_kind_of_organisation_and_every_reach_is_there():
    assert {row["kind"] for row in reading.organisations()} == set(OrganisationKind.values)
    assert {row["reach"] for row in reading.initiatives()} == set(Reach.values)


def test_every_key_leads_somewhere():
    organisations = {row["key"] for row in reading.organisations()}
    initiatives = {row["key"] for row in reading.initiatives()}
    assert len(organisations) == len(reading.organisations())
    assert len(initiatives) == len(reading.initiatives())
    for row in reading.initiatives():
        assert row["lead"] in organisations
        assert {one["organisation"] for one in row.get("partners", [])} <= organisations - {row["lead"]}
        assert {one["role"] for one in row.get("partners", [])} <= set(PartnerRole.values)
        assert set(row.get("next", [])) <= initiatives - {row["key"]}
    for person in reading.people():
        assert set(person.get("organisations", {})) <= organisations
    for pair in reading.pairs():
        assert {pair["a"], pair["b"]} <= initiatives


@pytest.mark.django_db
def test_every_place_is_real_and_every_postcode_lies_in_it():
    gaz = gazetteer()
    for row in reading.organisations():
        assert parse_postcode(row["postcode"]).authority_code == row["place"], row["key"]
    for row in reading.initiatives():
        assert all(code in gaz for code in row.get("places", [])), row["key"]
    nations = {gaz.ancestors(row["place"])[-2] for row in reading.organisations()}
    assert nations == {place.code for place in gaz.of_kind("nation")}


def test_texts_fit_and_ages_are_in_order():
    for row in reading.initiatives():
        assert len(row["title"]) <= 140, row["key"]
        assert 20 <= len(row["summary"]) <= 300, row["key"]
        assert row.get("age_min", 0) <= row.get("age_max", 120), row["key"]


def test_every_public_text_is_one_that_somebody_wrote_for_it():
    public = [row for row in reading.initiatives() if row.get("state", "live") in {"live", "live_with_edit"}]
    for row in public:
        assert 55 <= len(row["description"].split()) <= 150, row["key"]
    for name in ("title", "summary", "description"):
        assert len({row[name] for row in public}) == len(public), name
    sentences = Counter(
        sentence.strip()
        for row in public
        for sentence in re.split(r"(?<=[.!?])\s+", row["description"])
        if len(sentence.split()) > 5
    )
    assert [sentence for sentence, times in sentences.items() if times > 2] == []


def test_pairs_say_one_thing_of_each_two():
    pairs = reading.pairs()
    assert len({frozenset((pair["a"], pair["b"])) for pair in pairs}) == len(pairs)
    assert {pair["relation"] for pair in pairs} == {"overlap", "next-step", "complement", "twin", "unrelated"}


@pytest.mark.parametrize(
    ("place", "column", "word"),
    [
        ("W06000001", "stages", "16-18"),
        ("E07000010", "transitions", "progression"),
        ("E07000062", "transitions", "progression"),
        ("S12000042", "transitions", "progression"),
    ],
)
def test_the_gaps_that_were_left_are_still_open(place, column, word):
    there = [row for row in reading.initiatives() if place in row.get("places", [])]
    assert len(there) >= 3
    assert [row["key"] for row in there if word in row[column]] == []


def test_addresses_and_numbers_are_nobodys():
    for row in [*reading.organisations(), *reading.initiatives()]:
        assert row.get("website", "https://x.example").split("/")[2].endswith(".example")
        assert row.get("contact_phone", "01632 960000").startswith("01632 960")
    assert all(person["email"].endswith(".example") for person in reading.people())
    for row in reading.organisations():
        assert all(parse_org_id(text) for text in row.get("identifiers", [])), row["key"]


def test_no_organisation_carries_the_name_of_a_real_one():
    if not SHARED.exists():
        pytest.skip("The public registers are not here: put the shared data beside the checkout.")
    real = set()
    for path, column in (
        ("charities/ukcat_sample.csv", "name"),
        ("organisations/schools_england.csv", "name"),
        ("organisations/universities.csv", "name"),
        ("organisations/fe_colleges.csv", "name"),
        ("organisations/employers.csv", "name"),
    ):
        with (SHARED / path).open(encoding="utf-8", newline="") as file:
            real |= {fold(row[column]) for row in csv.DictReader(file)}
    assert [row["name"] for row in reading.organisations() if fold(row["name"]) in real] == []


@pytest.mark.django_db
def test_it_loads_once_with_drafts_and_edits_that_wait(mailoutbox):
    call_command("prepare", verbosity=0)
    assert load_demo() is True
    assert load_demo() is False
    assert mailoutbox == []
    live = Initiative.objects.filter(live=True).exclude(status="ended").count()
    assert counts_for(UK_CODE).total() == live >= 150
    assert Organisation.objects.count() == len(reading.organisations())
    waiting = queue()
    assert {one.is_edit for one in waiting} == {True, False}
    assert Initiative.objects.filter(live=False).exists()
    states = {one.state for user in User.objects.all() for one in work_to_do(user)}
    assert {"draft", "waiting", "returned", "live"} <= states
    twice = DuplicateProposal.objects.get()
    assert {twice.first.name, twice.second.name} == {"Riverbank Youth Trust", "The Riverbank Youth Trust"}
    assert [one.organisation.name for one in open_claims()] == ["The Riverbank Youth Trust"]
    assert ask_what_is_due(timezone.now()).first == 1


@pytest.mark.django_db
def test_whoever_the_command_names_can_sign_in(client):
    call_command("prepare", verbosity=0)
    load_demo()
    shown = [person["email"] for person in reading.people() if person.get("shown")]
    assert len(shown) >= 8
    for email in shown:
        assert client.login(username=email, password=PASSWORD), email


@pytest.mark.django_db
def test_it_keeps_out_of_a_database_that_real_people_use():
    UserFactory()
    with pytest.raises(NotForDemo):
        load_demo()
    assert Organisation.objects.count() == 0


def test_no_text_carries_a_field_that_belongs_in_its_own_place():
    texts = [row[name] for row in reading.initiatives() for name in ("summary", "description", "how_to_join")]
    assert [text for text in texts if any(line.startswith("@") for line in text.splitlines())] == []


@pytest.mark.django_db
def test_saved_searches_have_told_their_owners_what_is_new_by_inbox_alone():
    load_demo()
    owners = {row["owner"] for row in reading.searches()}
    assert {notice.user.email for notice in Notice.objects.select_related("user")} == owners
    assert SavedSearch.objects.count() == len(reading.searches())
    for saved in SavedSearch.objects.all():
        told = saved.results.exclude(told_at=None).count()
        assert 0 < told < saved.results.count(), saved.name
    assert not Message.objects.exists()


def test_discussions_name_people_organisations_and_initiatives_that_there_are():
    people = {row["email"] for row in reading.people()}
    keys = {row["key"] for row in reading.organisations()}
    initiatives = {row["key"] for row in reading.initiatives()}
    for row in reading.threads():
        kind, _colon, key = row["about"].partition(":")
        assert kind in ("", "place", "initiative") and (kind != "initiative" or key in initiatives), row["title"]
        assert set(row.get("organisations", ())) <= keys
        hours = [post["hours"] for post in row["posts"]]
        assert hours == sorted(hours, reverse=True), row["title"]
        for number, post in enumerate(row["posts"], start=1):
            said = {post["by"], *(email for emails in post.get("reactions", {}).values() for email in emails)}
            assert said <= people and post.get("answers", 1) <= max(1, number - 1), (row["title"], number)


@pytest.mark.django_db
def test_the_demo_has_talk_to_read_and_something_new_for_who_signs_in():
    load_demo()
    assert Thread.objects.count() == len(reading.threads()) + len(reading.partnerships())
    assert {thread.visibility for thread in Thread.objects.all()} == set(Visibility.values)
    outreach = User.objects.get(email="outreach@demo.example")
    page = sign_in(Client(), outreach).get("/discussions/?which=unread").content.decode()
    assert "Who meets the Year 7s north of the railway?" in page
