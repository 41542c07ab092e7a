"""What was said in discussions, post by post."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from discussions.views.finding import readable_thread, small_number
from search.domain.within import find_posts
from texts.cleaning import clean_line

MOST_TYPED = 200


@require_safe
@never_cache
def posts(request: HttpRequest) -> HttpResponse:
    """`?q=words`, `in=` the number of one discussion, `before=` where to go on. Raises Http404 for a discussion that
    this person may not read."""
    pk = small_number(request.GET.get("in", ""))
    thread = readable_thread(request, pk) if pk else None
    text = clean_line(request.GET.get("q", ""))[:MOST_TYPED]
    found = find_posts(request.user, text, thread=thread, before=small_number(request.GET.get("before", "")) or None)
    onward = {"q": text, "in": thread.pk if thread else "", "before": found.before or ""}
    context = {
        "thread": thread,
        "text": text,
        "found": found,
        "onward": f"?{urlencode(onward)}" if found.before else "",
    }
    return render(request, "search/posts.html", context)
