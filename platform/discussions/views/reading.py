"""A discussion as it is read."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from discussions import subjects
from discussions.domain.attending import mark_read, pay_attention
from discussions.forms import PostForm
from discussions.models import Attention, Visibility
from discussions.permissions import can_post, is_taking_part, looks_after, muting_in
from discussions.queries.reading import page_from, participation_of, waiting_posts_of
from discussions.queries.showing import shown_posts
from discussions.queries.wording import script_words
from discussions.views.finding import readable_thread, small_number


@require_safe
@never_cache
def discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of posts: from `?from=`, else from the first that is new to this person, else the last ones."""
    thread = readable_thread(request, pk)
    taking_part = participation_of(thread, request.user)
    read = taking_part.read if taking_part else 0
    start = small_number(request.GET.get("from", ""))
    if not start and taking_part and 0 < read < thread.posts:
        start = max(1, read - 2)  # some of what was seen, to find the way back in
    page = page_from(thread, start or None)
    answers = small_number(request.GET.get("answer", ""))
    form = PostForm(
        user=request.user, thread=thread, initial={"client_id": uuid.uuid4().hex, "answers": answers or None}
    )
    context = {
        "thread": thread,
        "subject": subjects.find(thread.subject_kind, thread.subject_key),
        "page": page,
        "posts": (standing := shown_posts(page.posts)),
        "answered": next((post for post in standing if post.number == answers), None),
        "parties": thread.organisations.order_by("name") if thread.visibility == Visibility.ORGANISATIONS else (),
        "tags": thread.tags.names(),
        "new_from": read + 1 if taking_part and read < thread.posts else None,
        "form": form,
        "can_post": can_post(request.user, thread),
        "is_taking_part": is_taking_part(request.user),
        "looks_after": looks_after(request.user, thread),
        "words": script_words(),
        "waiting": waiting_posts_of(thread, request.user),
        "muting": muting_in(request.user, thread),
        "seen": max(read, page.last) if request.user.is_authenticated else 0,
        "attention": taking_part.attention if taking_part else Attention.NORMAL,
    }
    response = render(request, "discussions/thread.html", context)
    if request.user.is_authenticated and page.last > read:
        mark_read(thread, user=request.user, number=page.last)
    return response


@require_safe
def discussion_at(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A post's own address: the page it stands on."""
    thread = readable_thread(request, pk)
    if not 1 <= number <= thread.posts:
        raise Http404
    return HttpResponseRedirect(f"{thread.get_absolute_url()}?from={max(1, number - 5)}#p{number}")


@login_required
@require_POST
def discussion_read(request: SignedInRequest, pk: int) -> JsonResponse:
    """How far this person has read: `number`."""
    thread = readable_thread(request, pk)
    number = mark_read(thread, user=request.user, number=small_number(request.POST.get("number", "")))
    return JsonResponse({"read": number, "unread": max(0, thread.posts - number)})


@login_required
@require_POST
def discussion_follow(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whether they want to hear of it: `attention`."""
    thread = readable_thread(request, pk)
    attention = request.POST.get("attention", "")
    if attention in Attention.values:
        pay_attention(thread, user=request.user, attention=attention)
    return redirect(thread)
