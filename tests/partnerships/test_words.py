"""What was agreed keeps its words, whatever things are called later and wherever they go."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse

from initiatives.models import Initiative
from organisations.models import Organisation
from partnerships.domain.amending import amend
from partnerships.domain.consenting import change_consent
from partnerships.domain.errors import PartnershipError
from partnerships.domain.terms import terms_of
from partnerships.models import AlreadyKept, Party, Version, VersionInitiative, VersionPlace
from partnerships.queries.versions import history_of
from places.models import Place
from tests.factories.accounts import sign_in
from tests.factories.initiatives import HARTLEPOOL, InitiativeFactory
from tests.factories.partnerships import again, days, in_force, party

pytestmark = pytest.mark.django_db


def seen(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def agreed():
    """Two parties, an initiative of each, and what became of their names afterwards."""
    one, two = party("Riverbank"), party("Teeslight")
    nines = InitiativeFactory(lead_organisation=one[0], title="Nines on track")
    steady = InitiativeFactory(lead_organisation=two[0], title="Steady at Fourteen")
    partnership = in_force(one, two, initiatives=(nines.pk, steady.pk))
    Initiative.objects.filter(pk=nines.pk).update(title="Ready at Nine")
    Initiative.objects.filter(pk=steady.pk).update(title="Not to be read", live=False)
    Organisation.objects.filter(pk=two[0].pk).update(name="Harbour Light")
    return again(partnership), one, two, nines, steady


def test_page_history_and_record_show_what_things_were_called_and_the_page_what_they_are_called_now(client, agreed):
    partnership, one, _two, *_rest = agreed
    sign_in(client, one[1])
    page, history, record = (
        seen(client.get(reverse(name, args=[partnership.slug])))
        for name in ("partnership", "partnership-history", "partnership-json")
    )
    for text in (page, history, record):
        assert "Nines on track" in text and "Steady at Fourteen" in text and "Teeslight" in text
        assert "Not to be read" not in text
    assert "(now called Ready at Nine)" in page and "(now called Harbour Light)" in page
    assert "Ready at Nine" not in history and "Harbour Light" not in history
    version = client.get(reverse("partnership-json", args=[partnership.slug])).json()["versions"][0]
    assert version["now_called"] == {"Nines on track": "Ready at Nine", "Teeslight": "Harbour Light"}
    assert [said["organisation"] for said in version["agreements"]] == ["Riverbank", "Teeslight"]
    table = b"".join(client.get(reverse("partnerships-csv"))).decode()
    assert "Teeslight (Delivers)" in table and "Harbour Light" not in table


def test_the_public_summary_names_no_initiative_that_is_off_the_lists(client, agreed):
    partnership, one, two, *_rest = agreed
    for organisation, user in (one, two):
        change_consent(partnership, user=user, organisation=organisation, wanted=True)
    html = seen(client.get(partnership.get_absolute_url()))
    assert "Nines on track" in html and "Steady at Fourteen" not in html and "Not to be read" not in html


def test_an_amendment_keeps_an_initiative_that_is_off_the_lists_and_says_so(client, agreed):
    partnership, one, two, nines, steady = agreed
    sign_in(client, one[1])
    address = reverse("partnership-amend", args=[partnership.slug])
    html = seen(client.get(address))
    assert "Steady at Fourteen (not public any more; it stays in unless you untick it)" in html
    assert "Not to be read" not in html
    data = {
        "title": "One door for Year 7",
        "purpose": "Other words.",
        "where": "Middlesbrough",
        "starts_on": days(0).isoformat(),
        "organisation": one[0].pk,
        "client_id": "x",
        "seen": 1,
        "then": "send",
        "initiatives": [nines.pk, steady.pk],
        "parties-TOTAL_FORMS": 2,
        "parties-INITIAL_FORMS": 0,
        "parties-0-organisation": one[0].pk,
        "parties-0-role": "leads",
        "parties-1-organisation": two[0].pk,
        "parties-1-role": "delivers",
    }
    assert client.post(address, data).status_code == 302
    newest = partnership.versions.get(number=2)
    assert sorted(newest.words["initiatives"].values()) == ["Ready at Nine", "Steady at Fourteen"]
    assert newest.initiatives.count() == 2
    changed = {one.label: [piece.text for piece in one.pieces] for one in history_of(again(partnership))[0].differences}
    assert "Harbour Light" in changed  # the name is part of what they agree to anew
    assert "Teeslight" in "".join(changed["Harbour Light"])


def test_nobody_else_begins_with_an_initiative_that_is_off_the_lists(agreed):
    partnership, one, _two, _nines, steady = agreed
    never_named = InitiativeFactory(lead_organisation=one[0], live=False)
    more = replace(terms_of(partnership.stands), initiatives=(steady.pk, never_named.pk))
    with pytest.raises(PartnershipError, match="not public any more"):
        amend(partnership, more, seen=1, user=one[1], organisation=one[0])


def test_what_is_deleted_stays_in_the_words_and_the_next_version_says_that_it_is_gone(client, agreed):
    partnership, one, _two, nines, _steady = agreed
    Initiative.objects.get(pk=nines.pk).delete()
    sign_in(client, one[1])
    assert "Nines on track" in seen(client.get(partnership.get_absolute_url()))
    html = seen(client.get(reverse("partnership-amend", args=[partnership.slug])))
    assert "“Nines on track” is deleted since" in html


def test_what_a_version_names_can_be_neither_added_nor_changed_nor_taken_away(agreed):
    partnership, one, _two, _nines, steady = agreed
    version, other = partnership.stands, InitiativeFactory(lead_organisation=one[0])
    deeds = [
        lambda: version.initiatives.add(other),
        lambda: version.initiatives.remove(steady),
        lambda: version.initiatives.clear(),
        lambda: version.initiatives.set([other]),
        lambda: other.partnership_versions.add(version),
        lambda: steady.partnership_versions.clear(),
        lambda: version.places.add(Place.objects.get(pk=HARTLEPOOL)),
        lambda: version.places.clear(),
        lambda: VersionInitiative.objects.all().delete(),
        lambda: VersionPlace.objects.update(place=HARTLEPOOL),
        lambda: VersionInitiative.objects.create(version=version, initiative=other),
        lambda: Party.objects.create(version=version, organisation=party()[0], role="funds"),
        lambda: Party.objects.bulk_create([Party(version=version, organisation=party()[0], role="funds")]),
        lambda: Version.objects.update(words={}),
    ]
    for number, deed in enumerate(deeds):
        with pytest.raises(AlreadyKept), transaction.atomic():
            deed()
            pytest.fail(str(number))
    assert version.initiatives.count() == 2 and version.parties.count() == 2


def test_versions_that_were_sent_before_words_were_kept_get_todays(agreed):
    partnership, *_rest = agreed
    name = "0003_what_is_agreed_keeps_its_words"
    as_then = MigrationLoader(connection).project_state([("partnerships", name)]).apps
    as_then.get_model("partnerships", "Version").objects.update(words={})
    import_module(f"partnerships.migrations.{name}").fill(as_then, None)
    words = partnership.versions.get().words
    assert sorted(words["organisations"].values()) == ["Harbour Light", "Riverbank"]
    assert sorted(words["places"].values()) == ["Middlesbrough"]
