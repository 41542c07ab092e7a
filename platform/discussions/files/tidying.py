"""Files that nobody sees any more: of no post (a server that stopped between the file and its post, a discussion that
was deleted), or of a post that a moderator took away a while ago."""

from __future__ import annotations

import datetime

from django.core.files.storage import Storage
from django.utils import timezone

from discussions.files.keeping import token_of
from discussions.models import Attachment
from discussions.models.enclosed import attachment_storage

KEPT_REMOVED = datetime.timedelta(days=30)  # as long a decision may be taken back with all that it took away
KEPT = datetime.timedelta(days=1)  # what is younger may be on its way to a post


def forget_attachments() -> int:
    """Gives how many files were deleted, smaller pictures counted."""
    storage = attachment_storage()
    Attachment.objects.filter(post__removed_at__lt=timezone.now() - KEPT_REMOVED).delete()
    if not storage.exists(""):
        return 0
    return sum(_forget_in(storage, folder) for folder in storage.listdir("")[0])


def _forget_in(storage: Storage, folder: str) -> int:
    names = storage.listdir(folder)[1]
    rows = Attachment.objects.filter(token__startswith=folder)
    known = set(rows.values_list("token", flat=True))
    number = 0
    for name in names:
        path = f"{folder}/{name}"
        if token_of(name) not in known and storage.get_modified_time(path) < timezone.now() - KEPT:
            storage.delete(path)
            number += 1
    return number
