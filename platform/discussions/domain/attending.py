"""How far somebody has read, and what they want to hear of."""

from __future__ import annotations

from django.db.models import F, Value
from django.db.models.functions import Greatest

from accounts.models import User
from discussions.events import ReadFurther
from discussions.models import Attention, Participation, Thread
from notifications.announcing import announce


def mark_read(thread: Thread, *, user: User, number: int) -> int:
    """Everything up to this post was seen; never back, never past the last. Gives the number that is kept."""
    number = max(0, min(number, thread.posts))
    row, made = Participation.objects.get_or_create(thread=thread, user=user, defaults={"read": number})
    if row.read >= number and not made:
        return row.read
    Participation.objects.filter(pk=row.pk).update(read=Greatest(F("read"), Value(number)))
    announce(ReadFurther(user.pk, thread.pk, number))
    return number


def take_part(thread: Thread, *, user: User, number: int) -> None:
    """They wrote this post: they have read up to it, and follow unless they said otherwise."""
    Participation.objects.bulk_create(
        [Participation(thread=thread, user=user, read=number, attention=Attention.FOLLOWS)],
        update_conflicts=True,
        unique_fields=["thread", "user"],
        update_fields=["read"],
    )
    Participation.objects.filter(thread=thread, user=user, attention="").update(attention=Attention.FOLLOWS)


def pay_attention(thread: Thread, *, user: User, attention: str) -> None:
    """Follow, or not. Raises ValueError for what is none of the words."""
    word = Attention(attention)
    Participation.objects.update_or_create(thread=thread, user=user, defaults={"attention": word})
