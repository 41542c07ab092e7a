"""Discussions that everyone may read are found by what is said in them; nothing else of them leaks."""

from __future__ import annotations

import pytest
from django.test import Client

from discussions.about import of_organisation, of_place
from discussions.domain.posting import remove_post
from discussions.domain.tending import change_readers
from discussions.models import Thread, Visibility
from places.queries import gazetteer
from search.domain.hearing import catch_up
from search.domain.indexing import rebuild
from search.models import SearchDocument
from search.query import What
from tests.factories.discussions import member, post_in, thread_by
from tests.factories.initiatives import CARDIFF, MIDDLESBROUGH
from tests.factories.organisations import OrganisationFactory
from tests.factories.search import ask, keep_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]


def found(address: str) -> list[str]:
    catch_up()
    answer = ask(f"what=discussions&{address}")
    names = dict(Thread.objects.values_list("pk", "title"))
    return [names[hit.pk] for hit in answer.results.hits]


def test_a_discussion_is_found_by_its_title_its_tags_and_what_was_said():
    thread = thread_by(title="Who meets the Year 7s?", text="We have twelve mentors.", tags=["transition"])
    post_in(thread, text="A **phonics** club on Fridays.")
    thread_by(title="Buses", text="Nothing to do with it.")
    for words in ("meets", "mentoring", "phonics", "transition"):
        assert found(f"q={words}&exact=1") == ["Who meets the Year 7s?"], words
    keep_up()
    page = Client().get("/search/?q=phonics&what=discussions").content.decode()
    assert "<mark>phonics</mark> club on Fridays" in page and "1 discussion" in page


def test_a_discussion_belongs_to_its_place_and_what_holds_it():
    thread_by(title="Here", subject=of_place(gazetteer()[MIDDLESBROUGH]))
    thread_by(title="There", subject=of_place(gazetteer()[CARDIFF]))
    thread_by(title="The region", subject=of_place(gazetteer()["E12000001"]))
    assert found("where=middlesbrough") == ["Here"]
    assert set(found("where=north-east")) == {"Here", "The region"}
    assert set(found("where=england")) == {"Here", "The region"}
    assert found("where=TS1&miles=10") == ["Here"]
    assert found("region=W92000004") == ["There"]


def test_what_is_not_for_everyone_is_neither_found_nor_counted():
    own = OrganisationFactory(is_public=False)
    thread_by(title="Secret members", visibility=Visibility.MEMBERS)
    opener = member(of=own)
    thread_by(opener, title="Secret parties", visibility=Visibility.ORGANISATIONS, organisations=[own])
    thread_by(opener, title="Secret subject", subject=of_organisation(own))
    hidden = thread_by(title="Secret hidden")
    Thread.objects.filter(pk=hidden.pk).update(hidden_at="2026-01-01T00:00Z")
    assert found("q=secret&exact=1") == []
    assert ask("what=discussions").results.total == 0
    rebuild()
    assert not SearchDocument.objects.filter(kind=What.DISCUSSIONS).exists()


def test_a_discussion_that_closes_itself_off_is_gone_at_once(django_capture_on_commit_callbacks):
    own = OrganisationFactory(is_public=True)
    opener = member(of=own)
    thread = thread_by(opener, title="Open until now")
    assert found("q=open&exact=1") == ["Open until now"]
    with django_capture_on_commit_callbacks(execute=True):
        change_readers(thread, user=opener, visibility=Visibility.ORGANISATIONS, organisations=[own])
    keep_up()
    assert ask("what=discussions&q=open&exact=1").results.total == 0


def test_a_removed_post_is_found_by_its_words_no_more(django_capture_on_commit_callbacks):
    author = member()
    thread = thread_by(title="Plain")
    post = post_in(thread, author, text="An embarrassing zebra")
    assert found("q=zebra&exact=1") == ["Plain"]
    with django_capture_on_commit_callbacks(execute=True):
        remove_post(post, user=author)
    assert ask("what=discussions&q=zebra&exact=1").results.total == 0


def test_a_discussion_is_described_again_only_when_something_was_said():
    thread = thread_by(title="Once")
    assert catch_up() == 1
    assert catch_up() == 0
    post_in(thread, text="More of it.")
    assert catch_up() == 1
    thread.delete()
    assert catch_up() == 0
