"""Files that wait in vain: somebody checked them and never said whether to import."""

from __future__ import annotations

import datetime

from django.utils import timezone

from initiatives.models import ImportRun

KEPT = datetime.timedelta(days=7)


def forget_uploads() -> int:
    """Delete the files of runs that nobody touched for a week; what the runs said stays. Gives how many."""
    idle = ImportRun.objects.exclude(upload="").filter(touched_at__lt=timezone.now() - KEPT)
    number = 0
    for run in idle:
        run.upload.delete(save=False)
        # Only this column, and only while nobody has begun again.
        number += ImportRun.objects.filter(pk=run.pk, touched_at=run.touched_at).update(upload="")
    return number
