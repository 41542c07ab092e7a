"""Sockets: who may open one, what may be said over it, and what becomes of nonsense."""

from __future__ import annotations

import json
import time
from itertools import product

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.urls import reverse
from websockets.exceptions import ConnectionClosed, InvalidStatus

from discussions.domain.posting import edit_post, remove_post
from discussions.domain.tending import change_readers, close_thread
from discussions.live import sockets
from discussions.models import Thread, Visibility
from discussions.permissions import can_read
from notifications.domain.noting import note
from organisations.domain.membership import remove_member
from organisations.models import Membership, Role
from tests.factories.accounts import (
    AdministratorFactory,
    CoordinatorFactory,
    EditorFactory,
    ModeratorFactory,
    UserFactory,
    sign_in,
)
from tests.factories.discussions import member, post_in, thread_by
from tests.factories.organisations import MembershipFactory, OrganisationFactory

SOON = 5.0  # seconds


def next_frame(socket, *kinds, seconds=SOON):
    """The next frame of one of these kinds."""
    end = time.monotonic() + seconds
    while True:
        frame = json.loads(socket.recv(timeout=max(0.01, end - time.monotonic())))
        if frame["t"] in kinds:
            return frame


def closed_with(socket, seconds=SOON):
    """The code the server closes it with."""
    end = time.monotonic() + seconds
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            socket.recv(timeout=max(0.01, end - time.monotonic()))
    return closed.value.rcvd.code


def people(named):
    """Somebody in every role."""
    return {
        "visitor": None,
        "newcomer": UserFactory(),
        "member": member(),
        "party": member(of=named),
        "coordinator": CoordinatorFactory(),
        "moderator": ModeratorFactory(),
        "cms editor": EditorFactory(),
        "administrator": AdministratorFactory(),
    }


ROLES = ("visitor", "newcomer", "member", "party", "coordinator", "moderator", "cms editor", "administrator")
READERS = {
    "public": set(ROLES),
    "members": {"member", "party", "moderator", "cms editor", "administrator"},
    "organisations": {"party"},
    "hidden": {"moderator", "administrator"},
}
TYPE = {"member", "party", "newcomer", "coordinator", "moderator", "cms editor", "administrator"}


def test_every_action_of_every_role_on_every_sort_of_discussion(line):
    """The socket half of the access matrix: to listen, to ping, to be seen typing, to hear of a change."""
    named = OrganisationFactory()
    roles = people(named)
    assert tuple(roles) == ROLES
    opener = member(of=named)
    threads = {
        sort: thread_by(
            opener,
            title=sort,
            visibility=sort if sort != "hidden" else Visibility.PUBLIC,
            organisations=(named,) if sort == "organisations" else (),
        )
        for sort in READERS
    }
    Thread.objects.filter(pk=threads["hidden"].pk).update(hidden_at="2026-01-01T00:00Z")
    wrong = []
    for (sort, thread), (role, user) in product(threads.items(), roles.items()):
        socket = line(thread, user)
        may = role in READERS[sort]
        if not may:
            code = closed_with(socket)
            if code != (sockets.FORBIDDEN if user else sockets.SIGN_IN):
                wrong.append((sort, role, "refused", code))
            continue
        if next_frame(socket, "hello", "refused")["t"] != "hello":
            wrong.append((sort, role, "not greeted"))
        socket.send('{"t":"ping"}')
        socket.send('{"t":"typing"}')
        answer = next_frame(socket, "refused", "here")
        while answer["t"] == "here" and not answer["typing"]:  # who came and went is told besides
            answer = next_frame(socket, "refused", "here")
        if (answer["t"] == "here") != (role in TYPE):
            wrong.append((sort, role, "typing", answer))
        socket.close()
    assert wrong == []


def test_the_matrix_says_what_pages_say(transactional_db):
    named = OrganisationFactory()
    roles = people(named)
    opener = member(of=named)
    public = thread_by(opener)
    members = thread_by(opener, visibility=Visibility.MEMBERS)
    among = thread_by(opener, visibility=Visibility.ORGANISATIONS, organisations=(named,))
    from django.contrib.auth.models import AnonymousUser

    for user in roles.values():
        if user is not None:
            user.roles_awake = True
    for sort, thread in (("public", public), ("members", members), ("organisations", among)):
        may = {role for role, user in roles.items() if can_read(user or AnonymousUser(), thread)}
        assert may == READERS[sort], sort


@pytest.mark.parametrize(
    "query", ["?thread=x", "?thread=-1", "?thread=%00", "?thread=" + "9" * 40, "?thread=1%20OR%201"]
)
def test_an_address_of_no_discussion_is_refused_with_a_code(line, query):
    assert closed_with(line(query=query, user=member())) == sockets.BAD_REQUEST


def test_a_discussion_that_is_not_there_is_refused_like_one_that_may_not_be_read(line):
    assert closed_with(line(query="?thread=999999999", user=member())) == sockets.FORBIDDEN
    assert closed_with(line(query="?thread=999999999")) == sockets.SIGN_IN


def test_a_visitor_has_no_inbox_to_listen_to(line):
    assert closed_with(line()) == sockets.BAD_REQUEST


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example"])
def test_another_sites_page_opens_no_socket(line, origin):
    with pytest.raises(InvalidStatus) as refused:
        line(thread_by(), member(), origin=origin)
    assert refused.value.response.status_code == 403


def test_nonsense_is_answered_with_a_sentence_and_at_last_closed_and_disturbs_nobody(line):
    thread, other = thread_by(), member()
    wrong, good = line(thread, member()), line(thread, other)
    next_frame(good, "hello")
    nonsense = ["rubbish", "[]", '"typing"', '{"t":"become-admin"}', "\x00{}"]
    assert len(nonsense) == sockets.MOST_REFUSED
    for text in nonsense[:-1]:
        wrong.send(text)
        assert "no such action" in next_frame(wrong, "refused")["why"]
    wrong.send(nonsense[-1])
    assert closed_with(wrong) == sockets.BAD_REQUEST
    post_in(thread, text="Undisturbed.")
    assert "Undisturbed." in next_frame(good, "post")["html"]


def test_long_frames_are_refused_and_very_long_ones_end_the_socket(line):
    thread = thread_by()
    socket = line(thread, member())
    next_frame(socket, "hello")
    socket.send(json.dumps({"t": "typing", "x": "x" * 2_000}))
    assert "Too long" in next_frame(socket, "refused")["why"]
    socket.send("x" * 1_000_000)
    assert closed_with(socket) == 1009


def test_bytes_are_no_words(line):
    socket = line(thread_by(), member())
    next_frame(socket, "hello")
    socket.send(b"\xff\xfe\x00")
    assert next_frame(socket, "refused")


def test_one_person_has_so_many_sockets_and_others_theirs(line, monkeypatch):
    monkeypatch.setattr(sockets, "MOST_A_PERSON", 3)
    thread, greedy = thread_by(), member()
    standing = [line(thread, greedy) for _number in range(3)]
    for socket in standing:
        next_frame(socket, "hello")
    for _number in range(5):
        assert closed_with(line(thread, greedy)) == sockets.TOO_MANY
    next_frame(line(thread, member()), "hello")
    standing[0].close()
    until = time.monotonic() + SOON
    while sockets._open[f"user {greedy.pk}"] >= 3 and time.monotonic() < until:
        time.sleep(0.02)
    next_frame(line(thread, greedy), "hello")


def test_a_page_that_says_nothing_is_let_go(line, monkeypatch):
    monkeypatch.setattr(sockets, "QUIET", 0.3)
    assert closed_with(line(thread_by(), member())) == sockets.SILENT


def test_what_is_said_edited_and_taken_back_arrives_in_order_with_its_number(line):
    thread, author = thread_by(), member()
    socket = line(thread)
    assert next_frame(socket, "hello")["s"] == 1
    post = post_in(thread, author, text="Frist")
    edit_post(post, user=author, text="First")
    remove_post(post, user=author)
    frames = [next_frame(socket, "post") for _number in range(3)]
    assert [(frame["s"], frame["n"]) for frame in frames] == [(2, 2), (3, 2), (4, 2)]
    assert (
        "Frist" in frames[0]["html"] and "First" in frames[1]["html"] and "removed by its author" in frames[2]["html"]
    )
    close_thread(thread, user=thread.opened_by, closed=True)
    assert next_frame(socket, "thread")["closed"] is True


def test_who_leaves_an_organisation_is_out_of_its_discussions_within_seconds(line):
    named = OrganisationFactory()
    owner = MembershipFactory(organisation=named, role=Role.OWNER).user
    leaving = member(of=named)
    thread = thread_by(owner, visibility=Visibility.ORGANISATIONS, organisations=(named,))
    socket, stays = line(thread, leaving), line(thread, owner)
    for one in (socket, stays):
        next_frame(one, "hello")
    remove_member(Membership.objects.get(user=leaving, organisation=named), user=owner)
    assert closed_with(socket) == sockets.FORBIDDEN
    post_in(thread, owner, text="Between us.")
    assert next_frame(stays, "post")


def test_who_signs_out_is_signed_out_of_their_sockets_and_nobody_else_is(line):
    ana, ben = member(), member()
    thread = thread_by(visibility=Visibility.MEMBERS)
    signed_in = sign_in(Client(), ana)
    socket = line(thread, cookie=signed_in.cookies[settings.SESSION_COOKIE_NAME].value)
    inbox = line(cookie=signed_in.cookies[settings.SESSION_COOKIE_NAME].value)
    elsewhere, other = line(thread, ana), line(thread, ben)
    for one in (socket, inbox, elsewhere, other):
        next_frame(one, "hello")
    signed_in.post(reverse("account_logout"))
    assert closed_with(socket) == closed_with(inbox) == sockets.CHANGED
    post_in(thread, text="Among members.")
    assert next_frame(elsewhere, "post") and next_frame(other, "post")


@pytest.mark.parametrize("how", ["closed account", "session gone", "no longer a member"])
def test_what_nobody_announced_is_noticed_when_the_page_next_says_that_it_is_there(line, monkeypatch, how):
    monkeypatch.setattr(sockets, "ASK_AGAIN", 0.0)
    person = member()
    socket = line(thread_by(visibility=Visibility.MEMBERS), person)
    next_frame(socket, "hello")
    if how == "closed account":
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    elif how == "session gone":
        Session.objects.all()._raw_delete("default")
    else:
        Membership.objects.filter(user=person).delete()
    socket.send('{"t":"ping"}')
    assert closed_with(socket) == (sockets.FORBIDDEN if how == "no longer a member" else sockets.CHANGED)


def test_over_a_socket_nothing_is_written_to_the_database(line, monkeypatch):
    asked: list[str] = []
    execute = CursorWrapper.execute

    def noted(cursor, sql, params=None):
        asked.append(sql)
        return execute(cursor, sql, params)

    thread, person = thread_by(), member()
    session = sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME].value
    monkeypatch.setattr(CursorWrapper, "execute", noted)
    socket = line(thread, cookie=session)
    next_frame(socket, "hello")
    for text in ('{"t":"ping"}', '{"t":"typing"}', "nonsense"):
        socket.send(text)
    next_frame(socket, "refused")
    socket.close()
    until = time.monotonic() + SOON
    while sockets._open and time.monotonic() < until:
        time.sleep(0.02)
    assert asked and [sql for sql in asked if not sql.lstrip().startswith("SELECT")] == []


def test_a_discussion_that_closes_itself_off_lets_those_go_who_may_no_longer_read(line):
    thread, insider = thread_by(), member()
    outside, inside = line(thread), line(thread, insider)
    for one in (outside, inside):
        next_frame(one, "hello")
    change_readers(thread, user=thread.opened_by, visibility=Visibility.MEMBERS)
    assert closed_with(outside) == sockets.FORBIDDEN
    post_in(thread, text="Among members.")
    assert next_frame(inside, "post")


def test_somebodys_inbox_is_told_on_any_page(line):
    person = member()
    socket = line(user=person)
    next_frame(socket, "hello")
    note([person], kind="test", title="Something happened", path="/")
    assert next_frame(socket, "inbox")["n"] == "1"


def test_names_are_for_who_is_signed_in(line):
    thread, ana = thread_by(), member(name="Ana Ruiz")
    line(thread, ana)
    visitor, reader = line(thread), line(thread, member())
    frame = next_frame(reader, "here")
    while len(frame["names"]) < 2:
        frame = next_frame(reader, "here")
    assert "Ana Ruiz" in [one["name"] for one in frame["names"]]
    assert next_frame(visitor, "here")["names"] == []
