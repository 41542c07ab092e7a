"""Tags while typing and from the text; what is typed becomes the tag that moderators chose."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse
from taggit.models import Tag

from initiatives.models import Initiative
from initiatives.tagging.domain.describing import add_synonym
from initiatives.tagging.domain.retiring import retire_tag
from initiatives.tagging.queries.naming import settled, split_names
from initiatives.tagging.queries.suggesting import suggest_tags
from initiatives.tagging.ranking import rank
from tests.factories.accounts import ModeratorFactory, sign_in
from tests.factories.initiatives import InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory
from tests.factories.tags import tag

pytestmark = pytest.mark.django_db
BOATS = "Young people build wooden boats with retired shipwrights and learn to sail them."


@pytest.fixture
def entries():
    for number in range(3):
        InitiativeFactory(title=f"Boat yard {number}", summary=BOATS, description="", tags=["boat building", "youth"])
    for number in range(3):
        InitiativeFactory(title=f"Choir {number}", summary="Families sing together.", description="", tags=["singing"])


@pytest.fixture
def editor():
    return MembershipFactory().user


@pytest.fixture
def draft(editor):
    return draft_of(editor, editor.memberships.get().organisation, title="Sail away", summary=BOATS)


def save(client, draft, then="next", **answers):
    seen = Initiative.objects.get(pk=draft.pk).latest_revision_id
    given = {"title": "Sail away", "summary": BOATS, "seen": seen, "then": then, **answers}
    return client.post(reverse("initiative-step", args=[draft.pk, "what"]), given)


def kept(draft):
    return sorted(Initiative.objects.get(pk=draft.pk).get_latest_revision_as_object().tags.names())


def test_a_text_is_offered_what_the_closest_entries_carry(entries):
    assert suggest_tags("A shipwright shows teenagers how to build boats") == ["boat building", "youth"]
    assert suggest_tags("Families sing in a choir")[0] == "singing"
    assert suggest_tags("A shipwright builds boats", without=["Boat building"]) == ["youth"]
    assert suggest_tags("") == suggest_tags("Zzz qqq") == []


def test_a_word_that_stands_for_a_tag_is_as_good_as_its_name(entries):
    InitiativeFactory(title="Other", summary="Quite something else.", description="", tags=["maritime trades"])
    add_synonym(tag("maritime trades"), "seafaring", user=ModeratorFactory())
    assert "maritime trades" in suggest_tags("Seafaring")


def test_a_tag_that_everything_carries_does_not_win_everywhere():
    near, far = (["sail", "boat"], {"sailing", "youth"}), (["sing"], {"youth"})
    rarity = {"sail": 2.0, "boat": 2.0, "sing": 2.0}
    carried = {"sailing": 1, "youth": 50}
    assert rank(["sail", "boat"], [near, far], rarity=rarity, carried=carried) == ["sailing", "youth"]


def test_the_wizard_suggests_without_javascript_and_keeps_what_was_typed(client, entries, editor, draft):
    sign_in(client, editor)
    page = save(client, draft, "stay", tags="sailing").content.decode()
    assert 'name="suggested" value="boat building"' in page and 'value="sailing"' in page
    save(client, draft, tags="sailing", suggested=["boat building"])
    assert kept(draft) == ["boat building", "sailing"]
    save(client, draft, tags="sailing", suggested=["no box of ours, with very many names in it, and no end of them"])
    assert kept(draft) == ["sailing"]
    refused = save(client, draft, tags="x" * 60, suggested=["youth"])
    assert refused.status_code == 422 and 'value="youth" checked' in refused.content.decode()


def test_the_part_for_a_text_keeps_nothing_and_asks_for_a_session(client, entries, editor):
    address = reverse("tags-for-text")
    assert client.post(address, {"summary": BOATS}).status_code == 302
    sign_in(client, editor)
    part = client.post(address, {"summary": BOATS, "suggested": ["own one"], "tags": "youth"}).content.decode()
    assert 'value="boat building"' in part and 'value="own one" checked' in part and 'value="youth"' not in part
    assert not Tag.objects.filter(name="own one").exists()


def test_what_is_typed_becomes_the_tag_that_moderators_chose(client, entries, editor, draft):
    moderator = ModeratorFactory()
    add_synonym(tag("boat building"), "boatbuilding", user=moderator)
    sign_in(client, editor)
    save(client, draft, tags="BoatBuilding, boat building, rivers")
    assert kept(draft) == ["boat building", "rivers"]
    retire_tag(tag("singing"), user=moderator)
    add = save(client, draft, tags="singing, rivers")
    assert add.status_code == 422 and "“singing”: not used as a tag any more." in add.content.decode()
    assert "singing" not in suggest_tags("Families sing in a choir")
    assert settled({1: ["Boatbuilding", "singing", "new"]}) == {1: ["boat building", "new"]}


def test_names_are_divided_by_commas_each_once():
    assert split_names(" STEM,maths,, stem ,Year  7") == ["stem", "maths", "year 7"]


def test_while_typing_tags_come_by_name_and_by_the_words_for_them(client, entries):
    add_synonym(tag("singing"), "choral music", user=ModeratorFactory())
    found = client.get(reverse("tags-suggest"), {"q": "boa"}).json()["results"]
    assert found == [{"name": "boat building", "note": ""}]
    found = client.get(reverse("tags-suggest"), {"q": "Choral"}).json()["results"]
    assert found == [{"name": "singing", "note": "for “choral music”"}]
    assert client.get(reverse("tags-suggest"), {"q": "b"}).json() == {"results": []}


@pytest.mark.parametrize("number", [1, 30])
def test_a_suggestion_takes_the_same_queries_however_many_entries(django_assert_num_queries, number):
    for at in range(number):
        InitiativeFactory(title=f"Boat yard {at}", summary=BOATS, tags=["boats", f"yard {at}"])
    with django_assert_num_queries({"sqlite": 9, "postgresql": 7}[connection.vendor]):
        suggest_tags(BOATS)
