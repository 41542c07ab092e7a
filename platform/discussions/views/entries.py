"""What a page missed: the changes after a number, each post as it is now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from discussions.live import frames
from discussions.models import Thread
from discussions.queries.reading import MOST_CHANGES, changes_after
from discussions.views.finding import readable_thread, small_number


@require_safe
@never_cache
def entries(request: HttpRequest, pk: int) -> HttpResponse:
    """`?after=57` → `{"s": 60, "more": false, "frames": [...]}`: up to 200 frames, then `more` is true and `s` is where
    to go on. Asked with the `s` that was given last until `more` is false, nothing is missed."""
    thread = readable_thread(request, pk)
    after = small_number(request.GET.get("after", ""))
    body = _changes(thread, after, get_language() or "en-gb")
    return HttpResponse(body, content_type="application/json")


def _changes(thread: Thread, after: int, language: str) -> str:
    # The number was read before the posts: what is committed in between is among them, with a higher one.
    known = thread.sequence
    posts = changes_after(thread, after) if known > after else []
    more = len(posts) > MOST_CHANGES
    posts = posts[:MOST_CHANGES]
    reached = posts[-1].changed if posts else 0
    if reached > known:  # and so may a change of the thread itself be, which would be passed over
        thread = Thread.objects.filter(pk=thread.pk).first() or thread
    sequence = reached if more else max(known, reached)
    told = frames.post_frames_in(posts, language)
    if after < thread.changed:
        told.append(frames.thread_frame(thread, sequence))
    return f'{{"s":{sequence},"more":{"true" if more else "false"},"frames":[{",".join(told)}]}}'
