"""Whose name behind an @ is a mention: theirs who may be mentioned and may read it, and nobody else's."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from discussions.domain.posting import edit_post, remove_post
from discussions.domain.tending import change_readers
from discussions.models import Mention, Post, Thread, Visibility
from discussions.permissions import can_read, readers_among
from discussions.queries.mentioning import mentioned_people, suggested
from discussions.subjects import find
from organisations.models import Membership, Role
from places.models import Place
from tests.factories.accounts import CoordinatorFactory, EditorFactory, ModeratorFactory, UserFactory, sign_in
from tests.factories.discussions import member, post_in, thread_by
from tests.factories.initiatives import MIDDLESBROUGH, InitiativeFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def mentioned(post: Post) -> set[str]:
    return {str(mention.user or mention.organisation) for mention in Mention.objects.filter(post=post)}


def told(post: Post) -> set[str]:
    return {person.name for person in mentioned_people(post)}


def test_who_took_part_is_mentioned_by_their_full_name_and_told():
    anna = member(name="Anna Smith")
    thread = thread_by(anna)
    post = post_in(thread, text="Thank you, @Anna Smith.")
    assert mentioned(post) == told(post) == {"Anna Smith"}
    assert f'<span class="mention" data-person="{anna.pk}">@Anna Smith</span>.' in post.html


@pytest.mark.parametrize(
    "text",
    [
        "@Anna Smіth",  # a Cyrillic і
        "@Аnna Smith",  # a Cyrillic А
        "@anna smith",
        "@Anna",
        "@Anna Smithson",
        "@Anna Smith-Jones",
        "@Anna Smith\u0301",
        "@Anna\u200b Smith",
        "@ Anna Smith",
        "Anna Smith",
        "me@Anna Smith",
        "https://example.org/@Anna Smith",
        "`@Anna Smith`",
        "```\n@Anna Smith\n```",
        "[@Anna Smith](https://example.org)",
        "@Anna\nSmith",
        "@Anna *Smith*",
    ],
)
def test_what_only_looks_like_it_stays_text_and_tells_nobody(text: str):
    anna = member(name="Anna Smith")
    post = post_in(thread_by(anna), text=text, mentioned=[f"p{anna.pk}"])
    assert mentioned(post) == told(post) == set()
    assert 'class="mention"' not in post.html


@pytest.mark.parametrize(
    "text",
    [
        "@Anna Smith",
        "(@Anna Smith)",
        "“@Anna Smith”",
        "@Anna Smith’s idea",
        "@Anna Smith's idea",
        "**@Anna Smith**: yes",
        "- @Anna Smith",
        "> @Anna Smith",
        "Hello @Anna Smith,@Anna Smith!",
        "# @Anna Smith",
    ],
)
def test_it_counts_wherever_it_stands_in_a_text(text: str):
    post = post_in(thread_by(member(name="Anna Smith")), text=text)
    assert mentioned(post) == {"Anna Smith"}


def test_the_longest_name_is_meant():
    anna, longer = member(name="Anna Smith"), member(name="Anna Smith Jones")
    thread = thread_by(anna)
    post_in(thread, longer)
    assert mentioned(post_in(thread, text="@Anna Smith Jones says so")) == {"Anna Smith Jones"}


def test_apostrophes_of_telephones_are_the_same_apostrophes():
    school = OrganisationFactory(name="St Mary's School", is_public=True)
    post = post_in(thread_by(), text="Ask @St Mary’s School’s office")
    assert mentioned(post) == {"St Mary's School"}
    assert f'href="{school.get_absolute_url()}"' in post.html


def test_of_namesakes_the_one_who_was_picked_is_meant_and_without_a_choice_nobody():
    first, second = member(name="Anna Smith"), member(name="Anna Smith")
    thread = thread_by(first)
    post_in(thread, second)
    assert mentioned(post_in(thread, text="@Anna Smith")) == set()
    picked = post_in(thread, text="@Anna Smith", mentioned=[f"p{second.pk}"])
    assert [mention.user for mention in picked.mentions.all()] == [second]
    assert f'data-person="{second.pk}"' in picked.html


def test_a_forged_id_mentions_nobody():
    stranger = member(name="Eve Stranger")
    thread = thread_by()
    keys = [f"p{stranger.pk}", f"o{stranger.pk}", "p0", "p999999999999", "x1", "p", ""]
    assert mentioned(post_in(thread, text="@Eve Stranger", mentioned=keys)) == set()
    assert mentioned(post_in(thread, text="No name at all", mentioned=keys)) == set()


def test_who_only_reads_is_nobodys_to_find():
    reader = member(name="Quiet Reader")
    thread = thread_by()
    sign_in(Client(), reader).get(thread.get_absolute_url())
    assert mentioned(post_in(thread, text="@Quiet Reader")) == set()


def test_who_left_the_organisation_a_thread_is_for_is_not_mentioned_any_more():
    party = OrganisationFactory(is_public=True)
    opener, gone = member(of=party), member(of=party, name="Gone Away")
    thread = thread_by(opener, visibility=Visibility.ORGANISATIONS, organisations=[party])
    post_in(thread, gone)
    assert mentioned(post_in(thread, opener, "@Gone Away")) == {"Gone Away"}
    Membership.objects.filter(user=gone).delete()
    post = post_in(thread, opener, "@Gone Away")
    assert mentioned(post) == told(post) == set()


def test_who_may_no_longer_read_is_not_told_of_what_stands():
    party, other = OrganisationFactory(is_public=True), OrganisationFactory(is_public=True)
    opener, anna = member(of=party), member(of=other, name="Anna Smith")
    thread = thread_by(opener)
    post_in(thread, anna)
    post = post_in(thread, opener, "@Anna Smith")
    assert told(post) == {"Anna Smith"}
    change_readers(thread, user=opener, visibility=Visibility.ORGANISATIONS, organisations=[party])
    post = Post.objects.select_related("thread").get(pk=post.pk)
    assert told(post) == set()


def test_the_people_of_the_organisations_it_is_for_are_mentioned_before_they_have_said_a_word():
    party, other = OrganisationFactory(is_public=True), OrganisationFactory(is_public=True)
    opener = member(of=party)
    member(of=other, name="Not Yet There")
    thread = thread_by(opener, visibility=Visibility.ORGANISATIONS, organisations=[party, other])
    assert mentioned(post_in(thread, opener, "@Not Yet There")) == {"Not Yet There"}


def test_the_people_of_the_organisation_it_is_about_are_shown_to_their_own_and_to_moderators_alone():
    about = OrganisationFactory(is_public=True)
    colleague = member(of=about)
    member(of=about, name="Inside Person")
    thread = thread_by(member(), subject=find("organisation", str(about.pk)))
    assert mentioned(post_in(thread, member(), "@Inside Person")) == set()
    assert mentioned(post_in(thread, colleague, "@Inside Person")) == {"Inside Person"}
    assert mentioned(post_in(thread, ModeratorFactory(), "@Inside Person")) == {"Inside Person"}


def test_who_coordinates_its_place_or_one_around_it_is_mentioned():
    CoordinatorFactory(name="Cora Council", place=Place.objects.get(code=MIDDLESBROUGH))
    CoordinatorFactory(name="Rita Region", place=Place.objects.get(code="E12000001"))
    CoordinatorFactory(name="Elsa Elsewhere", place=Place.objects.get(code="E08000035"))
    thread = thread_by(place=MIDDLESBROUGH)
    post = post_in(thread, text="@Cora Council @Rita Region @Elsa Elsewhere")
    assert mentioned(post) == {"Cora Council", "Rita Region"}


def test_an_organisations_mention_tells_its_editors_and_owners_and_not_its_other_people():
    trust = OrganisationFactory(name="Riverside Trust", is_public=True)
    for name, role in (("An Owner", Role.OWNER), ("An Editor", Role.EDITOR), ("A Member", Role.MEMBER)):
        MembershipFactory(organisation=trust, role=role, user=UserFactory(name=name))
    post = post_in(thread_by(), text="Would @Riverside Trust help?")
    assert mentioned(post) == {"Riverside Trust"}
    assert told(post) == {"An Owner", "An Editor"}
    assert f'<a class="mention" href="{trust.get_absolute_url()}"' in post.html


def test_organisations_that_are_not_public_or_may_not_read_stay_text():
    OrganisationFactory(name="Hidden Trust", is_public=False)
    outside = OrganisationFactory(name="Outside Trust", is_public=True)
    member(of=outside)
    party = OrganisationFactory(is_public=True)
    opener = member(of=party)
    inside = thread_by(opener, visibility=Visibility.ORGANISATIONS, organisations=[party])
    assert mentioned(post_in(thread_by(), text="@Hidden Trust")) == set()
    assert mentioned(post_in(inside, opener, "@Outside Trust")) == set()


def test_about_a_draft_only_those_are_mentioned_who_may_see_it():
    lead = OrganisationFactory(name="Lead Trust", is_public=True)
    OrganisationFactory(name="Other Trust", is_public=True)
    editor = MembershipFactory(organisation=lead, role=Role.OWNER).user
    draft = InitiativeFactory(lead_organisation=lead, live=False)
    thread = thread_by(editor, subject=find("initiative", str(draft.pk)))
    post = post_in(thread, editor, "@Lead Trust @Other Trust")
    assert mentioned(post) == {"Lead Trust"}


def test_nobody_is_told_of_their_own_words_nor_of_what_was_removed():
    anna = member(name="Anna Smith")
    thread = thread_by(anna)
    own = post_in(thread, anna, "I, @Anna Smith")
    assert mentioned(own) == {"Anna Smith"}
    assert told(own) == set()
    other = post_in(thread, text="@Anna Smith")
    remove_post(other, user=other.author)
    other.refresh_from_db()
    assert told(other) == mentioned(other) == set()


def test_who_is_not_active_any_more_is_neither_mentioned_nor_told():
    anna = member(name="Anna Smith")
    thread = thread_by(anna)
    before = post_in(thread, text="@Anna Smith")
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert told(before) == set()
    assert mentioned(post_in(thread, text="@Anna Smith")) == set()


def test_an_edit_mentions_who_stands_in_it_then():
    anna, bela = member(name="Anna Smith"), member(name="Bela Kun")
    thread = thread_by(anna)
    post_in(thread, bela)
    post = post_in(thread, text="@Anna Smith")
    post = edit_post(post, user=post.author, text="@Bela Kun")
    assert mentioned(post) == {"Bela Kun"}


def test_a_namesake_who_was_picked_stays_meant_when_the_text_around_is_put_right():
    first, second = member(name="Anna Smith"), member(name="Anna Smith")
    thread = thread_by(first)
    post_in(thread, second)
    post = post_in(thread, text="@Anna Smith helo", mentioned=[f"p{second.pk}"])
    post = edit_post(post, user=post.author, text="@Anna Smith hello")
    assert [mention.user for mention in post.mentions.all()] == [second]


def test_a_text_without_names_asks_nothing_of_the_database_for_them():
    thread, author = thread_by(), member()
    thread.refresh_from_db()
    queries = []
    for text in ("Some words.", "Some words for @Nobody Here."):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            post_in(thread, author, text)
        queries.append(sum("accounts_user" in one["sql"] and "IN (" in one["sql"] for one in asked))
    assert queries[0] == 0 < queries[1]


def test_a_hundred_names_cost_no_more_than_two():
    thread, author = thread_by(member(name="Anna Smith")), member()
    counts = []
    for text in ("@Anna Smith @Bela Kun", " ".join(f"@Anna Smith @Person Number{n}" for n in range(100))):
        with CaptureQueriesContext(connection) as asked:
            post_in(thread, author, text)
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def everyone(party) -> list[User]:
    """Somebody in every role."""
    return [
        UserFactory(),
        member(),
        member(of=party),
        member(is_active=False),
        CoordinatorFactory(place=Place.objects.get(code=MIDDLESBROUGH)),
        ModeratorFactory(),
        EditorFactory(),
        UserFactory(is_superuser=True),
    ]


@pytest.mark.parametrize("visibility", Visibility.values)
@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("about", ["nothing", "public", "draft"])
def test_many_are_asked_at_once_who_may_read_and_it_is_the_same(visibility: str, hidden: bool, about: str):
    party = OrganisationFactory(is_public=True)
    people = everyone(party)
    initiative = InitiativeFactory(lead_organisation=party, live=about == "public")
    thread = Thread.objects.create(title="x", visibility=visibility)
    if about != "nothing":
        thread.subject_kind, thread.subject_key = "initiative", str(initiative.pk)
    if hidden:
        thread.hidden_at = timezone.now()
    thread.save()
    if visibility == Visibility.ORGANISATIONS:
        thread.organisations.set([party])
    expected = {one.pk for one in people if one.is_active and can_read(User.objects.get(pk=one.pk), thread)}
    found = readers_among(User.objects.filter(pk__in=[one.pk for one in people]), thread)
    assert {one.pk for one in found} == expected
    assert can_read(AnonymousUser(), thread) == (visibility == Visibility.PUBLIC and not hidden and about != "draft")


def asked(user: User | None, thread: Thread, q: str = ""):
    client = Client()
    if user is not None:
        sign_in(client, user)
    return client.get(reverse("discussion-mentionable", args=[thread.pk]), {"q": q})


def test_suggestions_are_for_who_may_write_there():
    party = OrganisationFactory(is_public=True)
    opener = member(of=party)
    thread = thread_by(opener, visibility=Visibility.ORGANISATIONS, organisations=[party])
    public = thread_by()
    assert asked(opener, thread).status_code == 200
    assert asked(member(), thread).status_code == 404
    assert asked(member(), public).status_code == 200
    assert asked(UserFactory(), public).status_code == 403
    assert asked(None, public).status_code == 302


def test_suggestions_begin_as_it_was_typed_people_first_and_tell_no_address():
    anna = member(name="Anna Smith", email="anna.smith@people.example")
    OrganisationFactory(name="Annan Trust", is_public=True)
    OrganisationFactory(name="Trust of Anna", is_public=True)
    thread = thread_by(anna)
    post_in(thread, member(name="Joanna Brown"))
    answer = asked(member(), thread, "ann")
    results = answer.json()["results"]
    assert [one["name"] for one in results] == ["Anna Smith", "Annan Trust", "Trust of Anna"]
    assert results[0]["key"] == f"p{anna.pk}"
    assert "@" not in answer.content.decode()
    assert [one["name"] for one in asked(member(), thread, "anna s").json()["results"]] == ["Anna Smith"]
    assert asked(member(), thread, "anna.smith@people").json()["results"] == []


def test_there_are_at_most_eight_and_room_for_organisations_among_them():
    thread = thread_by()
    for number in range(12):
        post_in(thread, member(name=f"Anna {number:02}"))
        OrganisationFactory(name=f"Anna Trust {number:02}", is_public=True)
    found = suggested(thread, user=member(), typed="anna")
    assert len(found) == 8
    assert sum(one.is_person for one in found) == 5


def test_suggestions_ask_the_same_number_of_questions_however_many_there_are():
    thread = thread_by(member(name="Anna 0"))
    user = member()
    counts = []
    for more in (1, 29):
        for number in range(more):
            post_in(thread, member(name=f"Anna {more} {number}"))
            OrganisationFactory(name=f"Anna Trust {more} {number}", is_public=True)
        user = User.objects.get(pk=user.pk)
        with CaptureQueriesContext(connection) as questions:
            suggested(thread, user=user, typed="anna")
        counts.append(len(questions))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("q", ["", "%", "_", "\0", "x" * 5_000, "\u202e", "'; --", "@"])
def test_no_question_is_an_error(q: str):
    assert asked(member(), thread_by(), q).status_code == 200


def test_a_name_with_markup_in_it_is_shown_as_it_is():
    thread = thread_by(member(name="Anna <b>Smith</b> & Co"))
    post = post_in(thread, text="@Anna <b>Smith</b> & Co")
    assert mentioned(post) == {"Anna <b>Smith</b> & Co"}
    assert re.search(r">@Anna &lt;b&gt;Smith&lt;/b&gt; &amp; Co</span>", post.html)
