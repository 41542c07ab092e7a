"""Moderators edit the field's synonyms in the CMS; the next search knows."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.domain.granting import ensure_groups
from search.models import Synonym
from tests.factories.accounts import EditorFactory, ModeratorFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.search import titles

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_search_synonym:list"
ADD = "wagtailsnippets_search_synonym:add"


@pytest.fixture
def moderator(client: Client, settings) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False
    ensure_groups()
    client.force_login(ModeratorFactory())
    return client


def test_what_a_moderator_adds_the_next_search_knows(moderator: Client):
    InitiativeFactory(title="Scouting for all")
    assert titles("q=baden&exact=1") == []
    response = moderator.post(reverse(ADD), {"terms": " baden ,scouting,, Scouting", "note": ""})
    assert response.status_code == 302
    assert Synonym.objects.filter(terms="baden, scouting, Scouting").exists()
    assert titles("q=baden&exact=1") == ["Scouting for all"]
    assert "baden, scouting" in moderator.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("terms", ["alone", "same, Same", ", ,", "the, of", ""])
def test_fewer_than_two_different_terms_are_refused_in_a_sentence(terms: str):
    with pytest.raises(ValidationError, match=r"two different terms|cannot be blank"):
        Synonym(terms=terms).full_clean()


def test_the_form_keeps_what_was_typed_and_says_what_to_mend(moderator: Client):
    page = moderator.post(reverse(ADD), {"terms": "alone", "note": ""}).content.decode()
    assert "at least two different terms" in page and 'value="alone"' in page


def test_an_editor_of_pages_may_not(client: Client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    ensure_groups()
    client.force_login(EditorFactory())
    assert client.get(reverse(ADD)).status_code == 302
    assert client.get(reverse(LIST)).status_code == 302
