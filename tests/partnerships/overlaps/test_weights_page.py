"""The page of weights: who reads it, what it says, and turning back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.overlaps.models import Relation, Weighting
from partnerships.overlaps.queries.weighing import current_weights, tables
from partnerships.overlaps.relations import BIAS, SHIPPED
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.organisations import OrganisationFactory
from tests.factories.overlaps import JudgementFactory

pytestmark = pytest.mark.django_db
WEIGHTS = reverse("overlap-weights")
LEARNED = {relation: {**weights, "place": weights.get("place", 0.0) + 0.75} for relation, weights in SHIPPED.items()}


def weighting(**given: Any) -> Weighting:
    return Weighting.objects.create(**{"weights": LEARNED, "judgements": 80, "organisations": 7, **given})


def page(client: Client) -> str:
    answer = client.get(WEIGHTS)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_visitor_is_led_to_the_door(client: Client):
    assert "/login/" in client.get(WEIGHTS)["Location"]


def test_anyone_signed_in_reads_each_relation_and_that_nothing_was_learned_yet(client: Client):
    sign_in(client, UserFactory())
    html = page(client)
    assert "Nothing has been learned yet" in html
    for relation in Relation:
        assert f">{relation.label}</h2>" in html
    assert "Turn back to these weights" not in html
    for word in ("logit", "bias", "regression"):
        assert word not in html.lower()


def test_what_was_learned_stands_beside_what_was_shipped(client: Client):
    weighting()
    sign_in(client, UserFactory())
    html = page(client)
    assert "80 judgements, by people of 7 organisations" in html
    assert "0.75 more" in html
    overlap = tables(current_weights())[0]
    shipped = SHIPPED[Relation.OVERLAP]["place"]
    assert [(line.shipped, line.now, line.change) for line in overlap.lines if line.change] == [
        (shipped, shipped + 0.75, 0.75)
    ]
    assert overlap.lines[0].shipped == SHIPPED[Relation.OVERLAP][BIAS]


def test_how_many_judgements_there_are_by_how_many_organisations_is_said(client: Client):
    JudgementFactory()
    JudgementFactory(organisation=OrganisationFactory())
    JudgementFactory(organisation=None)
    sign_in(client, UserFactory())
    html = " ".join(page(client).split())
    assert "3 judgements count today, by people of 2 organisations." in html


def test_a_moderator_turns_back_to_an_earlier_set_or_the_shipped_one(client: Client):
    first = weighting()
    weighting(weights={**LEARNED, Relation.TWIN: SHIPPED[Relation.TWIN]}, judgements=90)
    sign_in(client, ModeratorFactory())
    assert "Turn back to these weights" in page(client)
    answer = client.post(WEIGHTS, {"weighting": first.pk, "note": "Twins <got> worse"}, follow=True)
    assert answer.redirect_chain == [(WEIGHTS, 302)]
    assert current_weights() == LEARNED
    html = answer.content.decode()
    assert "Turned back by a moderator: Twins &lt;got&gt; worse" in html
    client.post(WEIGHTS, {"weighting": "", "note": "As it came"})
    assert current_weights() == SHIPPED
    assert Weighting.objects.count() == 4


def test_turning_back_wants_a_reason_and_a_set_that_there_is(client: Client):
    sign_in(client, ModeratorFactory())
    answer = client.post(WEIGHTS, {"weighting": "", "note": " "})
    assert answer.status_code == 422
    assert "Say in a few words why" in answer.content.decode()
    answer = client.post(WEIGHTS, {"weighting": "12345", "note": "Why not"})
    assert answer.status_code == 422
    assert 'value="Why not"' in answer.content.decode()
    assert not Weighting.objects.exists()


def test_nobody_else_turns_anything_back(client: Client):
    sign_in(client, UserFactory())
    assert client.post(WEIGHTS, {"weighting": "", "note": "I like these"}).status_code == 403
    assert not Weighting.objects.exists()


def test_weights_of_an_earlier_version_with_other_parts_are_shown_all_the_same(client: Client):
    weighting(weights={**LEARNED, Relation.TWIN: {BIAS: -1.0, "tags": 0.5}})
    sign_in(client, UserFactory())
    page(client)
    twin = tables(current_weights())[-1]
    assert {line.label for line in twin.lines} >= {"the tags", "the purpose, by their texts"}


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_the_same_however_long_the_history_is(
    number: int, client: Client, django_assert_max_num_queries: Any
):
    for _ in range(number):
        weighting(note="Turned back", made_by=ModeratorFactory())
    sign_in(client, UserFactory())
    page(client)
    with django_assert_max_num_queries(12):
        page(client)
