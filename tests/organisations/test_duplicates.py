"""Organisations entered twice: proposed with reasons, kept as they are now, decided by moderators."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisations.domain.editing import edit_organisation
from organisations.domain.errors import NotAllowed
from organisations.domain.proposing import propose_duplicates, propose_for, set_aside, take_up
from organisations.domain.registering import Details, register_organisation
from organisations.duplicates.entries import Entry, domain_of, key_of
from organisations.duplicates.queries import how_many_duplicates, side_by_side
from organisations.duplicates.reasons import known_apart, names_alike, strong, weak
from organisations.models import DuplicateProposal, Identifier
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.organisations import OrganisationFactory

PAGE = "/organisations/duplicates/"


def entry(name: str, pk: int = 1, **said) -> Entry:
    return Entry(pk=pk, name=name, key=key_of(name), **said)


def kinds(reasons):
    return [reason.kind for reason in reasons]


def test_words_of_law_and_shared_hosts_say_nothing():
    assert key_of("The Bridge Ltd.") == key_of("bridge") == "bridge"
    assert key_of("The Limited") == "the limited"
    assert domain_of("https://www.Bridge.org.uk/about") == "bridge.org.uk"
    assert domain_of("https://www.facebook.com/bridge") == domain_of("http://[broken") == domain_of("") == ""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (entry("The Bridge", postcode="TS11AB"), entry("Bridge Ltd", 2, postcode="TS11AB"), ["postcode"]),
        (entry("Bridge", postcode="TS11AB"), entry("Harbour", 2, postcode="TS11AB"), []),
        (entry("Bridge Trust", domain="b.org"), entry("Bridge Trust Leeds", 2, domain="b.org"), ["domain"]),
        (entry("Bridge Trust", domain="b.org"), entry("Harbour Club", 2, domain="b.org"), []),
        (
            entry("Bridge Society", numbers=frozenset({("GB-MPR", "29000R")})),
            entry("Bridge Socety", 2, numbers=frozenset({("GB-COH", "29000R")})),
            ["number"],
        ),
        (entry("Bridge"), entry("Bridge", 2), []),
    ],
)
def test_a_number_or_the_name_with_a_postcode_or_a_domain_suffices(one, other, expected):
    assert kinds(strong(one, other)) == kinds(strong(other, one)) == expected


def test_what_the_matcher_finds_needs_names_that_are_alike():
    one, other = entry("Bridge Trust", place="Leeds"), entry("Bridge Trst", 2, place="Leeds")
    assert kinds(weak(one, other)) == ["names", "place"]
    assert names_alike(one, other) and not names_alike(one, entry("Harbour Club"))
    assert weak(one, entry("Harbour Club", 3, place="Leeds")) == []
    school = frozenset({("GB-EDU", "100001")})
    assert known_apart(entry("A", numbers=school), entry("A", numbers=frozenset({("GB-EDU", "100002")})))
    assert not known_apart(entry("A", numbers=school), entry("A", numbers=frozenset({("GB-UKPRN", "10000001")})))


def two(**said):
    return OrganisationFactory(name="The Bridge Trust", **said), OrganisationFactory(name="Bridge Trust", **said)


@pytest.mark.django_db
def test_the_daily_look_proposes_keeps_and_drops():
    first, second = two(postcode="TS1 1AB", website="https://bridge.example")
    OrganisationFactory(name="Harbour Club", postcode="TS1 1AB")
    call_command("find_duplicates")
    call_command("find_duplicates")
    row = DuplicateProposal.objects.get()
    assert (row.first, row.second, row.state) == (first, second, "open")
    assert {kind for kind, _about in row.reasons} == {"postcode", "domain"}
    [shown] = side_by_side([row])
    assert shown.reasons == [
        "Names alike, and the same web domain, bridge.example.",
        "The same name and postcode, TS1 1AB.",
    ]
    second.name, second.postcode, second.website = "Something Quite Different", "", ""
    second.save()
    assert propose_duplicates() == 0
    assert not DuplicateProposal.objects.exists()


@pytest.mark.django_db
def test_names_with_a_slip_are_found_by_the_matcher_among_others():
    streams = ("Abbey", "Beck", "Carr", "Dale", "Elm", "Ford", "Gill", "Hurst", "Ings", "Kirk")
    names = [f"{stream} {what}" for stream in streams for what in ("Reading Club", "Youth Trust", "Mentors", "Kitchen")]
    for number, name in enumerate(names):
        OrganisationFactory(name=name, postcode=f"TS{number} 1AB")
    other = OrganisationFactory(name="Abbey Yuoth Trust", postcode="TS1 1AB")
    propose_duplicates()
    [row] = DuplicateProposal.objects.all()
    assert (row.first.name, row.second) == ("Abbey Youth Trust", other)
    assert kinds_of(row) == ["names", "postcode"]
    for organisation, number in ((row.first, "100001"), (row.second, "100002")):
        Identifier.objects.create(organisation=organisation, scheme="GB-EDU", value=number)
    assert propose_duplicates() == 0  # their register has them apart


def kinds_of(row):
    return [kind for kind, _about in row.reasons]


@pytest.mark.django_db
def test_what_was_set_aside_stays_away_until_it_is_taken_up():
    moderator = ModeratorFactory()
    two(postcode="TS1 1AB")
    propose_duplicates()
    row = DuplicateProposal.objects.get()
    with pytest.raises(NotAllowed):
        set_aside(row, user=UserFactory())
    set_aside(row, user=moderator)
    set_aside(row, user=moderator)
    propose_duplicates()
    propose_for(row.first_id)
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("apart", moderator)
    assert how_many_duplicates() == 0
    take_up(row, user=moderator)
    propose_duplicates()
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("open", None)


@pytest.mark.django_db
def test_one_that_is_entered_or_changed_is_looked_for_at_once(django_capture_on_commit_callbacks):
    person = UserFactory()
    there = OrganisationFactory(name="Bridge Trust", postcode="TS1 1AB")
    details = Details(name="The Bridge Trust", kind="charity", postcode="TS1 1AB")
    with django_capture_on_commit_callbacks(execute=True):
        made = register_organisation(details, user=person)
    assert DuplicateProposal.objects.get().first == there
    DuplicateProposal.objects.all().delete()
    changed = Details(name="Bridge Trust", kind="charity", postcode="TS1 1AB")
    with django_capture_on_commit_callbacks(execute=True):
        edit_organisation(made, changed, user=person, seen=None)
    assert DuplicateProposal.objects.get().second == made
    assert propose_for(10**9) == 0  # gone before the worker came to it


@pytest.mark.django_db
def test_moderators_see_both_side_by_side_and_say_that_they_are_two(client):
    first, second = two(postcode="TS1 1AB")
    propose_duplicates()
    sign_in(client, ModeratorFactory())
    page = client.get(PAGE).content.decode()
    assert first.name in page and second.name in page and "The same name and postcode" in page
    answer = reverse("organisation-duplicate-answer", args=[DuplicateProposal.objects.get().pk])
    assert "Choose one of the buttons" in client.post(answer, {"answer": "perhaps"}, follow=True).content.decode()
    assert "stay two organisations" in client.post(answer, {"answer": "apart"}, follow=True).content.decode()
    assert "Nothing waits" in client.get(PAGE).content.decode()
    aside = client.get(PAGE, {"state": "apart"}).content.decode()
    assert "Propose them again" in aside
    client.post(answer, {"answer": "again"})
    assert DuplicateProposal.objects.get().state == "open"
    assert client.get(PAGE, {"page": "x"}).status_code == 200


@pytest.mark.django_db
def test_twenty_pairs_ask_the_database_as_often_as_one(client, django_assert_num_queries):
    sign_in(client, ModeratorFactory())
    two(postcode="TS1 1AB")
    propose_duplicates()
    client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for number in range(19):
        OrganisationFactory(name=f"Harbour {number}", postcode="TS1 2AB")
        OrganisationFactory(name=f"Harbour {number} Ltd", postcode="TS1 2AB")
    assert propose_duplicates() == 20
    with django_assert_num_queries(len(one)):
        client.get(PAGE)
