from discussions.models.care import Muting, Report, Warning
from discussions.models.enclosed import Attachment, Mention
from discussions.models.post import Post, PostVersion, ReactionKind
from discussions.models.taking_part import Attention, Participation
from discussions.models.thread import Thread, ThreadTag, Visibility

__all__ = [
    "Attachment",
    "Attention",
    "Mention",
    "Muting",
    "Participation",
    "Post",
    "PostVersion",
    "ReactionKind",
    "Report",
    "Thread",
    "ThreadTag",
    "Visibility",
    "Warning",
]
