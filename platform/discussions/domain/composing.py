"""Make a post of what was typed: its HTML, where it leads, and whom it mentions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from accounts.models import User
from discussions.domain.rendering import read
from discussions.models import Mention, Post, Thread
from discussions.queries.mentioning import Meant, who_is_meant


@dataclass(frozen=True)
class Composed:
    html: str
    links: list[str] = field(default_factory=list)
    mentioned: tuple[Meant, ...] = ()
    leads_away: bool = False


def compose(text: str, *, thread: Thread, author: User, chosen: Collection[str] = ()) -> Composed:
    """`chosen`: the keys of those picked from the suggestions. A name that is nobody's here stays text."""
    reading = read(text)
    names = reading.names
    meant = who_is_meant(thread, user=author, names=names, chosen=chosen) if names else {}
    standing = reading.standing(meant)
    mentioned = tuple(one for key in standing for one in meant[key])
    html = reading.html({key: ones[0].named for key, ones in meant.items()})
    return Composed(html, reading.paths, mentioned, reading.leads_away)


def keep_mentions(post: Post, mentioned: Collection[Meant]) -> None:
    """These and no others. In the caller's transaction."""
    before = {(mention.user_id, mention.organisation_id): mention for mention in post.mentions.all()}
    now = {(one.pk, None) if one.is_person else (None, one.pk) for one in mentioned}
    Mention.objects.filter(pk__in=[mention.pk for who, mention in before.items() if who not in now]).delete()
    Mention.objects.bulk_create(
        [Mention(post=post, user_id=user, organisation_id=one) for user, one in sorted(now - before.keys(), key=str)]
    )
