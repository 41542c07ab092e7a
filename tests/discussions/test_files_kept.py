"""Files of posts that a moderator took away: kept for a while, seen by nobody."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from discussions.domain.posting import remove_post
from discussions.models import Post
from tests.discussions.test_files_served import folder, lying, pytestmark, statuses, with_file
from tests.factories.accounts import ModeratorFactory

__all__ = ["folder", "pytestmark"]  # of the tests beside these


def test_those_of_a_post_that_a_moderator_took_away_are_seen_by_nobody_and_deleted_after_a_month(folder: Path):
    file = with_file()
    remove_post(file.post, user=ModeratorFactory(), reason="It insults.")
    assert set(statuses(file, author=file.post.author, moderator=ModeratorFactory(), visitor=None).values()) == {404}
    call_command("forget_attachments", verbosity=0)
    assert len(lying(folder)) == 2
    Post.objects.update(removed_at=timezone.now() - datetime.timedelta(days=31))
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))
    call_command("forget_attachments", verbosity=0)
    assert lying(folder) == []
