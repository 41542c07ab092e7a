"""What a party has just done, said in the parties' own discussion."""

from __future__ import annotations

from accounts.models import User
from discussions.domain.noting import note
from organisations.models import Organisation
from partnerships.models import Partnership
from texts.markdown import as_it_stands


def linked(partnership: Partnership, title: str) -> str:
    """Its name, leading to its page, for a post."""
    return f"[{as_it_stands(title)}]({partnership.get_absolute_url()})"


def say_in_talk(
    partnership: Partnership, words: str, *, user: User, organisation: Organisation, title: str, **names: object
) -> None:
    """A post in the name of who did it. `words`: a sentence with `%(title)s` where the link stands, and what else
    `names` holds. In the caller's transaction, under the partnership's lock."""
    if partnership.thread is not None:
        text = words % {**names, "title": linked(partnership, title)}
        note(partnership.thread, author=user, organisation=organisation, text=text)
