"""What the demo's moderator decided about its tags."""

from __future__ import annotations

from taggit.models import Tag

from accounts.models import User
from demo.domain import reading
from initiatives.tagging.domain.describing import add_synonym, describe_tag
from initiatives.tagging.domain.retiring import retire_tag


def load_tags(moderator: User) -> None:
    """Meanings, other words, and a tag that is retired."""
    for row in reading.tags():
        tag = Tag.objects.get(name=row["name"])
        if "meaning" in row:
            describe_tag(tag, row["meaning"], user=moderator)
        for word in row.get("words", []):
            add_synonym(tag, word, user=moderator)
        if row.get("retired"):
            retire_tag(tag, user=moderator)
