"""Health, request ids and the pages of errors."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from config.schedule import Job, run_due
from places.models import Place


def test_healthz_asks_nothing_of_the_database(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_readyz_says_ready_once_the_places_are_loaded(client):
    assert client.get("/readyz").json() == {"status": "ready"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_may_come_by_address_and_only_read(client, path):
    assert client.get(path, headers={"Host": "10.1.2.3:8000"}).status_code == 200
    assert client.post(path).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_readyz_says_what_is_missing(client):
    Place.members.through.objects.all().delete()
    Place.objects.update(parent=None)
    Place.objects.all().delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "load_places" in answer.json()["places"]
    call_command("load_places", verbosity=0)


def test_an_answer_carries_the_id_of_its_request(client):
    assert client.get("/healthz", headers={"X-Request-ID": "abc-12345678"})["X-Request-ID"] == "abc-12345678"
    assert "<" not in client.get("/healthz", headers={"X-Request-ID": "<script>"})["X-Request-ID"]


@pytest.mark.django_db
def test_an_address_that_is_none_says_so_in_words(client):
    answer = client.get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert "Stepping Stones" in answer.content.decode()


@pytest.mark.django_db
def test_every_page_carries_a_strict_policy(client):
    policy = client.get("/initiatives/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.django_db
def test_a_job_that_fails_hinders_no_other_and_each_runs_once_a_turn():
    heard = []
    jobs = (Job("no_such_command", 60), Job("end_initiatives", 60))
    run_due(lambda command, error: heard.append((command, error is None)), jobs)
    run_due(lambda command, error: heard.append((command, error is None)), jobs)
    assert heard == [("no_such_command", False), ("end_initiatives", True)]
