"""Saying what two initiatives are to each other on a page, and reading what others said."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.domain.running import end_initiative
from initiatives.models import Initiative
from organisations.models import Role
from partnerships.overlaps.domain.judging import judge_pair
from partnerships.overlaps.forms import form_for
from partnerships.overlaps.models import Judgement, Standing, Verdict, pair_url
from partnerships.overlaps.queries.judged import judged
from partnerships.overlaps.saying import said_label
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.initiatives import InitiativeFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.overlaps import PARTS, JudgementFactory, PairFactory, two_initiatives

pytestmark = pytest.mark.django_db


def member_of(initiative: Initiative, role: str = Role.MEMBER) -> Any:
    return MembershipFactory(organisation=initiative.lead_organisation, role=role).user


def at(name: str, low: Initiative, high: Initiative) -> str:
    return reverse(name, args=[low.pk, high.pk])


def test_a_member_says_it_and_is_back_on_the_page_of_the_pair(client: Client):
    low, high = two_initiatives()
    person = member_of(low)
    sign_in(client, person)
    answer = client.post(at("pair-judge", low, high), {"verdict": "next-step:high", "note": "  Year 6,\nthen Year 7 "})
    assert (answer.status_code, answer["Location"]) == (302, pair_url(low.pk, high.pk))
    judgement = Judgement.objects.get()
    assert (judgement.user, judgement.verdict, judgement.note) == (person, "next-step", "Year 6, then Year 7")
    assert judgement.forward is False
    assert (judgement.organisation, judgement.behalf) == (low.lead_organisation, low.lead_organisation.name)


def test_a_next_step_says_which_comes_first_and_is_read_and_chosen_again_with_its_order(client: Client):
    low, high = two_initiatives()
    sign_in(client, member_of(low))
    for person, forward in ((member_of(high), True), (member_of(high), False)):
        judge_pair(low.pk, high.pk, user=person, verdict="next-step", forward=forward)
    assert client.post(at("pair-judge", low, high), {"verdict": "next-step"}).status_code == 422
    client.post(at("pair-judge", low, high), {"verdict": "next-step:high"})
    html = client.get(pair_url(low.pk, high.pk)).content.decode()
    said = {forward: said_label("next-step", forward, (low.title, high.title)) for forward in (True, False)}
    assert f"<strong>{said[True]}</strong>:\n        1 person" in html
    assert f"<strong>{said[False]}</strong>:\n        2 people" in html
    assert f"You said: “{said[False]}”." in html
    assert re.search(r'value="next-step:high"[^>]* checked', html)


def test_whoever_is_not_signed_in_is_led_to_the_door_and_others_are_refused(client: Client):
    low, high = two_initiatives()
    for name in ("pair-judge", "pair-withdraw"):
        assert "/login/" in client.post(at(name, low, high), {"verdict": "overlap"})["Location"]
    sign_in(client, UserFactory())
    for name in ("pair-judge", "pair-withdraw"):
        assert client.post(at(name, low, high), {"verdict": "overlap"}).status_code == 403
    assert not Judgement.objects.exists()


def test_a_missing_answer_is_asked_for_and_the_note_is_still_there(client: Client):
    low, high = two_initiatives()
    sign_in(client, member_of(low))
    answer = client.post(at("pair-judge", low, high), {"note": "The same children"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose one of these." in html
    assert 'value="The same children"' in html
    assert low.title in html


def test_a_note_that_is_too_long_is_refused_with_its_length_and_kept(client: Client):
    low, high = two_initiatives()
    sign_in(client, member_of(low))
    answer = client.post(at("pair-judge", low, high), {"verdict": "overlap", "note": "x" * 301})
    assert answer.status_code == 422
    assert "x" * 301 in answer.content.decode()
    assert not Judgement.objects.exists()


def test_where_one_of_the_two_has_ended_it_is_said_and_nothing_typed_is_lost(client: Client):
    low, high = two_initiatives()
    person = member_of(low, Role.OWNER)
    end_initiative(low, user=person)
    sign_in(client, person)
    answer = client.post(at("pair-judge", low, high), {"verdict": "overlap", "note": "The same children"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "over or no longer listed" in html
    assert 'value="The same children"' in html


def test_pairs_that_are_none_have_no_address(client: Client):
    low, high = two_initiatives()
    draft = InitiativeFactory(live=False)
    sign_in(client, ModeratorFactory())
    for one, other in ((low.pk, low.pk), (high.pk, low.pk), (low.pk, draft.pk), (low.pk, 9**15), (low.pk, 10**30)):
        for name in ("pair-judge", "pair-withdraw"):
            answer = client.post(reverse(name, args=[one, other]), {"verdict": "overlap"})
            assert answer.status_code == 404, (one, other)


def test_what_was_said_is_taken_back(client: Client):
    low, high = two_initiatives()
    person = member_of(low)
    sign_in(client, person)
    client.post(at("pair-judge", low, high), {"verdict": "overlap"})
    assert client.post(at("pair-withdraw", low, high))["Location"] == pair_url(low.pk, high.pk)
    assert not Judgement.objects.filter(counts=True).exists()
    assert client.post(at("pair-withdraw", low, high)).status_code == 302


def test_who_has_left_may_still_take_back_what_counts(client: Client):
    low, high = two_initiatives()
    person = UserFactory()
    JudgementFactory(low=low, high=high, user=person)
    sign_in(client, person)
    assert client.post(at("pair-withdraw", low, high)).status_code == 302
    assert not Judgement.objects.filter(counts=True).exists()


def test_people_of_either_side_and_moderators_read_who_said_it_and_everyone_how_many():
    low, high = two_initiatives()
    JudgementFactory(low=low, high=high, verdict=Verdict.OVERLAP, note="Same school")
    JudgementFactory(low=low, high=high, verdict=Verdict.OVERLAP)
    JudgementFactory(low=low, high=high, verdict=Verdict.COMPLEMENT, organisation=None)
    JudgementFactory(low=low, high=high, verdict=Verdict.TWIN, counts=False)
    for person in (member_of(low), member_of(high), ModeratorFactory()):
        overlap, complement = judged(low, high, person).counts
        assert (overlap.verdict, overlap.number) == ("overlap", 2)
        assert [(voice.name, voice.note) for voice in overlap.voices] == [(low.lead_organisation.name, "Same school")]
        assert [voice.name for voice in complement.voices] == ["a coordinator or moderator"]
    for person in (UserFactory(), member_of(InitiativeFactory())):
        found = judged(low, high, person)
        assert [(one.verdict, one.number, one.voices) for one in found.counts] == [
            ("overlap", 2, ()),
            ("complement", 1, ()),
        ]
        assert form_for(found) is None


def test_a_visitor_reads_how_many(client: Client):
    from django.contrib.auth.models import AnonymousUser

    low, high = two_initiatives()
    JudgementFactory(low=low, high=high)
    found = judged(low, high, AnonymousUser())
    assert (found.total, found.own, found.may_judge) == (1, "", False)


def test_the_form_begins_with_what_one_said_before():
    low, high = two_initiatives()
    person = member_of(high)
    JudgementFactory(low=low, high=high, user=person, verdict=Verdict.TWIN, note="In Cardiff")
    found = judged(low, high, person)
    assert (found.own, found.own_note, found.behalf) == ("twin", "In Cardiff", high.lead_organisation.name)
    form = form_for(found)
    assert form
    assert form.initial == {"verdict": "twin", "note": "In Cardiff"}


def test_what_changed_since_it_was_set_aside_is_said_in_words():
    pair = PairFactory(changed=["place", "precedes", "follows", "ages"])
    found = judged(pair.low, pair.high, UserFactory())
    assert found.changed_words == "the place, one coming after the other and the ages"


def test_a_pair_that_the_finder_does_not_keep_stands_where_it_was_put():
    low, high = two_initiatives()
    JudgementFactory(low=low, high=high, verdict=Verdict.UNRELATED, parts={"support": 0.0, "place": 1.0})
    found = judged(low, high, UserFactory())
    assert (found.standing, found.changed) == (Standing.OPEN, ("support",))
    Judgement.objects.update(parts={"support": 1.0, "place": 1.0})
    assert judged(low, high, UserFactory()).standing == Standing.SET_ASIDE


@pytest.mark.parametrize("number", [1, 30])
def test_what_was_said_is_read_with_the_same_queries_however_much_it_is(number: int, django_assert_num_queries: Any):
    pair = PairFactory()
    for _ in range(number):
        JudgementFactory(low=pair.low, high=pair.high, parts=PARTS)
    person = member_of(pair.low)
    with django_assert_num_queries(4):  # what was said, the pair, memberships, whether a moderator
        judged(pair.low, pair.high, person)
