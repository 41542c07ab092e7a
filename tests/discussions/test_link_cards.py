"""Links to pages of ours stand as cards: as those pages are now, and only what everyone may read."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from discussions.domain.posting import edit_post
from discussions.live.frames import post_frame
from discussions.models import Post, Thread
from discussions.queries.showing import shown, shown_posts
from discussions.subjects import at_paths, can_read, find
from initiatives.models import Initiative
from organisations.models import Role
from tests.factories.accounts import UserFactory
from tests.factories.discussions import post_in, thread_by
from tests.factories.initiatives import InitiativeFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def cards(post: Post) -> list[tuple[str, str, str]]:
    found = shown(Post.objects.select_related("author", "organisation", "answers__author").get(pk=post.pk)).cards
    return [(card.label, card.title, card.byline) for card in found]


def test_initiatives_organisations_and_places_have_a_card_in_the_order_of_the_links(settings):
    settings.SITE_URL = "https://stones.example"
    trust = OrganisationFactory(name="Riverside Trust", is_public=True)
    steps = InitiativeFactory(title="Steps to Secondary", lead_organisation=trust)
    text = (
        f"Look at https://stones.example/places/middlesbrough/, [them]({trust.get_absolute_url()}) "
        f"and [this]({steps.get_absolute_url()}?from=here#top)."
    )
    assert cards(post_in(thread_by(), text=text)) == [
        ("Place", "Middlesbrough", ""),
        ("Organisation", "Riverside Trust", "Charity"),
        ("Initiative", "Steps to Secondary", "Riverside Trust · Middlesbrough"),
    ]


def test_a_card_says_what_the_page_says_now_in_pages_and_in_frames():
    steps = InitiativeFactory(title="Steps to Secondary")
    post = post_in(thread_by(), text=f"[x]({steps.get_absolute_url()})")
    assert "Steps to Secondary" in post_frame(post, "en-gb")
    Initiative.objects.filter(pk=steps.pk).update(title="Giant Steps")
    assert "Giant Steps" in post_frame(post, "en-gb")
    assert "Steps to Secondary" not in Client().get(post.thread.get_absolute_url()).content.decode()


@pytest.mark.parametrize("hide", ["organisation", "initiative"])
def test_what_is_not_public_any_more_has_no_card(hide: str):
    trust = OrganisationFactory(is_public=True)
    steps = InitiativeFactory(lead_organisation=trust)
    about = trust if hide == "organisation" else steps
    post = post_in(thread_by(), text=f"[x]({about.get_absolute_url()})")
    assert len(cards(post)) == 1
    type(about).objects.filter(pk=about.pk).update(**{"is_public" if hide == "organisation" else "live": False})
    assert cards(post) == []
    assert about.get_absolute_url() in post.html  # the link is the author's and stays


def test_pages_that_are_nothing_of_ours_have_none():
    elsewhere = "[c](https://elsewhere.example/places/leeds/) /places/leeds/"
    text = f"[a](/initiatives/no-such-thing/) [b](/accounts/login/) {elsewhere}"
    assert cards(post_in(thread_by(), text=text)) == []


def test_an_edit_changes_the_cards_with_the_links():
    post = post_in(thread_by(), text="[x](/places/middlesbrough/)")
    post = edit_post(post, user=post.author, text="[x](/places/leeds/)")
    assert [title for _label, title, _byline in cards(post)] == ["Leeds"]


def test_a_page_asks_one_question_a_kind_however_many_posts_have_links():
    thread = thread_by()
    counts = []
    for more in (1, 29):
        for _number in range(more):
            trust = OrganisationFactory(is_public=True)
            steps = InitiativeFactory(lead_organisation=trust)
            links = f"[a]({trust.get_absolute_url()}) [b]({steps.get_absolute_url()}) [c](/places/leeds/)"
            post_in(thread, text=links)
        rows = Post.objects.filter(thread=thread).select_related("author", "organisation", "answers__author")
        posts = list(rows)
        with CaptureQueriesContext(connection) as asked:
            made = shown_posts(posts)
        assert sum(len(one.cards) for one in made) == 3 * (len(posts) - 1)
        counts.append(len(asked))
    assert counts == [3, 3]  # organisations; initiatives, and their places


def test_so_does_catching_up():
    thread = thread_by()
    counts = []
    for more in (1, 29):
        for _number in range(more):
            post_in(thread, text=f"[a]({OrganisationFactory(is_public=True).get_absolute_url()})")
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            answer = Client().get(reverse("discussion-entries", args=[thread.pk]))
        assert len(json.loads(answer.content)["frames"]) >= more
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_posts_without_links_ask_nothing():
    thread = thread_by()
    post_in(thread)
    posts = list(Post.objects.filter(thread=thread).select_related("author", "organisation", "answers__author"))
    with CaptureQueriesContext(connection) as asked:
        shown_posts(posts)
    assert len(asked) == 0


def test_an_initiative_is_a_thing_that_threads_are_about():
    owner = MembershipFactory(role=Role.OWNER).user
    lead = owner.memberships.get().organisation
    live, draft = InitiativeFactory(lead_organisation=lead), InitiativeFactory(lead_organisation=lead, live=False)
    subject = find("initiative", str(live.pk))
    assert (subject.title, subject.url, subject.place) == (live.title, live.get_absolute_url(), "E06000002")
    assert subject.organisations == (lead.pk,)
    hidden = find("initiative", str(draft.pk))
    assert can_read(UserFactory(), subject)
    assert can_read(owner, hidden)
    assert not can_read(UserFactory(), hidden)
    assert at_paths([draft.get_absolute_url()]) == {}


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 30, "-1", "١"])
def test_a_key_that_is_none_finds_nothing(key: str):
    assert find("initiative", key) is None


def test_nothing_is_kept_with_a_thread_but_its_paths():
    post = post_in(thread_by(), text="[a](/places/leeds/) [b](/places/leeds/) [c](https://example.org/)")
    assert post.links == ["/places/leeds/"]
    assert Thread.objects.filter(pk=post.thread_id).exists()
