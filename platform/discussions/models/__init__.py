from discussions.models.post import Post, PostVersion, Reaction, ReactionKind
from discussions.models.taking_part import Attention, Participation
from discussions.models.thread import Thread, ThreadTag, Visibility

__all__ = [
    "Attention",
    "Participation",
    "Post",
    "PostVersion",
    "Reaction",
    "ReactionKind",
    "Thread",
    "ThreadTag",
    "Visibility",
]
