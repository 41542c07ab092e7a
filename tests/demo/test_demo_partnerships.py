"""The demo's partnerships: as the product would have made them, and nobody was told."""

from __future__ import annotations

import pytest

from accounts.models import User
from demo.domain import reading
from demo.domain.loading import load_demo
from discussions.permissions import can_read as can_read_thread
from notifications.models import Notice
from organisations.models import Organisation
from partnerships.domain.settling import settle
from partnerships.models import Closing, Partnership, PartyRole, State
from partnerships.permissions import can_read_record


def test_every_key_of_a_partnership_leads_somewhere():
    organisations = {row["key"] for row in reading.organisations()}
    initiatives = {row["key"] for row in reading.initiatives()}
    people = {row["email"]: row.get("organisations", {}) for row in reading.people()}
    for row in reading.partnerships():
        for version in row["versions"]:
            parties = [*version.get("parties", ()), *version.get("adds", ()), *version.get("changes", ())]
            assert {one["organisation"] for one in parties} <= organisations
            assert {one["role"] for one in parties} <= set(PartyRole.values)
            assert set(version.get("initiatives", ())) <= initiatives
            for said in (*version["agreed"], *version.get("asked", ())):
                assert people[said["by"]].get(said["organisation"]) in ("owner", "editor"), said
        assert {post["by"] for post in row["talk"]} <= people.keys()


@pytest.mark.django_db
def test_one_is_in_force_one_waits_and_one_has_ended():
    load_demo()
    by_state = {one.state: one for one in Partnership.objects.select_related("stands", "thread")}
    assert set(by_state) == set(State)
    network = by_state[State.IN_FORCE]
    assert network.stands.parties.count() == 5
    assert network.has_pending and network.is_public and network.actions.exists()
    assert set(by_state[State.ENDED].closings.values_list("how", flat=True)) == set(Closing.How.values)
    coordinator = User.objects.get(email="coordinator@demo.example")
    assert can_read_record(coordinator, network) and can_read_thread(
        coordinator, network.thread
    )  # a party’s editor too
    assert not can_read_record(coordinator, by_state[State.PROPOSED])
    assert not Notice.objects.filter(kind="partnership").exists()
    before = Partnership.objects.order_by("pk").values()
    was, readers = list(before), network.readers.count()
    settle(network)  # what was written by hand is what the verbs would have left
    assert list(before.all()) == was
    assert network.readers.count() == readers
    assert Organisation.objects.get(name="Bellhaven University") in network.invited.all()
