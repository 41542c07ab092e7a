"""What is learned from judgements: with known answers, with few, with stubborn ones; and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from itertools import count
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from wagtail.models import ModelLogEntry

from accounts.models import User
from config.schedule import JOBS
from organisations.models import Organisation
from partnerships.overlaps.domain.errors import NotAllowed
from partnerships.overlaps.domain.finding import find_due
from partnerships.overlaps.domain.learning import FEWEST, HELD, Example, _loss, fit, learn
from partnerships.overlaps.domain.relearning import relearn, turn_back
from partnerships.overlaps.models import Judgement, Profile, Relation, Verdict, Weighting
from partnerships.overlaps.parts import PARTS as NAMES
from partnerships.overlaps.queries.judged import judged
from partnerships.overlaps.queries.weighing import current_weights, lesson
from partnerships.overlaps.relations import BIAS, SHIPPED, score
from tests.factories.accounts import ModeratorFactory, UserFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.overlaps import PARTS, two_initiatives

UNLIKE = {**PARTS, "support": 0.0, "purpose": 0.1, "step": 0.3}
PEOPLE = count(1)
CLEAR = {relation: {BIAS: 0.0} for relation in Relation.values}


def overlap(weights: Mapping[str, Mapping[str, float]], parts: Mapping[str, float]) -> float:
    scored = score({name: np.array([value]) for name, value in parts.items()}, weights)
    return float(scored.scores[Relation.OVERLAP][0])


def examples(number: int, verdict: str, organisation: int | None, parts: Mapping[str, float] = PARTS) -> list[Example]:
    """Each said by another person."""
    return [Example(parts, verdict, organisation, next(PEOPLE)) for _one in range(number)]


def test_known_weights_are_found_again_from_many_answers():
    chance = np.random.default_rng(6)
    truth = np.array([-1.0, 3.0, -2.0, 0.0, 1.5])
    rows = np.column_stack([np.ones(20_000), chance.random((20_000, 4))])
    wanted = (chance.random(20_000) < 1 / (1 + np.exp(-rows @ truth))).astype(float)
    found = fit(rows, wanted, np.ones(20_000), np.zeros(5))
    assert np.abs(found - truth).max() < 0.2


def test_few_answers_move_the_weights_little_and_none_not_at_all():
    shipped = {relation: dict(weights) for relation, weights in SHIPPED.items()}
    assert learn([]) == shipped
    learned = learn(examples(1, Verdict.UNRELATED, 1) + examples(1, Verdict.UNRELATED, 2))
    moved = [
        abs(learned[relation][part] - shipped[relation][part]) for relation in shipped for part in shipped[relation]
    ]
    assert 0 < max(moved) < 2 / HELD


def test_many_answers_move_the_scores_where_people_say():
    said = [
        *(one for key in (1, 2, 3) for one in examples(40, Verdict.OVERLAP, key, UNLIKE)),
        *(one for key in (1, 2, 3) for one in examples(40, Verdict.UNRELATED, key, PARTS)),
    ]
    learned = learn(said)
    assert overlap(learned, UNLIKE) > overlap(SHIPPED, UNLIKE)
    assert overlap(learned, PARTS) < overlap(SHIPPED, PARTS)
    assert overlap(learned, UNLIKE) > overlap(learned, PARTS)


def test_a_duplicate_is_an_overlap_and_working_together_says_nothing():
    as_duplicates, as_overlaps = examples(5, Verdict.DUPLICATE, 1), examples(5, Verdict.OVERLAP, 1)
    other = examples(5, Verdict.UNRELATED, 2, UNLIKE)
    assert learn([*as_duplicates, *other]) == learn([*as_overlaps, *other])
    assert learn([*as_overlaps, *other, *examples(50, Verdict.TOGETHER, 3)]) == learn([*as_overlaps, *other])


def test_which_direction_a_next_step_goes_is_all_the_same():
    ahead, back = {**PARTS, "follows": 0.9, "precedes": 0.0}, {**PARTS, "follows": 0.0, "precedes": 0.9}
    one = [*examples(9, Verdict.NEXT_STEP, 1, ahead), *examples(9, Verdict.NEXT_STEP, 2, ahead)]
    other = [*examples(9, Verdict.NEXT_STEP, 1, back), *examples(9, Verdict.NEXT_STEP, 2, back)]
    assert learn(one) == learn(other)


def test_one_organisation_with_five_hundred_judgements_outweighs_nobody():
    others = [one for key in range(2, 27) for one in examples(1, Verdict.OVERLAP, key)]
    loud = learn([*examples(500, Verdict.UNRELATED, 1), *others])
    louder = learn([*examples(5_000, Verdict.UNRELATED, 1), *others])
    even = learn([*examples(25, Verdict.UNRELATED, 1), *others])
    assert overlap(loud, PARTS) == pytest.approx(overlap(louder, PARTS), abs=0.01)
    assert overlap(loud, PARTS) == pytest.approx(overlap(even, PARTS), abs=0.01)
    assert 0.4 < overlap(loud, PARTS) < 0.75


def test_from_one_organisation_alone_nothing_moves_however_much_it_says():
    assert learn(examples(500, Verdict.UNRELATED, 1)) == {key: dict(weights) for key, weights in SHIPPED.items()}


def test_one_coordinator_with_five_hundred_judgements_outweighs_nobody_and_alone_moves_nothing():
    """Nor does one person who speaks for several organisations."""
    others = [one for key in range(2, 27) for one in examples(1, Verdict.OVERLAP, key)]
    even = learn([*examples(25, Verdict.UNRELATED, 1), *others])
    alone = {key: dict(weights) for key, weights in SHIPPED.items()}
    for voices in ((None,), (97, 98, 99)):
        loud = [Example(PARTS, Verdict.UNRELATED, voices[at % len(voices)], judge=0) for at in range(500)]
        assert overlap(learn([*loud, *others]), PARTS) == pytest.approx(overlap(even, PARTS), abs=0.01)
        assert learn(loud) == alone


def test_people_whose_accounts_are_gone_speak_as_one():
    gone = [Example(PARTS, Verdict.UNRELATED, key, judge=None) for key in range(500)]
    assert learn(gone) == {key: dict(weights) for key, weights in SHIPPED.items()}


def test_the_order_that_was_said_is_the_one_that_is_learned_from():
    one_way = {**PARTS, "follows": 0.9, "precedes": 0.0}
    asked = [Example(one_way, Verdict.NEXT_STEP, at % 5, at, forward=at < 80) for at in range(100)]
    with_it = learn([replace(one, forward=True) for one in asked])[Relation.NEXT_STEP]["follows"]
    against = learn([replace(one, forward=False) for one in asked])[Relation.NEXT_STEP]["follows"]
    assert with_it > against


numbers = st.floats(-50, 50, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(
    data=st.integers(0, 40).flatmap(
        lambda number: st.tuples(
            arrays(float, (number, 4), elements=st.floats(0, 1)),
            arrays(float, number, elements=st.sampled_from([0.0, 1.0])),
            arrays(float, number, elements=st.floats(0, 1)),
            arrays(float, 4, elements=numbers),
        )
    )
)
def test_fitting_always_ends_and_never_makes_it_worse(data: Any):
    rows, wanted, shares, prior = data
    found = fit(rows, wanted, shares, prior)
    assert np.isfinite(found).all()
    assert _loss(found, rows, wanted, shares, prior) <= _loss(prior, rows, wanted, shares, prior) + 1e-9


@settings(max_examples=40, deadline=None)
@given(
    said=st.lists(
        st.builds(
            Example,
            st.fixed_dictionaries({}, optional={name: st.floats(0, 1) for name in NAMES}),
            st.sampled_from(Verdict.values),
            st.sampled_from([None, 1, 2, 3]),
        ),
        max_size=30,
    )
)
def test_whatever_people_say_every_relation_keeps_weights_for_the_same_parts(said: list[Example]):
    learned = learn(said)
    assert {relation: set(weights) for relation, weights in learned.items()} == {
        relation: set(weights) for relation, weights in SHIPPED.items()
    }
    assert all(np.isfinite(weight) for weights in learned.values() for weight in weights.values())


def say(
    number: int,
    organisation: Organisation | None,
    verdict: str = Verdict.UNRELATED,
    both: Iterable[Any] = (),
    **more: Any,
) -> None:
    """So many people of one organisation say the same of two initiatives."""
    low, high = both or two_initiatives()
    start = User.objects.count()
    people = User.objects.bulk_create(
        User(email=f"{start + at}@said.example", name="A person", is_active=True) for at in range(number)
    )
    given = {"low": low, "high": high, "verdict": verdict, "organisation": organisation, "parts": PARTS, **more}
    Judgement.objects.bulk_create(Judgement(user=person, **given) for person in people)


@pytest.mark.django_db
def test_fewer_than_fifty_teach_nothing_and_the_fiftieth_does():
    one, other = OrganisationFactory(), OrganisationFactory()
    say(FEWEST - 2, one)
    say(1, other)
    assert relearn() is None
    say(1, other)
    weighting = relearn()
    assert weighting
    assert (weighting.judgements, weighting.organisations) == (FEWEST, 2)
    assert current_weights() == weighting.weights != SHIPPED
    assert ModelLogEntry.objects.filter(action="overlaps.learn").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("coordinators", [0, 30])
def test_one_organisation_alone_teaches_nothing(coordinators: int):
    say(500, OrganisationFactory())
    say(coordinators, None)
    assert relearn() is None
    assert current_weights() == SHIPPED


@pytest.mark.django_db
def test_one_person_who_belongs_to_two_organisations_teaches_nothing():
    person, low_high = UserFactory(), [two_initiatives() for _ in range(FEWEST)]
    both = (OrganisationFactory(), OrganisationFactory())
    Judgement.objects.bulk_create(
        Judgement(low=low, high=high, verdict="unrelated", user=person, organisation=both[at % 2], parts=PARTS)
        for at, (low, high) in enumerate(low_high)
    )
    assert not lesson().is_enough
    assert relearn() is None


@pytest.mark.django_db
def test_what_a_deleted_organisation_said_is_no_coordinators_word_and_still_one_voice():
    gone, other = OrganisationFactory(name="Gone Trust"), OrganisationFactory()
    say(FEWEST, gone, behalf="Gone Trust")
    say(1, other)
    gone.delete()
    assert {one.organisation for one in lesson().examples} == {"Gone Trust", other.pk}
    weighting = relearn()
    assert weighting is None or weighting.organisations == 2
    said = Judgement.objects.filter(behalf="Gone Trust").first()
    assert said
    assert (said.organisation_id, said.by_side) == (None, True)
    low, high = said.low, said.high
    voices = [voice.name for told in judged(low, high, ModeratorFactory()).counts for voice in told.voices]
    assert voices == ["Gone Trust"]


@pytest.mark.django_db
def test_what_counts_no_more_and_working_together_do_not_make_up_the_number():
    one, other = OrganisationFactory(), OrganisationFactory()
    say(FEWEST - 1, one)
    say(30, other, verdict=Verdict.TOGETHER)
    say(30, other, counts=False)
    say(30, other, parts={})
    assert relearn() is None


@pytest.mark.django_db
def test_a_new_set_is_kept_only_where_something_changed():
    say(FEWEST, OrganisationFactory())
    say(5, OrganisationFactory())
    assert relearn()
    assert relearn() is None
    assert Weighting.objects.count() == 1


@pytest.mark.django_db
def test_new_weights_have_every_pair_found_anew():
    both = two_initiatives()
    find_due()
    assert find_due() == 0
    say(FEWEST, OrganisationFactory(), both=both)
    say(5, OrganisationFactory(), both=both)
    assert relearn()
    assert find_due() == Profile.objects.count() == 2


@pytest.mark.django_db
def test_a_moderator_turns_weights_back_and_the_next_day_does_not_bring_them_again():
    say(FEWEST, OrganisationFactory())
    say(20, OrganisationFactory())
    learned = relearn()
    assert learned
    turned = turn_back(None, user=ModeratorFactory(), note="They were unfair to small ones")
    assert current_weights() == SHIPPED
    assert (turned.judgements, turned.organisations) == (0, 0)
    assert relearn() is None
    assert current_weights() == SHIPPED
    assert ModelLogEntry.objects.filter(action="overlaps.turn-back").count() == 1
    later = timezone.now() + timedelta(minutes=1)
    say(FEWEST, OrganisationFactory(), made_at=later)
    say(20, OrganisationFactory(), made_at=later)
    again = relearn()
    assert again
    assert again.judgements == FEWEST + 20


@pytest.mark.django_db
def test_weights_are_turned_back_to_any_earlier_set():
    earlier = Weighting.objects.create(weights=CLEAR, judgements=60, organisations=4)
    Weighting.objects.create(weights=SHIPPED, judgements=70, organisations=5)
    both = two_initiatives()
    Profile.objects.update(found=10)
    turned = turn_back(earlier, user=ModeratorFactory(), note="Better as they were")
    assert current_weights() == CLEAR
    assert (turned.judgements, turned.organisations, turned.note) == (60, 4, "Better as they were")
    assert Profile.objects.filter(pk__in=[one.pk for one in both]).count() == 2


@pytest.mark.django_db
def test_nobody_but_a_moderator_turns_weights_back_and_never_without_saying_why():
    with pytest.raises(NotAllowed):
        turn_back(None, user=UserFactory(), note="I like these")
    with pytest.raises(ValueError, match="why"):
        turn_back(None, user=ModeratorFactory(), note="")
    assert not Weighting.objects.exists()


@pytest.mark.django_db
def test_the_daily_command_says_what_it_did():
    def said() -> str:
        out = StringIO()
        call_command("learn_overlaps", stdout=out)
        return out.getvalue()

    assert "stay as they are" in said()
    assert "learn_overlaps" in {job.command for job in JOBS}
    moderators = [ModeratorFactory() for _ in range(2)]
    low, high = two_initiatives()
    one, other = OrganisationFactory(), OrganisationFactory()
    pairs = [(low, high), *(two_initiatives() for _ in range(2))]
    for number, both in enumerate(pairs):
        for person in moderators:
            given = {"low": both[0], "high": both[1], "verdict": Verdict.UNRELATED, "parts": PARTS}
            Judgement.objects.create(user=person, organisation=one if number else other, **given)
    say(3, one)  # of whom nobody belongs to it
    assert "3 judgements count no more" in said()
    assert Judgement.objects.filter(counts=True).count() == 6
