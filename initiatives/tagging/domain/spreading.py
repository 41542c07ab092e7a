"""What hangs on a tag follows it: lists and their counts, the search index and overlaps, in the same transaction.

`changing_lists` writes the counts and tells of the initiatives (`InitiativesChanged`), which search and overlaps hear.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.crypto import get_random_string
from taggit.models import Tag
from wagtail.log_actions import log

from accounts.models import User
from initiatives.domain.listing import changing_lists
from initiatives.models import InitiativeTag
from initiatives.tagging.models import Synonym
from texts.slugs import LETTERS, slug_of

_BATCH = 500


def carriers(tag: Tag) -> list[int]:
    """The initiatives that carry a tag, listed or not."""
    return list(
        InitiativeTag.objects.filter(tag=tag).order_by("content_object_id").values_list("content_object_id", flat=True)
    )


def follow(ids: Sequence[int]) -> None:
    """The counts of all are written once and in the order that everyone keeps, or another change that waits for some of
    them might hold others."""
    with changing_lists() as lists:
        for start in range(0, len(ids), _BATCH):
            lists.renew(ids[start : start + _BATCH])


def record(tag: Tag, action: str, user: User, **data: object) -> None:
    log(instance=tag, action=f"tagging.{action}", user=user, data=data)


def free_address(name: str) -> str:
    """A slug that neither a tag nor a word that stands for one has."""
    base = slug_of(name, otherwise="tag", length=90)
    slug = base
    while Tag.objects.filter(slug=slug).exists() or Synonym.objects.filter(slug=slug).exists():
        slug = f"{base}-{get_random_string(6, LETTERS)}"
    return slug


def lead_on(word: str, slug: str, tag: Tag, user: User, *, merged: Tag | None = None) -> None:
    """From here on a word and its address lead to a tag, wherever they led before."""
    Synonym.objects.filter(word=word.lower()).delete()
    if Synonym.objects.filter(slug=slug).exists():
        slug = free_address(word)
    Synonym.objects.create(word=word.lower(), slug=slug, tag=tag, merged=merged, created_by=user)
