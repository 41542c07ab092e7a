"""What a party does with a partnership is said in the parties' own discussion, with a link, and told once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from discussions.domain.noting import note
from discussions.domain.spreading import tell_new_posts
from discussions.models import Participation, Post
from partnerships.domain.agreeing import agree
from partnerships.domain.amending import amend
from partnerships.domain.closing import close
from partnerships.domain.leaving import leave, stay
from partnerships.domain.terms import PartyTerms, terms_of
from tests.factories.partnerships import again, days, in_force, party, proposed

pytestmark = pytest.mark.django_db


def said(partnership):
    """The posts in order: who for, and the words."""
    rows = Post.objects.filter(thread=again(partnership).thread).order_by("number").select_related("organisation")
    return [(post.organisation, post.text) for post in rows]


def test_agreement_notice_and_closing_leave_a_post_each_with_a_link_and_nobody_is_told_twice():
    one, two, three = party(), party(), party()
    partnership = proposed(one, two, three, title="One *door*")
    link = rf"[One \*door\*]({partnership.get_absolute_url()})"
    agree(partnership, number=1, user=two[1], organisation=two[0])
    agree(partnership, number=1, user=three[1], organisation=three[0])
    agree(partnership, number=1, user=three[1], organisation=three[0])  # twice is once
    leave(partnership, user=two[1], organisation=two[0], on=days(30))
    stay(partnership, user=two[1], organisation=two[0])
    close(partnership, user=one[1], organisation=one[0], outcome="Thirty came.")
    posts = said(partnership)
    assert posts[0][0] == one[0] and link in posts[0][1]
    assert posts[1:3] == [
        (two[0], f"We agree to version 1 of {link}."),
        (three[0], f"We agree to version 1 of {link}. All have agreed now."),
    ]
    assert posts[3][1].startswith(f"We have given notice and leave {link} on ")
    assert posts[4:] == [
        (two[0], f"We take our notice back and stay in {link}."),
        (one[0], f"We have closed {link} for all. What came of it is on its page."),
    ]
    html = Post.objects.get(number=2).html
    assert f'href="{partnership.get_absolute_url()}"' in html and "One *door*" in html
    assert tell_new_posts() == 0


def test_who_takes_no_part_says_so_and_who_is_asked_to_join_does_before_they_read_it():
    one, two, three, four = party(), party(), party(), party()
    partnership = proposed(one, two, three)
    leave(partnership, user=three[1], organisation=three[0])
    assert said(partnership)[-1][1].startswith("We take no part in [One door for Year 7](")
    running = in_force(one, two)
    before = terms_of(running.stands)
    amend(
        running,
        replace(before, parties=(*before.parties, PartyTerms(four[0].pk, "funds"))),
        seen=1,
        user=one[1],
        organisation=one[0],
    )
    leave(running, user=four[1], organisation=four[0], reason="No money this year.")
    assert said(running)[-1] == (four[0], f"We do not join [One door for Year 7]({running.get_absolute_url()}).")
    assert not Participation.objects.filter(user=four[1]).exists()


def test_a_closed_discussion_stops_no_deed():
    one, two = party(), party()
    partnership = proposed(one, two)
    thread = again(partnership).thread
    type(thread).objects.filter(pk=thread.pk).update(closed_at=thread.opened_at)
    assert note(thread, author=one[1], organisation=one[0], text="Done.") is None
    assert agree(partnership, number=1, user=two[1], organisation=two[0])
    assert len(said(partnership)) == 1
