"""What else names a tag: rooms above say how much of it there is, for a moderator who is about to change the tag."""

from __future__ import annotations

from collections.abc import Callable

Counter = Callable[[str], tuple[str, int]]  # a tag’s name → a sentence with the number, and the number
_counters: list[Counter] = []


def register(counter: Counter) -> None:
    """Registering twice is registering once."""
    if counter not in _counters:
        _counters.append(counter)


def affected(name: str) -> list[str]:
    """A sentence for each kind of thing that names the tag."""
    return [sentence for counter in _counters for sentence, number in (counter(name),) if number]
