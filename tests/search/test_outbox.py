"""What changes reaches the search server once, in order, and whatever fails on the way."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from initiatives.domain.running import end_initiative
from initiatives.models import Initiative
from search.domain.draining import drain, drain_all
from search.domain.indexing import index_documents
from search.domain.mirroring import as_indexed
from search.domain.outbox import try_again, waiting, waiting_since
from search.domain.rebuilding import compare, rebuild_index
from search.engines import EngineFailed
from search.engines.elasticsearch import index
from search.models import IndexChange, SearchDocument
from search.query import What
from tests.factories.accounts import ModeratorFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.search import titles

pytestmark = pytest.mark.django_db


def retitle(one: Initiative, title: str) -> None:
    Initiative.objects.filter(pk=one.pk).update(title=title)
    index_documents(What.INITIATIVES, [one.pk])


def test_where_the_database_searches_nothing_is_noted():
    InitiativeFactory()
    assert not IndexChange.objects.exists()


def test_a_change_that_rolls_back_is_never_told(elasticsearch: None):
    with pytest.raises(RuntimeError), transaction.atomic():
        InitiativeFactory()
        raise RuntimeError
    assert waiting() == 0


def test_the_index_is_the_database_after_every_kind_of_change(elasticsearch: None):
    kept, over = InitiativeFactory(title="Kept"), InitiativeFactory(title="Over")
    assert waiting_since() is not None
    retitle(kept, "Renamed")
    end_initiative(over, user=ModeratorFactory())
    assert titles("q=renamed") == ["Renamed"]
    assert titles("q=over&exact=1") == []
    assert waiting() == 0 and waiting_since() is None
    assert not compare()


def test_an_older_change_that_arrives_late_never_wins(elasticsearch: None):
    one, gone = InitiativeFactory(title="First title"), InitiativeFactory(title="Goes away")
    drain_all()
    rows = SearchDocument.objects.filter(kind="initiatives")
    old = [(row.version, document) for row, document in zip(rows, as_indexed(list(rows)), strict=True)]
    retitle(one, "Second title")
    end_initiative(gone, user=ModeratorFactory())
    drain_all()
    assert index.write(index.living(), old) == []
    index.refresh()
    assert titles("q=second") == ["Second title"]
    assert not compare()


def test_random_edits_endings_repeats_and_stale_tellings_leave_no_difference(elasticsearch: None):
    by = ModeratorFactory()
    for seed in range(5):
        chance = random.Random(seed)
        alive = [InitiativeFactory(title=f"Club {number}") for number in range(6)]
        stale: list[tuple[int, Any]] = []
        for step in range(25):
            what = chance.random()
            if what < 0.5 and alive:
                retitle(chance.choice(alive), f"Club {step} {chance.choice('abc')}")
            elif what < 0.65 and alive:
                end_initiative(alive.pop(chance.randrange(len(alive))), user=by)
            elif what < 0.75:
                alive.append(InitiativeFactory(title=f"New {step}"))
            elif what < 0.85:
                drain(batch=chance.randrange(1, 4))
            elif what < 0.95:
                rows = list(SearchDocument.objects.all())
                stale += zip((max(row.version, 1) for row in rows), as_indexed(rows), strict=True)
            elif stale:
                index.write(index.living(), chance.sample(stale, min(5, len(stale))))
        drain_all()
        index.write(index.living(), stale)
        index.refresh()
        assert not compare(), seed


def test_what_the_index_refuses_is_set_aside_and_the_rest_goes_on(elasticsearch: None, settings: Any):
    bad, _good = InitiativeFactory(title="Bad"), InitiativeFactory(title="Good")
    SearchDocument.objects.filter(object_id=bad.pk, kind="initiatives").update(latitude=123.0, longitude=0.0)
    assert titles("q=good") == ["Good"]
    (refused,) = IndexChange.objects.all()
    assert (refused.object_id, refused.set_aside) == (bad.pk, True)
    assert refused.error
    assert try_again() == 1
    index_documents(What.INITIATIVES, [bad.pk])
    assert titles("q=bad") == ["Bad"]
    assert not IndexChange.objects.exists()


def test_a_later_change_that_is_told_ends_what_was_set_aside(elasticsearch: None):
    bad = InitiativeFactory(title="Bad")
    SearchDocument.objects.filter(object_id=bad.pk, kind="initiatives").update(latitude=123.0, longitude=0.0)
    drain_all()
    retitle(bad, "Mended")
    drain_all()
    assert not IndexChange.objects.exists()


def test_a_rebuild_swaps_the_alias_and_keeps_what_changed_meanwhile(elasticsearch: None):
    ones = [InitiativeFactory(title=f"Club {number}") for number in range(5)]
    drain_all()
    (before,) = index.names_of(index.living())

    def meanwhile(done: int, total: int) -> None:
        """Everything is read; the swap has not been."""
        retitle(ones[0], "Changed meanwhile")
        end_initiative(ones[1], user=ModeratorFactory())
        InitiativeFactory(title="Born meanwhile")
        drain_all()

    assert rebuild_index(meanwhile) == []
    (after,) = index.names_of(index.living())
    assert after != before and index.names_of(index.building()) == []
    assert titles("q=meanwhile") != []
    assert not compare()


def test_a_rebuild_that_fails_leaves_the_living_index_and_the_next_one_clears_up(elasticsearch: None):
    InitiativeFactory(title="Club")
    drain_all()

    def fail(done: int, total: int) -> None:
        raise EngineFailed("gone")

    with pytest.raises(EngineFailed):
        rebuild_index(fail)
    assert index.names_of(index.building()) != []
    assert titles("q=club") == ["Club"]
    retitle(Initiative.objects.get(), "Told to both")
    assert titles("q=both") == ["Told to both"]
    rebuild_index()
    assert index.names_of(index.building()) == []
    assert not compare()


def test_the_check_finds_and_mends_what_is_missing_stale_and_too_many(
    elasticsearch: None, capsys: pytest.CaptureFixture[str]
):
    one, two = InitiativeFactory(title="One"), InitiativeFactory(title="Two")
    drain_all()
    rows = {row.object_id: row for row in SearchDocument.objects.filter(kind="initiatives")}
    (document,) = as_indexed([rows[one.pk]])
    index.write(index.living(), [(rows[one.pk].version, document | {"title_words": "lies"})])
    index.write(index.living(), [(1, document | {"object_id": 999_999})])
    index.write(index.living(), [], [(rows[two.pk].version, "initiatives", two.pk)])
    index.refresh()
    assert len(compare()) == 3
    call_command("search_check", dry_run=True)
    assert "1 missing, 1 not up to date, 1 too many." in capsys.readouterr().out
    call_command("search_check")
    index.refresh()
    assert "Mended." in capsys.readouterr().out
    assert not compare()


def test_the_worker_builds_the_index_where_there_is_none_of_todays_layout(
    elasticsearch: None, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    InitiativeFactory(title="Club")
    IndexChange.objects.all().delete()
    assert index.is_laid_out()
    monkeypatch.setattr(index, "layout", lambda: "another")
    call_command("search_index")
    assert titles("q=club") == ["Club"]


def test_commands_say_what_is_wrong_where_the_server_does_not_answer(elasticsearch: None, settings: Any):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    for command in ("search_rebuild", "search_check"):
        with pytest.raises(CommandError, match="Elasticsearch"):
            call_command(command, verbosity=0)
    call_command("search_index")  # a worker logs it and goes on


def test_without_a_server_a_rebuild_describes_and_a_check_says_so(capsys: pytest.CaptureFixture[str]):
    InitiativeFactory()
    call_command("search_rebuild")
    call_command("search_check")
    said = capsys.readouterr().out
    assert "documents described anew" in said and "no index to compare" in said
