"""How a post was before: each change as a difference, the newest first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from discussions.models import Post
from texts.differing import Piece, word_changes
from texts.paging import fitting

PAGE_SIZE = 10
_AROUND = 200  # characters of what stayed, before and after what was changed


@dataclass(frozen=True)
class ShownVersion:
    """One change: when it was made, how its words differ, which files were taken away."""

    number: int
    replaced_at: datetime.datetime
    pieces: Sequence[Piece]
    taken: Sequence[str]


@dataclass(frozen=True)
class History:
    versions: Sequence[ShownVersion]
    number: int
    pages: int


def history_of(post: Post, page: int = 1) -> History:
    """For who may see it (`permissions.can_see_versions`). Two queries. None of a post that was removed: what it said
    is gone for its readers."""
    total = 0 if post.is_removed else post.versions.count()
    page, pages = fitting(page, total, PAGE_SIZE)
    if not total:
        return History((), page, pages)
    # With the one above them, for what the first of them became.
    newest = (page - 1) * PAGE_SIZE
    rows = list(post.versions.order_by("-replaced_at", "-pk")[max(0, newest - 1) : newest + PAGE_SIZE])
    after = post.text
    if newest:
        after = rows.pop(0).text
    versions = []
    for at, row in enumerate(rows):
        pieces = [_shortened(piece) for piece in word_changes(row.text, after)] if row.text != after else ()
        versions.append(ShownVersion(total - newest - at, row.replaced_at, pieces, row.taken))
        after = row.text
    return History(versions, page, pages)


def _shortened(piece: Piece) -> Piece:
    """Of a long stretch that stayed as it was its two ends."""
    if piece.kind != "same" or len(piece.text) <= 3 * _AROUND:
        return piece
    return Piece("same", f"{piece.text[:_AROUND]} … {piece.text[-_AROUND:]}")
