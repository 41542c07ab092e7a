"""The pages of discussions, by form and reload: everything works without a script."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from discussions.about import of_place
from discussions.domain.attending import pay_attention
from discussions.domain.posting import edit_post, remove_post
from discussions.domain.tending import close_thread, rename_thread
from discussions.models import Participation, Post, Thread, Visibility
from places.queries import gazetteer
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.discussions import client_id, member, post_in, thread_by
from tests.factories.initiatives import CARDIFF, MIDDLESBROUGH, InitiativeFactory
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    return sign_in(Client(), user)


def page_of(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_discussion_is_started_about_a_place_and_written_in_and_read_by_everyone():
    user = member(name="Ana Ruiz")
    client = signed_in(user)
    form = page_of(client.get("/discussions/new/?about=place:E06000002"))
    assert "About Middlesbrough" in form
    given = {"title": "Who meets Year 7s?", "text": "We **do**.", "visibility": "public", "client_id": client_id()}
    answer = client.post("/discussions/new/?about=place:E06000002", given)
    thread = Thread.objects.get()
    assert answer.url == thread.get_absolute_url() and thread.place_id == MIDDLESBROUGH
    answer = client.post(f"/discussions/{thread.pk}/post/", {"text": "And on Fridays.", "client_id": client_id()})
    assert answer.url == f"/discussions/{thread.pk}/2/"
    assert client.get(answer.url).url == f"/discussions/{thread.pk}/?from=1#p2"
    page = page_of(Client().get(thread.get_absolute_url()))
    assert "<strong>do</strong>" in page and "And on Fridays." in page and "Ana Ruiz" in page
    assert "Who meets Year 7s?" in page_of(Client().get("/places/middlesbrough/"))


def test_a_topic_has_a_place_tags_and_named_organisations():
    user = member()
    own, other = user.memberships.get().organisation, OrganisationFactory(name="Other House", is_public=True)
    given = {
        "title": "Quietly",
        "text": "Between us.",
        "visibility": "organisations",
        "parties": "other house",
        "place": "Whitby",
        "tags": "Coast, coast, boats",
        "client_id": client_id(),
    }
    signed_in(user).post("/discussions/new/", given)
    thread = Thread.objects.get()
    assert set(thread.organisations.all()) == {own, other}
    assert gazetteer()[thread.place_id].name == "North Yorkshire"
    assert sorted(thread.tags.names()) == ["boats", "coast"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": ""}, "Write something first."),
        ({"title": ""}, "This needs an answer."),
        ({"place": "Qwxzville"}, "We know no place"),
        ({"visibility": "organisations", "parties": "No Such House"}, "We know no organisation called “No Such House”"),
        ({"visibility": "everyone"}, "is not among the choices"),
        ({"text": "y" * 10_001}, "ten thousand characters"),
    ],
)
def test_what_cannot_be_started_says_why_and_keeps_what_was_typed(wrong, sentence):
    given = {"title": "A title", "text": "Some words", "visibility": "public", "client_id": client_id(), **wrong}
    answer = signed_in(member()).post("/discussions/new/", given)
    page = answer.content.decode()
    assert answer.status_code == 422 and not Thread.objects.exists()
    assert sentence in page
    assert ("Some words" in page) == (given["text"] == "Some words")


def test_what_cannot_be_posted_says_why_and_keeps_what_was_typed():
    opener, writer = member(), member()
    thread = thread_by(opener)
    close_thread(thread, user=opener, closed=True)
    answer = signed_in(writer).post(f"/discussions/{thread.pk}/post/", {"text": "Too late", "client_id": client_id()})
    assert answer.status_code == 422
    assert "This discussion is closed" in answer.content.decode() and "Too late" in answer.content.decode()
    answer = signed_in(writer).post(
        f"/discussions/{thread.pk}/post/",
        {"text": "", "client_id": client_id()},
        headers={"Accept": "application/json"},
    )
    assert (answer.status_code, answer.json()) == (422, {"error": "Write something first."})


def test_a_script_gets_the_frame_of_its_post_and_again_the_same():
    thread, writer = thread_by(), member()
    given = {"text": "Hello", "client_id": "abc"}
    client = signed_in(writer)
    first, again = (
        client.post(f"/discussions/{thread.pk}/post/", given, headers={"Accept": "application/json"}) for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 201)
    frame = first.json()
    assert frame == again.json()
    assert (frame["t"], frame["s"], frame["n"], frame["c"]) == ("post", 2, 2, "abc") and "Hello" in frame["html"]


def test_a_discussion_opens_where_somebody_left_it_and_then_all_is_read():
    reader = member()
    thread = thread_by()
    for _ in range(80):
        post_in(thread)
    client = signed_in(reader)
    first = page_of(client.get(thread.get_absolute_url()))
    assert 'id="p81"' in first and 'id="p31"' not in first and "New since you were here" not in first
    for _ in range(60):
        post_in(thread)
    back = page_of(client.get(thread.get_absolute_url()))
    assert "New since you were here" in back
    assert 'id="p79"' in back and 'id="p78"' not in back and 'id="p128"' in back and 'id="p129"' not in back
    assert back.index("New since you were here") < back.index('id="p82"')
    assert Participation.objects.get(user=reader).read == 128
    assert 'id="p141"' in page_of(client.get(thread.get_absolute_url()))
    assert "New since you were here" not in page_of(client.get(thread.get_absolute_url() + "?from=1"))


def test_entries_give_what_changed_since_page_by_page():
    thread = thread_by()
    author = member()
    posts = [post_in(thread, author) for _ in range(3)]
    edit_post(posts[0], user=author, text="Edited")
    remove_post(posts[1], user=author)
    rename_thread(thread, user=thread.opened_by, title="Renamed")
    told = Client().get(f"/discussions/{thread.pk}/entries/?after=2").json()
    assert (told["s"], told["more"]) == (7, False)
    assert [(f["t"], f["s"], f.get("n")) for f in told["frames"]] == [
        ("post", 4, 4),
        ("post", 5, 2),
        ("post", 6, 3),
        ("thread", 7, None),
    ]
    assert "Edited" in told["frames"][1]["html"] and "Some words" not in told["frames"][2]["html"]
    assert Client().get(f"/discussions/{thread.pk}/entries/?after=7").json() == {"s": 7, "more": False, "frames": []}
    assert Client().get(f"/discussions/{thread.pk}/entries/?after=rubbish").json()["s"] == 7


def test_entries_of_a_long_absence_come_in_pages_and_none_is_missed():
    thread = thread_by()
    author = member()
    for _ in range(450):
        post_in(thread, author)
    reached, seen, pages = 0, [], 0
    while True:
        told = json.loads(Client().get(f"/discussions/{thread.pk}/entries/?after={reached}").content)
        seen += [frame["n"] for frame in told["frames"] if frame["t"] == "post"]
        reached, pages = told["s"], pages + 1
        if not told["more"]:
            break
    assert seen == list(range(1, 452)) and pages == 3 and reached == 451


@pytest.mark.parametrize("number", [1, 30])
def test_a_discussion_takes_the_same_queries_at_one_post_and_at_thirty(number, django_assert_num_queries):
    thread = thread_by(subject=of_place(gazetteer()[MIDDLESBROUGH]))
    for _ in range(number - 1):
        post_in(thread, answers=Post.objects.filter(thread=thread).first())
    client = Client()
    client.get(thread.get_absolute_url())
    with django_assert_num_queries(3):
        client.get(thread.get_absolute_url())
    with django_assert_num_queries(2):
        client.get(f"/discussions/{thread.pk}/entries/?after=0")


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_the_same_queries_at_one_thread_and_at_thirty(number, django_assert_num_queries):
    opener = member()
    for at in range(number):
        subject = of_place(gazetteer()[MIDDLESBROUGH]) if at % 2 else None
        thread_by(opener, title=f"T{at}", subject=subject, tags=["x"])
    Client().get("/discussions/")
    with django_assert_num_queries(3):
        Client().get("/discussions/")


def test_the_list_is_narrowed_by_place_words_and_what_is_new():
    reader = member()
    here = thread_by(title="Mentors here", subject=of_place(gazetteer()[MIDDLESBROUGH]))
    there = thread_by(title="Mentors there", subject=of_place(gazetteer()[CARDIFF]))
    client = signed_in(reader)

    def titles(address):
        page = page_of(client.get(address))
        return [title for title in ("Mentors here", "Mentors there") if title in page]

    assert titles("/discussions/") == ["Mentors here", "Mentors there"]
    assert titles("/discussions/?where=middlesbrough") == titles("/discussions/?where=north-east") == ["Mentors here"]
    assert titles("/discussions/?q=THERE") == ["Mentors there"]
    assert titles("/discussions/?which=followed") == []
    client.get(there.get_absolute_url())
    post_in(there)
    assert titles("/discussions/?which=unread") == ["Mentors there"]
    assert "New to you (1)" in page_of(client.get("/discussions/"))
    client.post(f"/discussions/{here.pk}/follow/", {"attention": "follows"})
    assert titles("/discussions/?which=followed") == ["Mentors here"]
    for address in ("?where=Qwxzville", "?which=rubbish&page=x&q=%00", "?page=99"):
        page_of(client.get("/discussions/" + address))


def test_a_posts_own_page_has_what_its_reader_may_do():
    author, reader = member(), member()
    post = post_in(thread_by(), author, text="Frist")
    assert "Earlier versions stay readable" not in page_of(signed_in(reader).get(f"/discussions/posts/{post.pk}/"))
    client = signed_in(author)
    assert "Earlier versions stay readable" in page_of(client.get(f"/discussions/posts/{post.pk}/"))
    client.post(f"/discussions/posts/{post.pk}/do/", {"do": "edit", "text": "First"})
    assert "Frist" in page_of(signed_in(reader).get(f"/discussions/posts/{post.pk}/"))
    signed_in(reader).post(f"/discussions/posts/{post.pk}/do/", {"do": "react", "kind": "thanks"})
    assert "Thank you" in page_of(Client().get(post.thread.get_absolute_url()))
    client.post(f"/discussions/posts/{post.pk}/do/", {"do": "remove"})
    page = page_of(Client().get(post.thread.get_absolute_url()))
    assert "This post was removed by its author." in page and "First" not in page
    assert "Frist" not in page_of(Client().get(f"/discussions/posts/{post.pk}/"))
    other = post_in(post.thread)
    signed_in(ModeratorFactory()).post(f"/discussions/posts/{other.pk}/do/", {"do": "remove"})
    assert "removed by a moderator" in page_of(Client().get(post.thread.get_absolute_url()))


def test_whoever_opened_a_discussion_looks_after_it_on_a_page():
    opener = member()
    thread = thread_by(opener)
    client = signed_in(opener)
    address = f"/discussions/{thread.pk}/tend/"
    assert "Manage this discussion" in page_of(client.get(address))
    client.post(address, {"do": "rename", "title": "A better title"})
    client.post(address, {"do": "move", "about": "http://localhost:8000/places/cardiff/"})
    client.post(address, {"do": "readers", "visibility": "members"})
    client.post(address, {"do": "close"})
    thread.refresh_from_db()
    assert (thread.title, thread.place_id, thread.visibility) == ("A better title", CARDIFF, Visibility.MEMBERS)
    assert thread.is_closed
    for wrong in ({"do": "move", "about": "/nowhere/"}, {"do": "rename", "title": ""}, {"do": "x"}, {"do": "pin"}):
        assert client.post(address, wrong).status_code == 422, wrong
    assert signed_in(member()).get(address).status_code == 403


def test_how_far_somebody_read_is_kept_and_told():
    thread, reader = thread_by(), member()
    for _ in range(3):
        post_in(thread)
    client = signed_in(reader)
    assert client.post(f"/discussions/{thread.pk}/read/", {"number": "3"}).json() == {"read": 3, "unread": 1}
    assert client.post(f"/discussions/{thread.pk}/read/", {"number": "x"}).json() == {"read": 3, "unread": 1}


def test_what_one_may_not_read_is_not_there():
    thread = thread_by(visibility=Visibility.MEMBERS)
    post = Post.objects.get(thread=thread)
    client = signed_in(UserFactory())
    for address in ("", "1/", "entries/", "tend/"):
        assert client.get(f"/discussions/{thread.pk}/{address}").status_code == 404, address
    assert client.get(f"/discussions/posts/{post.pk}/").status_code == 404
    assert client.post(f"/discussions/{thread.pk}/post/", {"text": "x", "client_id": "x"}).status_code == 404
    assert thread.title not in page_of(client.get("/discussions/"))


def test_an_address_of_no_post_is_no_page():
    thread = thread_by()
    for address in ("0/", "2/", "999999999999/"):
        assert Client().get(f"/discussions/{thread.pk}/{address}").status_code == 404


def test_pages_of_things_show_what_is_said_about_them():
    initiative = InitiativeFactory()
    organisation = OrganisationFactory(is_public=True)
    page = page_of(Client().get(organisation.get_absolute_url()))
    assert "Nobody has asked or offered anything here yet." in page and "Sign in to take part" in page
    client = signed_in(member())
    assert f"about=initiative:{initiative.pk}" in page_of(client.get(initiative.get_absolute_url()))


def test_following_is_a_choice_and_nonsense_none():
    thread, reader = thread_by(), member()
    client = signed_in(reader)
    client.post(f"/discussions/{thread.pk}/follow/", {"attention": "rubbish"})
    assert not Participation.objects.filter(user=reader).exists()
    pay_attention(thread, user=reader, attention="follows")
    assert "Stop following" in page_of(client.get(thread.get_absolute_url()))
