"""The tags as they stand now, held until the transaction ends: every verb begins with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from taggit.models import Tag

from initiatives.tagging.errors import NotAllowed, TagError
from initiatives.tagging.models import Note, Synonym
from initiatives.tagging.permissions import Person, can_tend_tags


def hold(*pks: int, user: Person) -> dict[int, Tag]:
    """These tags, the smaller key first, so that two verbs at once wait for each other and never cross. Rows that
    point at them may be written meanwhile, by who holds an initiative that a verb waits for.

    Raises NotAllowed; TagError where one is gone.
    """
    if not can_tend_tags(user):
        raise NotAllowed
    rows = {row.pk: row for row in Tag.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")}
    if len(rows) < len(set(pks)):
        raise TagError(_("This tag is not here any more."))
    return rows


@contextmanager
def one_word_once() -> Iterator[None]:
    """Raises TagError where somebody else gave the same word to another tag at the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise TagError(_("Somebody else has just used this word for a tag. Look at it again.")) from None


def must_stand(tag: Tag) -> None:
    """Raises TagError for a tag that was merged into another one."""
    synonym = Synonym.objects.filter(merged=tag).select_related("tag").first()
    if synonym is not None:
        names = {"name": tag.name, "other": synonym.tag.name}
        raise TagError(_("“%(name)s” was merged into “%(other)s” already. Choose that one.") % names)


def _is_retired(tag: Tag) -> bool:
    return Note.objects.filter(tag=tag).exclude(retired_at=None).exists()


def must_be_used(tag: Tag) -> None:
    """Raises TagError for a tag that was merged or retired."""
    must_stand(tag)
    if _is_retired(tag):
        raise TagError(_("“%(name)s” is retired. Take it up again first, or choose another one.") % {"name": tag.name})


def must_be_retired(tag: Tag) -> None:
    """Raises TagError for a tag that was not retired."""
    if not _is_retired(tag):
        raise TagError(_("“%(name)s” is in use. There is nothing to take up.") % {"name": tag.name})
