"""Who is here and who types: of all processes together, and right again after a crash."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from discussions.live.presence import FORGOTTEN, MOST_NAMED, TYPING, Gathering


def together(*processes: Gathering, now: float = 0.0) -> Gathering:
    """What a page hears: each process says whom it has."""
    heard = Gathering()
    for number, one in enumerate(processes):
        heard.hear(f"process {number}", one.to_say(), now)
    return heard


def test_two_tabs_are_one_person_and_visitors_are_counted():
    one, other = Gathering(), Gathering()
    for gathering in (one, other):
        gathering.come(7, "Ana Ruiz")
        gathering.come(0, "")
    here = together(one, other).here()
    assert (here.people, here.visitors, list(here.names)) == (1, 2, [(7, "Ana Ruiz")])
    one.go(7)
    assert together(one, other).here().people == 1
    other.go(7)
    assert together(one, other).here().people == 0


def test_a_process_that_crashed_is_forgotten_within_a_minute():
    one = Gathering()
    one.come(7, "Ana Ruiz")
    heard = together(one, now=100.0)
    assert not heard.forget(100.0 + FORGOTTEN - 1) and heard.here().people == 1
    assert heard.forget(100.0 + FORGOTTEN) and heard.here().people == 0
    assert FORGOTTEN < 60


def test_who_types_stops_by_themselves_and_who_left_types_no_more():
    room = Gathering()
    room.come(7, "Ana Ruiz")
    assert room.type(7, 10.0) and not room.type(7, 11.0)
    assert list(together(room).here().typing) == [(7, "Ana Ruiz")]
    assert not room.stop_typing(11.0 + TYPING - 0.1)
    assert room.stop_typing(11.0 + TYPING)
    assert not room.type(8, 12.0), "who is not here does not type"
    room.type(7, 20.0)
    room.go(7)
    assert list(together(room).here().typing) == []


def test_a_thousand_people_are_counted_and_a_few_named():
    room = Gathering()
    for person in range(1, 1_001):
        room.come(person, f"Person {person}")
    here = together(room).here()
    assert here.people == 1_000 and len(here.names) == MOST_NAMED


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 4)), max_size=60))
def test_whoever_came_and_did_not_go_is_here(steps):
    room, sockets = Gathering(), dict.fromkeys(range(5), 0)
    for comes, person in steps:
        if comes:
            room.come(person, f"P{person}")
            sockets[person] += 1
        elif sockets[person]:
            room.go(person)
            sockets[person] -= 1
    here = together(room).here()
    assert here.people == sum(1 for person, number in sockets.items() if person and number)
    assert here.visitors == sockets[0]
    assert room.is_empty == (not any(sockets.values()))
