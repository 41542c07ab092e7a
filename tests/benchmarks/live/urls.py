"""The product's addresses, and two that store nothing, to measure it against."""

import itertools
import json
import time

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from config.urls import urlpatterns as ours
from discussions.domain.rendering import render_post
from discussions.forms import PostForm
from discussions.live.announcing import send
from discussions.live.frames import post_frame, post_frames
from discussions.live.groups import thread_group
from discussions.models import Post
from discussions.permissions import can_post
from discussions.views.finding import readable_thread
from tests.benchmarks.live.padding import PADDING

_numbers = itertools.count(10_000_000)


@csrf_exempt
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """A frame of a post's size to a thread's pages, with the moment it left."""
    frame = json.dumps({"t": "bench", "at": time.monotonic_ns(), "html": PADDING})
    send(thread_group(pk), s=0, frames={"en-gb": frame, "cy": frame})
    return HttpResponse("ok")


@csrf_exempt
def burst(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """So many frames of a post's size, one after another, each with its number and the moment it left."""
    for n in range(number):
        frame = json.dumps({"t": "bench", "n": n, "at": time.monotonic_ns(), "html": PADDING})
        send(thread_group(pk), s=0, frames={"en-gb": frame, "cy": frame})
    return HttpResponse("ok")


@login_required
@require_POST
def announce_only(request: SignedInRequest, pk: int) -> HttpResponse:
    """All that posting does but for storing and numbering: the same checks, the same rendering, the same answer."""
    thread = readable_thread(request, pk)
    form = PostForm(request.POST, user=request.user)
    if not form.is_valid() or not can_post(request.user, thread):
        return HttpResponse(status=422)
    number = next(_numbers)
    text = form.cleaned_data["text"]
    post = Post(pk=number, thread=thread, number=number, changed=number, author=request.user, text=text)
    post.organisation, post.html = form.cleaned_data["organisation"], render_post(text)
    send(thread_group(thread.pk), s=number, frames=post_frames(post))
    return HttpResponse(post_frame(post, get_language() or "en-gb"), content_type="application/json", status=201)


urlpatterns = [
    path("announce/<int:pk>/", announce),
    path("burst/<int:pk>/<int:number>/", burst),
    path("announce-only/<int:pk>/", announce_only),
    *ours,
]
