"""Administrators see how far the index is behind; the health check tells it too and takes nothing away for it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from search.models import IndexChange
from tests.factories.accounts import AdministratorFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.search import keep_up

pytestmark = pytest.mark.django_db
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def administrator(client: Client, settings: Any) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(AdministratorFactory())
    return client


def _page(client: Client) -> str:
    response = client.get("/search/index/")
    assert response.status_code == 200
    return response.content.decode()


def test_where_the_database_searches_there_is_nothing_to_watch(administrator: Client):
    assert "The database searches by itself" in _page(administrator)
    assert administrator.get("/readyz").json() == {"status": "ready"}


def test_an_index_in_step_shows_its_documents(elasticsearch: None, administrator: Client):
    InitiativeFactory()
    keep_up()
    page = _page(administrator)
    assert "elasticsearch" in page and "does not answer" not in page
    assert administrator.get("/readyz").json()["search"] == {"waiting": 0, "lag_seconds": 0, "set_aside": 0}


def test_a_server_that_is_away_is_said_and_what_waits_is_counted(administrator: Client, settings: Any):
    settings.ELASTICSEARCH_URL = NOWHERE
    InitiativeFactory()
    IndexChange.objects.update(created_at=timezone.now() - datetime.timedelta(seconds=90))
    page = _page(administrator)
    assert "does not answer" in page and "the oldest for 90 seconds" in page
    answer = administrator.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["search"]["lag_seconds"] >= 90


def test_what_was_set_aside_is_shown_with_its_reason_and_tried_again(administrator: Client, settings: Any):
    settings.ELASTICSEARCH_URL = NOWHERE
    IndexChange.objects.create(kind="initiatives", object_id=7, set_aside=True, error="<b>a latitude of 123</b>")
    page = _page(administrator)
    assert "&lt;b&gt;a latitude of 123" in page
    page = administrator.post("/search/index/", follow=True).content.decode()
    assert "1 change is tried again." in page
    assert not IndexChange.objects.filter(set_aside=True).exists()
    assert "Nothing was set aside." in administrator.post("/search/index/", follow=True).content.decode()
