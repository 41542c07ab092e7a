"""What is close to a draft, read by its writers before they submit it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.models import Initiative
from partnerships.overlaps.models import Pair, Profile
from partnerships.overlaps.queries.drafts import SHOWN, close_to_draft
from tests.factories.accounts import sign_in
from tests.factories.initiatives import CARDIFF, InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Any:
    return MembershipFactory().user


def draft_by(editor: Any, **answers: Any) -> Initiative:
    alike = {
        **{"stages": ("primary", "secondary"), "transitions": ("primary-to-secondary",), "title": "Bridge"},
        **{"summary": "Mentors meet Year 6 pupils every week until they have settled in Year 7."},
    }
    return draft_of(editor, editor.memberships.get().organisation, **{**alike, **answers})


def latest(draft: Initiative) -> Initiative:
    found: Initiative = draft.get_latest_revision_as_object()
    return found


def check(client: Client, editor: Any, draft: Initiative) -> str:
    sign_in(client, editor)
    answer = client.get(reverse("initiative-check", args=[draft.pk]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_what_is_close_is_shown_on_the_check_page_with_what_it_is(client: Client, editor: Any):
    near = InitiativeFactory(title="Stepping Up")
    far = InitiativeFactory(title="Debt Line", summary="Debt advice.", support=("money",), places=[CARDIFF])
    html = check(client, editor, draft_by(editor))
    assert near.title in html
    assert "Overlap" in html
    assert far.title not in html


def test_where_nothing_is_close_the_page_is_there_all_the_same(client: Client, editor: Any):
    assert close_to_draft(latest(draft_by(editor))) == []
    check(client, editor, draft_by(editor))


def test_only_the_closest_three_are_shown(editor: Any):
    for _ in range(SHOWN + 2):
        InitiativeFactory()
    assert len(close_to_draft(latest(draft_by(editor)))) == SHOWN


def test_an_organisations_own_are_left_out(editor: Any):
    InitiativeFactory(lead_organisation=editor.memberships.get().organisation)
    assert close_to_draft(latest(draft_by(editor))) == []


def test_a_new_version_of_what_is_public_is_not_close_to_itself(editor: Any):
    own = InitiativeFactory(lead_organisation=editor.memberships.get().organisation)
    other = InitiativeFactory()
    assert [one.card.title for one in close_to_draft(latest(own))] == [other.title]


def test_what_was_typed_last_counts_and_is_seen_by_nobody_else(editor: Any):
    here, there = InitiativeFactory(title="Here"), InitiativeFactory(title="There", places=[CARDIFF])
    found = close_to_draft(latest(draft_by(editor, places=[CARDIFF])))
    assert found[0].card.title == "There"
    assert {one.label for one in found if one.card.title == "Here"} <= {"Twin elsewhere"}
    assert not Pair.objects.exists()
    assert set(Profile.objects.values_list("pk", flat=True)) == {here.pk, there.pk}


@pytest.mark.parametrize(
    "answers",
    [
        {"reach": "", "places": []},
        {"stages": (), "transitions": (), "support": (), "summary": "", "title": "?"},
        {"reach": "uk", "places": []},
        {"title": "x" * 140, "summary": "\u202e🪨" * 60, "description": "[a](b) **" * 3000},
    ],
)
def test_an_unfinished_draft_is_no_error(client: Client, editor: Any, answers: dict[str, Any]):
    InitiativeFactory()
    check(client, editor, draft_by(editor, **answers))


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_the_same_queries_for_one_and_for_thirty(editor: Any, number: int, django_assert_num_queries: Any):
    for _ in range(number):
        InitiativeFactory()
    draft = latest(draft_by(editor))
    with django_assert_num_queries(6):
        assert close_to_draft(draft)
