"""What becomes of what somebody said about pairs when they close their account."""

from __future__ import annotations

from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import ModelLogEntry

from accounts.domain.closing import unname_entries
from accounts.leaving import Leaving
from partnerships.overlaps.domain.lapsing import lapse_judgements
from partnerships.overlaps.models import Judgement


def close(leaving: Leaving) -> None:
    """It stays on record without a name, and counts no more: whoever has left has no say."""
    _unname_log(leaving)
    transaction.on_commit(partial(lapse_judgements, leaving.user.pk), robust=True)


def _unname_log(leaving: Leaving) -> None:
    """What they said may have lapsed before, with an office that ended."""
    said = [str(pk) for pk in Judgement.objects.filter(user=leaving.user).values_list("pk", flat=True)]
    kind = ContentType.objects.get_for_model(Judgement)
    unname_entries(ModelLogEntry.objects.filter(content_type=kind, action="overlaps.lapse", object_id__in=said))
