"""Merging, renaming, retiring: what would change is shown, then done at once, and nothing old brings a tag back."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from taggit.models import Tag
from wagtail.models import ModelLogEntry

from initiatives.domain.drafting import save_draft
from initiatives.domain.listing import recount
from initiatives.models import Dimension, Initiative, InitiativeTag, PlaceCount
from initiatives.queries.counting import tag_counts
from initiatives.tagging.domain import spreading
from initiatives.tagging.domain.describing import add_synonym, remove_synonym
from initiatives.tagging.domain.merging import merge_tags
from initiatives.tagging.domain.renaming import rename_tag
from initiatives.tagging.domain.retiring import retire_tag, take_up_tag
from initiatives.tagging.errors import NotAllowed, TagError
from initiatives.tagging.models import Synonym
from search.models import SearchDocument
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.initiatives import UK, InitiativeFactory
from tests.factories.search import SavedSearchFactory
from tests.factories.tags import tag

pytestmark = pytest.mark.django_db


def carrying(name: str) -> set[int]:
    return set(InitiativeTag.objects.filter(tag__name=name).values_list("content_object_id", flat=True))


def fresh_counts() -> list[tuple[str, str, int]]:
    rows = PlaceCount.objects.filter(dimension=Dimension.TAG).order_by("place_id", "value")
    return list(rows.values_list("place_id", "value", "within"))


@pytest.fixture
def moderator():
    return ModeratorFactory()


def test_merging_moves_who_carries_it_the_counts_and_the_words_that_are_searched(moderator):
    one, both = InitiativeFactory(tags=["football"]), InitiativeFactory(tags=["soccer", "football"])
    InitiativeFactory(tags=["chess"])
    moved = merge_tags(tag("football"), tag("soccer"), user=moderator)
    assert moved == 2 and carrying("soccer") == {one.pk, both.pk} and carrying("football") == set()
    assert tag_counts(UK) == {"soccer": 2, "chess": 1}
    words = SearchDocument.objects.get(kind="initiatives", object_id=one.pk).name_words
    assert "soccer" in words and "football" not in words
    entry = ModelLogEntry.objects.get(action="tagging.merge")
    assert entry.user == moderator and entry.data == {"gone": "football", "initiatives": 2}


def test_however_many_carry_a_tag_their_counts_are_written_once(moderator, monkeypatch):
    monkeypatch.setattr(spreading, "_BATCH", 1)
    for _number in range(3):
        InitiativeFactory(tags=["football"])
    with CaptureQueriesContext(connection) as asked:
        assert rename_tag(tag("football"), "soccer", user=moderator) == 3
    assert sum('INSERT INTO "initiatives_placecount"' in one["sql"] for one in asked) == 1
    assert tag_counts(UK) == {"soccer": 3}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=4))
def test_those_that_carried_either_carry_the_one_that_stays_and_the_counts_are_as_if_counted_anew(moderator, carried):
    with transaction.atomic():
        for first, second in carried:
            InitiativeFactory(tags=["a"] * first + ["b"] * second)
        before = carrying("a") | carrying("b")
        merge_tags(tag("a"), tag("b"), user=moderator)
        assert carrying("b") == before and carrying("a") == set()
        kept = fresh_counts()
        recount()
        assert fresh_counts() == kept
        transaction.set_rollback(True)


def test_a_version_saved_before_does_not_bring_a_merged_tag_back(moderator):
    row = InitiativeFactory(tags=["football", "chess"])
    old = row.latest_revision
    merge_tags(tag("football"), tag("soccer"), user=moderator)
    assert sorted(Initiative.objects.get(pk=row.pk).get_latest_revision_as_object().tags.names()) == ["chess", "soccer"]
    old.publish()
    assert carrying("soccer") == {row.pk} and carrying("football") == set()
    # Nor does a version with both: it carries the one that stays once.
    other = InitiativeFactory(tags=["chess", "draughts"])
    merge_tags(tag("draughts"), tag("chess"), user=moderator)
    other.latest_revision.publish()
    assert carrying("chess") >= {other.pk} and InitiativeTag.objects.filter(content_object=other).count() == 1


def test_merging_on_leads_every_old_name_to_the_last(moderator, client):
    for name in ("one", "two", "three"):
        InitiativeFactory(tags=[name])
    slug = tag("one").slug
    merge_tags(tag("one"), tag("two"), user=moderator)
    merge_tags(tag("two"), tag("three"), user=moderator)
    assert set(Synonym.objects.values_list("word", "tag__name")) == {("one", "three"), ("two", "three")}
    assert client.get(reverse("tag", args=[slug]))["Location"] == reverse("tag", args=[tag("three").slug])


def test_renaming_keeps_who_carries_it_and_the_old_name_leads_on(moderator, client):
    row = InitiativeFactory(tags=["neets"])
    slug = tag("neets").slug
    rename_tag(tag("neets"), " Not in  Education ", user=moderator)
    assert carrying("not in education") == {row.pk} and tag_counts(UK) == {"not in education": 1}
    assert client.get(reverse("tag", args=[slug]))["Location"] == reverse("tag", args=["not-in-education"])
    assert client.get(reverse("initiatives"), {"tag": "NEETs"}).context["result"].total == 1
    assert client.get(reverse("search-json"), {"q": "mentors", "tag": "NEETs"}).json()["total"] == 1
    rename_tag(tag("not in education"), "neets", user=moderator)  # and back again
    assert set(Synonym.objects.values_list("word", flat=True)) == {"not in education"}


def test_a_retired_tag_is_seen_nowhere_and_comes_back_where_it_was(moderator, client):
    row = InitiativeFactory(tags=["banter", "chess"])
    address = reverse("tag", args=[tag("banter").slug])
    retire_tag(tag("banter"), user=moderator)
    assert carrying("banter") == set() and tag_counts(UK) == {"chess": 1}
    assert client.get(address).status_code == 404
    assert "banter" not in client.get(row.get_absolute_url()).content.decode()
    assert list(row.latest_revision.as_object().tags.names()) == ["chess"]
    take_up_tag(tag("banter"), user=moderator)
    assert carrying("banter") == {row.pk} and tag_counts(UK) == {"banter": 1, "chess": 1}
    assert sorted(row.latest_revision.as_object().tags.names()) == ["banter", "chess"]


def test_only_moderators_tend_tags_whatever_the_door():
    InitiativeFactory(tags=["chess", "go"])
    with pytest.raises(NotAllowed):
        merge_tags(tag("chess"), tag("go"), user=UserFactory())
    with pytest.raises(NotAllowed):
        retire_tag(tag("chess"), user=UserFactory())


def test_each_change_that_cannot_be_has_its_sentence(moderator, client):
    InitiativeFactory(tags=["chess", "go", "old", "gone"])
    merge_tags(tag("gone"), tag("go"), user=moderator)
    retire_tag(tag("old"), user=moderator)
    add_synonym(tag("go"), "baduk", user=moderator)
    sign_in(client, moderator)
    for name, change, asked, sentence in (
        ("chess", "merge", {"into": "Chess"}, "A tag cannot be merged with itself. Choose two different ones."),
        ("chess", "merge", {"into": "old"}, "“old” is retired. Take it up again first, or choose another one."),
        ("go", "merge", {"into": "gone"}, "“gone” was merged into “go” already. Choose that one."),
        ("gone", "merge", {"into": "chess"}, "“gone” was merged into “go” already. Choose that one."),
        ("go", "merge", {"into": "baduk"}, "A tag cannot be merged with itself. Choose two different ones."),
        ("chess", "merge", {"into": "nothing"}, "There is no tag “nothing”."),
        ("chess", "merge", {"into": ""}, "Type the tag that stays."),
        ("chess", "rename", {"name": "go"}, "There is a tag “go”. Merge the two instead."),
        ("chess", "rename", {"name": "CHESS"}, "It is called “chess” already."),
        ("chess", "rename", {"name": "baduk"}, "“baduk” already leads to “go”. Choose another word."),
        ("chess", "rename", {"name": "gone"}, "“gone” already leads to “go”. Choose another word."),
        ("chess", "rename", {"name": "a, b"}, "A comma divides tags. Type one name without it."),
        ("chess", "rename", {"name": ""}, "Type the word that people will see."),
        ("chess", "rename", {"name": "!?"}, "Type the word that people will see."),
        ("chess", "rename", {"name": "x" * 51}, "A tag has at most 50 letters. Make it shorter."),
        ("old", "retire", {}, "“old” is retired. Take it up again first, or choose another one."),
        ("chess", "take-up", {}, "“chess” is in use. There is nothing to take up."),
    ):
        before = set(InitiativeTag.objects.values_list("tag__name", "content_object"))
        address = reverse("tag-change", args=[tag(name).pk, change])
        for answer in (client.post(address, asked), client.get(address, asked)):
            assert answer.status_code == 422, (name, change, asked)
            assert sentence in answer.content.decode(), (name, change, asked)
        assert set(InitiativeTag.objects.values_list("tag__name", "content_object")) == before


def test_each_word_that_cannot_stand_for_a_tag_has_its_sentence(moderator, client):
    InitiativeFactory(tags=["chess", "go"])
    add_synonym(tag("go"), "baduk", user=moderator)
    sign_in(client, moderator)
    address = reverse("tag-tend", args=[tag("chess").pk])
    for word, sentence in (
        ("chess", "That is its name. Type another word that people use for it."),
        ("go", "There is a tag “go”. Merge the two instead."),
        ("Baduk", "“baduk” already leads to “go”. Choose another word."),
        ("a,b", "A comma divides tags. Type one name without it."),
    ):
        answer = client.post(address, {"do": "synonym", "word": word})
        assert answer.status_code == 422 and sentence in answer.content.decode()
    assert client.post(address, {"do": "synonym", "word": "Schach"}).status_code == 302
    assert Synonym.objects.get(word="schach").tag == tag("chess")
    client.post(address, {"do": "describe", "meaning": "A game for two."})
    assert "A game for two." in client.get(reverse("tag", args=["chess"])).content.decode()
    remove_synonym(Synonym.objects.get(word="schach"), user=moderator)
    merge_tags(tag("chess"), tag("go"), user=moderator)
    with pytest.raises(TagError, match="goes on leading here"):
        remove_synonym(Synonym.objects.get(word="chess"), user=moderator)


def test_a_name_that_another_tag_gets_at_the_same_moment_has_its_sentence(moderator, monkeypatch):
    InitiativeFactory(tags=["chess"])

    def taken(name: str) -> str:
        Tag.objects.create(name=name, slug=f"{name}-1")
        return f"{name}-2"

    monkeypatch.setattr("initiatives.tagging.domain.renaming.free_address", taken)
    with pytest.raises(TagError, match="just used this word"):
        rename_tag(tag("chess"), "draughts", user=moderator)
    assert tag("chess").name == "chess"


def test_what_would_change_is_shown_before_it_is_done(moderator, client):
    shown = InitiativeFactory(title="Kick-off", tags=["football", "soccer"])
    InitiativeFactory(tags=["football"], live=False)
    SavedSearchFactory(address="tag=football&sort=newest")
    sign_in(client, moderator)
    address = reverse("tag-change", args=[tag("football").pk, "merge"])
    page = client.get(address, {"into": "soccer"}).content.decode()
    assert "2 initiatives, of which lists show 1" in page and "1 carries both and keeps one" in page
    assert "1 saved search asks for it" in page and shown.title in page
    assert carrying("football") != set()  # looking changes nothing
    assert client.post(address, {"into": "soccer"}).status_code == 302
    assert carrying("football") == set()
    assert b"Merge" in client.get(reverse("tags-tend"), {"q": "socc"}).content


def test_a_draft_that_waits_follows_a_merge(moderator):
    row = InitiativeFactory(tags=["chess"])
    save_draft(row, user=moderator, apply=lambda draft: draft.tags.set(["chess", "football"]), seen_revision=None)
    merge_tags(tag("football"), tag("soccer"), user=moderator)
    row.refresh_from_db()
    row.latest_revision.publish()
    assert sorted(InitiativeTag.objects.filter(content_object=row).values_list("tag__name", flat=True)) == [
        "chess",
        "soccer",
    ]
