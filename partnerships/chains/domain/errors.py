"""What can go wrong with an introduction, in words for the person who asked."""

from __future__ import annotations


class IntroducingError(Exception):
    """A rule was not met; the text says which and what can be done."""


class NotAllowed(IntroducingError):
    """Whoever asks belongs to neither side and coordinates no place of theirs."""
