"""What this room announces, after the commit."""

from __future__ import annotations

from dataclasses import dataclass

from discussions.models import Post


@dataclass(frozen=True)
class PostChanged:
    """A post was published, edited, removed, reacted to: the thread's change `sequence`, and how it left the post."""

    post: Post
    sequence: int
    is_new: bool = False


@dataclass(frozen=True)
class ThreadChanged:
    """A thread was renamed, closed, opened again, moved or pinned, or who may read it changed."""

    thread_id: int
    sequence: int
    readers: bool = False  # who may read it may have changed


@dataclass(frozen=True)
class WritingChanged:
    """What this person may write has changed."""

    user_id: int


@dataclass(frozen=True)
class ReadFurther:
    """Somebody has seen a thread up to this post."""

    user_id: int
    thread_id: int
    number: int
