"""Making two tags one."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from taggit.models import Tag

from accounts.models import User
from initiatives.models import InitiativeTag
from initiatives.tagging.domain.locking import hold, must_be_used
from initiatives.tagging.domain.spreading import carriers, follow, lead_on, record
from initiatives.tagging.errors import TagError
from initiatives.tagging.models import Synonym


@transaction.atomic
def merge_tags(gone: Tag, kept: Tag, *, user: User) -> int:
    """Whatever carries `gone` carries `kept` from here on, once; its name and address lead there. Gives how many.

    Versions that wait or were saved before are settled when they are read (`queries.naming.with_settled_tags`).
    Raises NotAllowed; TagError for one into itself, and where either was merged or is retired.
    """
    if gone.pk == kept.pk:
        raise TagError(_("A tag cannot be merged with itself. Choose two different ones."))
    rows = hold(gone.pk, kept.pk, user=user)
    gone, kept = rows[gone.pk], rows[kept.pk]
    for tag in (gone, kept):
        must_be_used(tag)
    ids = carriers(gone)
    there = set(carriers(kept))
    moved = InitiativeTag.objects.filter(tag=gone)
    moved.filter(content_object_id__in=there.intersection(ids)).delete()
    moved.update(tag=kept)
    Synonym.objects.filter(tag=gone).update(tag=kept)
    lead_on(gone.name, gone.slug, kept, user, merged=gone)
    follow(ids)
    record(kept, "merge", user, gone=gone.name, initiatives=len(ids))
    return len(ids)
