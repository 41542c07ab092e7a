"""A thread or a post by its address, for whoever may read it; to everyone else it is not there."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from discussions.models import Post, Thread
from discussions.permissions import can_read, can_read_post


def readable_thread(request: HttpRequest, pk: int) -> Thread:
    """Raises Http404."""
    thread = get_object_or_404(Thread, pk=pk)
    if not can_read(request.user, thread):
        raise Http404
    return thread


def readable_post(request: HttpRequest, pk: int) -> Post:
    """Raises Http404."""
    rows = Post.objects.select_related("thread", "author", "organisation", "answers__author")
    post = get_object_or_404(rows, pk=pk)
    if not can_read_post(request.user, post):
        raise Http404
    return post


def small_number(text: str) -> int:
    """What an address says, nought for what is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
