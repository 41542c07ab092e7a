"""Taking a tag out of use, and taking it up again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from taggit.models import Tag

from accounts.models import User
from initiatives.models import InitiativeTag
from initiatives.tagging.domain.locking import hold, must_be_retired, must_be_used, must_stand
from initiatives.tagging.domain.spreading import carriers, follow, record
from initiatives.tagging.models import Laid, Note

_BATCH = 1_000


@transaction.atomic
def retire_tag(tag: Tag, *, user: User) -> int:
    """Nobody sees, finds or gives it any more; who carried it is kept. Gives how many. Raises NotAllowed, TagError."""
    tag = hold(tag.pk, user=user)[tag.pk]
    must_be_used(tag)
    ids = carriers(tag)
    Note.objects.update_or_create(tag=tag, defaults={"retired_at": timezone.now()})
    Laid.objects.bulk_create([Laid(tag=tag, initiative_id=pk) for pk in ids], batch_size=_BATCH, ignore_conflicts=True)
    InitiativeTag.objects.filter(tag=tag).delete()
    follow(ids)
    record(tag, "retire", user, initiatives=len(ids))
    return len(ids)


@transaction.atomic
def take_up_tag(tag: Tag, *, user: User) -> int:
    """Who carried it carries it again. Gives how many. Raises NotAllowed; TagError where it was not retired."""
    tag = hold(tag.pk, user=user)[tag.pk]
    must_stand(tag)
    must_be_retired(tag)
    Note.objects.filter(tag=tag).update(retired_at=None)
    laid = Laid.objects.filter(tag=tag).order_by("initiative_id")
    ids = list(laid.values_list("initiative_id", flat=True))
    there = set(carriers(tag))
    InitiativeTag.objects.bulk_create(
        [InitiativeTag(tag=tag, content_object_id=pk) for pk in ids if pk not in there], batch_size=_BATCH
    )
    laid.delete()
    follow(ids)
    record(tag, "take_up", user, initiatives=len(ids))
    return len(ids)
