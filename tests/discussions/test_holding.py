"""First posts of new accounts that lead away wait for a moderator, and nothing is lost of them."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client

from discussions.domain.errors import Closed, DiscussionError, Gone, NotAllowed
from discussions.domain.holding import refuse_post, release_post
from discussions.domain.opening import Opening, open_thread
from discussions.domain.posting import post_message, remove_post
from discussions.domain.tending import close_thread
from discussions.models import Attachment, Participation, Post, Thread
from notifications.models import Notice
from tests.factories.accounts import ModeratorFactory, sign_in
from tests.factories.discussions import client_id, member, new_member, post_in, thread_by
from tests.factories.files import ready_file

pytestmark = pytest.mark.django_db
LINK = "Look at https://cheap.example/ now."


def page_of(user, address):
    client = sign_in(Client(), user) if user else Client()
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_first_post_with_a_link_is_its_authors_and_the_moderators_alone():
    author, thread = new_member(), thread_by()
    post = post_in(thread, author, text=LINK)
    assert post.number is None and post.is_waiting
    thread.refresh_from_db()
    assert (thread.posts, thread.sequence) == (1, 1)
    assert "Waits for a moderator" in page_of(author, thread.get_absolute_url())
    assert "cheap.example" in page_of(author, thread.get_absolute_url())
    for other in (member(), None):
        assert "cheap.example" not in page_of(other, thread.get_absolute_url())
        client = sign_in(Client(), other) if other else Client()
        assert client.get(f"/discussions/posts/{post.pk}/").status_code == 404
    assert "cheap.example" in page_of(ModeratorFactory(), "/reports/")


@pytest.mark.parametrize("text", ["No link at all.", "See http://localhost:8000/places/middlesbrough/ here."])
def test_words_and_links_to_us_wait_for_nobody(text):
    assert post_in(thread_by(), new_member(), text=text).number == 2


def test_who_is_known_links_freely():
    author, thread = new_member(), thread_by()
    for _number in range(3):
        post_in(thread, author)
    assert post_in(thread, author, text=LINK).number == 5
    assert post_in(thread, member(), text=LINK).number == 6


def test_a_retry_of_what_waits_is_the_same_post():
    author, thread, same = new_member(), thread_by(), client_id()
    first = post_in(thread, author, text=LINK, client_id=same)
    assert post_in(thread, author, text=LINK, client_id=same).pk == first.pk
    assert Post.objects.filter(author=author).count() == 1


def test_what_is_released_is_the_newest_post_with_all_it_carries(django_capture_on_commit_callbacks):
    author, moderator, thread = new_member(), ModeratorFactory(), thread_by()
    post = post_in(thread, author, text=LINK, files=[ready_file("plan.png")])
    post_in(thread)
    with django_capture_on_commit_callbacks(execute=True):
        released = release_post(post, user=moderator)
        assert release_post(post, user=moderator).number == released.number == 3
    thread.refresh_from_db()
    assert (thread.posts, thread.sequence) == (3, 3)
    assert "cheap.example" in page_of(None, thread.get_absolute_url())
    assert Attachment.objects.get(post=post).name == "plan.png"
    assert Participation.objects.get(thread=thread, user=author).attention == "follows"
    assert Notice.objects.filter(user=author, title="Your post stands now").count() == 1


def test_what_is_refused_is_told_to_its_author_with_their_words(django_capture_on_commit_callbacks):
    author, moderator, thread = new_member(), ModeratorFactory(), thread_by()
    post = post_in(thread, author, text=LINK)
    with pytest.raises(DiscussionError, match="Say why"):
        refuse_post(post, user=moderator, reason="")
    with django_capture_on_commit_callbacks(execute=True):
        refuse_post(post, user=moderator, reason="It advertises.")
    (sent,) = [message for message in mail.outbox if message.to == [author.email]]
    assert "It advertises." in sent.body and "cheap.example" in sent.body
    with pytest.raises(Gone):
        release_post(post, user=moderator)
    thread.refresh_from_db()
    assert thread.posts == 1


def test_only_moderators_decide_and_a_closed_discussion_takes_nothing_in():
    author, moderator, opener = new_member(), ModeratorFactory(), member()
    thread = thread_by(opener)
    post = post_in(thread, author, text=LINK)
    for somebody in (author, opener):
        with pytest.raises(NotAllowed):
            release_post(post, user=somebody)
    close_thread(thread, user=opener, closed=True)
    with pytest.raises(Closed):
        release_post(post, user=moderator)
    post.refresh_from_db()
    assert post.is_waiting


def test_a_discussion_whose_first_post_waits_is_there_for_its_author_alone():
    author = new_member()
    post = open_thread(Opening("Cheap things"), user=author, text=LINK, client_id=client_id())
    address = post.thread.get_absolute_url()
    assert "Cheap things" in page_of(author, address) and "Cheap things" in page_of(author, "/discussions/")
    for client in (Client(), sign_in(Client(), member())):
        assert client.get(address).status_code == 404
        assert "Cheap things" not in client.get("/discussions/").content.decode()
    release_post(post, user=ModeratorFactory())
    assert "Cheap things" in page_of(None, "/discussions/") and "Cheap things" in page_of(None, address)
    assert Thread.objects.get(pk=post.thread_id).posts == 1


def test_who_waits_may_take_it_back():
    author, thread = new_member(), thread_by()
    post = post_in(thread, author, text=LINK)
    remove_post(post, user=author)
    assert "cheap.example" not in page_of(ModeratorFactory(), "/reports/")
    assert "Waits for a moderator" not in page_of(author, thread.get_absolute_url())


def test_a_script_and_a_form_are_told_that_it_waits():
    author, thread = new_member(), thread_by()
    client = sign_in(Client(), author)
    fields = {"text": LINK, "client_id": "one"}
    answer = client.post(f"/discussions/{thread.pk}/post/", fields, headers={"accept": "application/json"})
    assert answer.status_code == 202 and "A moderator looks at" in answer.json()["waits"]
    answer = client.post(f"/discussions/{thread.pk}/post/", {**fields, "client_id": "two"}, follow=True)
    assert "A moderator looks at" in answer.content.decode()


def test_a_stored_post_is_never_doubled_by_its_number():
    with pytest.raises(IntegrityError):
        post = post_in(thread_by())
        Post.objects.create(thread=post.thread, number=post.number, text="x", html="x", client_id="x")


def test_posting_with_files_that_wait_keeps_them_from_others():
    author, thread = new_member(), thread_by()
    post = post_message(thread, author=author, text=LINK, client_id=client_id(), files=[ready_file("plan.png")])
    file = post.attachments.get()
    address = f"/discussions/files/{file.token}/{file.name}"
    assert Client().get(address).status_code == sign_in(Client(), member()).get(address).status_code == 404
