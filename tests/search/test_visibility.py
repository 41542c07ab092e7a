"""What not everyone may read appears in no search, is never counted and never suggested, whatever was done before."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from initiatives.domain.drafting import save_draft
from initiatives.domain.moderating import approve_initiative
from initiatives.domain.running import end_initiative
from initiatives.domain.submitting import submit_initiative
from initiatives.models import Initiative
from organisations.models import Organisation, Role
from search.domain.indexing import forget_known_words, index_documents
from search.query import What
from tests.factories.accounts import ModeratorFactory
from tests.factories.initiatives import InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory, OrganisationFactory

WORDS = ("zorvath", "quimble", "frundel", "wexomar", "jubrick", "plostin")  # each stands in one thing alone
STATES = ("public", "draft", "submitted", "edited", "ended", "hidden organisation", "cleared")
PUBLIC = {"public", "cleared"}


def title_of(word: str) -> str:
    return f"Chess {word}"


def make(state: str, word: str) -> None:
    """One thing whose word everyone may read, or not, by the product's own verbs."""
    title = title_of(word)
    if state == "hidden organisation":
        OrganisationFactory(name=title, is_public=False, description=word)
        return
    if state in ("draft", "submitted", "cleared"):
        organisation = OrganisationFactory(is_public=True)
        writer = MembershipFactory(organisation=organisation, role=Role.EDITOR).user
        row = draft_of(writer, organisation, title=title, description=word)
        if state != "draft":
            submit_initiative(row, user=writer)
        if state == "cleared":
            row.refresh_from_db()
            approve_initiative(row, moderator=ModeratorFactory(), seen_revision=row.latest_revision_id)
        return
    row = InitiativeFactory(
        title="Chess for all" if state == "edited" else title, tags=[] if state == "edited" else [word]
    )
    writer = MembershipFactory(organisation=row.lead_organisation, role=Role.OWNER).user
    if state == "edited":

        def apply(draft: Initiative) -> None:
            draft.title, draft.description = title, word
            draft.tags.set([word])

        save_draft(row, user=writer, apply=apply, seen_revision=row.latest_revision_id)
    elif state == "ended":
        end_initiative(row, user=writer)


class NothingLeaks(TestCase):
    @settings(max_examples=8, deadline=None)
    @given(st.lists(st.sampled_from(STATES), min_size=1, max_size=4))
    def test_a_word_that_is_not_public_is_found_counted_and_suggested_nowhere(self, states):
        cache.clear()
        forget_known_words()  # each example begins with an empty registry
        for state, word in zip(states, WORDS, strict=False):
            make(state, word)
        client = Client()
        public = [word for state, word in zip(states, WORDS, strict=False) if state in PUBLIC]
        hidden = [word for state, word in zip(states, WORDS, strict=False) if state not in PUBLIC]
        everything = client.get("/search/results.json?q=chess").json()
        assert everything["total"] == len(public) + states.count("edited")
        for facet, counts in everything["facets"].items():
            assert max(counts.values(), default=0) <= everything["total"], facet
            assert not set(counts) & set(hidden)
        for word in hidden:
            for what in ("initiatives", "organisations"):
                found = client.get(f"/search/results.json?q={word}&what={what}").json()
                assert (found["total"], found["corrected"]) == (0, "")
                slip = client.get(f"/search/results.json?q={word[:-1]}&what={what}").json()
                was_public = state_of(states, word) == "ended"  # its page stays, and a word of it is no secret
                assert (slip["total"], slip["corrected"]) in [(0, ""), (0, word if was_public else "")]
            assert client.get(f"/search/results.json?q=chess&tag={word}").json()["total"] == 0
            for path in (
                *("/search/?q=chess", f"/search/?q={word}", f"/search/?tag={word}", "/search/?what=organisations"),
                *(f"/search/suggest/?q={word[:4]}", "/search/suggest/?q=chess", "/search/feed/?q=chess"),
                *("/search/export.csv?q=chess", "/search/export.json?q=chess", "/initiatives/", "/organisations/"),
                *(
                    f"/search/like/{slug}/"
                    for slug in Initiative.objects.filter(live=True).values_list("slug", flat=True)
                ),
            ):
                response = client.get(path)
                body = b"".join(response) if response.streaming else response.content
                if state_of(states, word) == "ended" and path.startswith("/search/like/"):
                    continue  # its own page stays, and names it
                assert title_of(word) not in body.decode(), path
        for word in public:
            assert client.get(f"/search/results.json?q={word}").json()["total"] == 1
            assert title_of(word) in client.get(f"/search/suggest/?q=chess+{word[:3]}").content.decode()


def state_of(states: list[str], word: str) -> str:
    return states[WORDS.index(word)]


@pytest.mark.django_db
def test_an_organisation_that_is_hidden_again_is_gone_from_the_index():
    one = OrganisationFactory(name=title_of(WORDS[0]), is_public=True)
    client = Client()
    path = f"/search/results.json?what=organisations&q={WORDS[0]}"
    assert client.get(path).json()["total"] == 1
    Organisation.objects.filter(pk=one.pk).update(is_public=False)
    index_documents(What.ORGANISATIONS, [one.pk])
    assert client.get(path + "&page=1").json()["total"] == 0
