"""Which words tell something: learnt in the background, kept for every process, read by pages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from django.test import Client

from partnerships.overlaps import reading, shelf, texts
from partnerships.overlaps.domain.finding import find_due
from partnerships.overlaps.domain.judging import judge_pair
from partnerships.overlaps.domain.wording import learn_words
from partnerships.overlaps.models import Lexicon, Verdict, pair_url
from partnerships.overlaps.purpose.keeping import packed, unpacked
from partnerships.overlaps.purpose.likeness import likeness, likenesses, together
from partnerships.overlaps.purpose.weighing import TermWeights
from partnerships.overlaps.queries.drafts import close_to_draft
from partnerships.overlaps.reading import Pile
from tests.factories.accounts import ModeratorFactory, sign_in
from tests.factories.initiatives import InitiativeFactory
from tests.factories.overlaps import two_initiatives

TEXTS = [f"Mentors meet group{at % 9} for garden{at % 7} work and word{at}" for at in range(130)]


def forget() -> None:
    """Another process."""
    for module in (texts, shelf, reading):
        module.forget()  # type: ignore[attr-defined]


def test_what_was_learnt_says_the_same_after_it_was_kept():
    vectors = np.random.default_rng(6).standard_normal((130, 8)).astype(np.float32)
    for given in (None, vectors):
        learnt = TermWeights(TEXTS, given)
        again = unpacked(packed(learnt))
        meant = [None if given is None else row for row in (vectors[0], vectors[9])]
        before, after = (
            likeness(one.prepare(TEXTS[0], meant[0]), one.prepare(TEXTS[9], meant[1])) for one in (learnt, again)
        )
        assert after == pytest.approx(before, abs=1e-3)
        assert (again.texts, again.rarity("mentor"), again.share("garden3")) == (
            *(learnt.texts, learnt.rarity("mentor"), learnt.share("garden3")),
        )
    assert unpacked(packed(TermWeights(()))).texts == 0


def test_texts_that_change_in_place_are_compared_as_if_read_anew():
    weights, dice = TermWeights(TEXTS), np.random.default_rng(7)
    now, pile = ["" for _ in range(40)], Pile(weights.learnt.directions.shape[1])
    for rows in (10, 40):
        pile.grow(rows)
        for _round in range(30):
            some = np.unique(dice.integers(0, rows, 6))
            for at in some:
                now[at] = TEXTS[dice.integers(0, len(TEXTS))] * int(dice.integers(0, 3))
            pile.put(some, [weights.prepare(now[at]) for at in some])
            one = int(dice.integers(0, rows))
            expected = likenesses(weights.prepare(now[one]), together([weights.prepare(text) for text in now[:rows]]))
            assert likenesses(pile.text(one), pile.texts()) == pytest.approx(expected, abs=1e-5)


@pytest.mark.django_db
def test_no_page_learns_and_all_are_there_before_anything_was_learnt(client: Client, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_given: Any) -> None:
        raise AssertionError("learnt in a request")

    low, high = two_initiatives()
    monkeypatch.setattr("partnerships.overlaps.domain.wording.TermWeights", refuse)
    monkeypatch.setattr("partnerships.overlaps.shelf._shelf.view", refuse)
    assert client.get(pair_url(low.pk, high.pk)).status_code == 200
    assert close_to_draft(InitiativeFactory())
    assert not Lexicon.objects.exists()
    judgement = judge_pair(low.pk, high.pk, user=ModeratorFactory(), verdict=Verdict.OVERLAP)
    assert "place" in judgement.parts
    assert "purpose" not in judgement.parts  # a guess is nothing to compare with later


@pytest.mark.django_db
def test_every_process_reads_what_one_has_learnt(client: Client, django_assert_num_queries: Any):
    low, high = two_initiatives()
    find_due()
    assert Lexicon.objects.count() == 1
    learnt = texts.current_weights()
    forget()
    with django_assert_num_queries(2):
        again = texts.current_weights()
    with django_assert_num_queries(1):
        assert texts.current_weights() is again
    assert again is not learnt
    assert again.learnt.words == learnt.learnt.words
    sign_in(client, ModeratorFactory())
    assert client.get(pair_url(low.pk, high.pk)).status_code == 200
    assert "purpose" in judge_pair(low.pk, high.pk, user=ModeratorFactory(), verdict=Verdict.OVERLAP).parts


@pytest.mark.django_db
def test_it_is_learnt_anew_when_a_quarter_of_the_texts_is_new_and_only_the_newest_is_kept():
    assert learn_words() is False  # nothing to learn from
    for _ in range(4):
        InitiativeFactory()
    assert (learn_words(), learn_words()) == (True, False)
    first = Lexicon.objects.get()
    InitiativeFactory()
    assert learn_words() is False
    InitiativeFactory()
    call_command("find_overlaps", verbosity=0)
    assert Lexicon.objects.get().pk > first.pk
    assert texts.current_weights().texts == 6
