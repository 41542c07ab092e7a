"""Files of posts, for whoever may read the thread, under rules that let nothing in them run."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.http import require_safe

from discussions.files.keeping import content_of
from discussions.files.kinds import KINDS
from discussions.models import Attachment
from discussions.permissions import can_read_post

logger = logging.getLogger("steppingstones.files")


@require_safe
def file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """A picture to look at, a document to keep."""
    found = _readable(request, token, name)
    kind = KINDS[found.kind]
    return _served(request, found, kind.content_type, inline=kind.is_picture)


@require_safe
def file_small(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """The smaller picture that stands in the post."""
    found = _readable(request, token, name)
    if not KINDS[found.kind].is_picture:
        raise Http404
    return _served(request, found, "image/webp", inline=True, small=True)


def _readable(request: HttpRequest, token: str, name: str) -> Attachment:
    found = get_object_or_404(Attachment.objects.select_related("post__thread"), token=token, name=name)
    if found.post.is_removed or not can_read_post(request.user, found.post):
        raise Http404
    return found


def _served(
    request: HttpRequest, found: Attachment, content_type: str, *, inline: bool, small: bool = False
) -> HttpResponseBase:
    etag = f'"{found.token}{"-small" if small else ""}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        try:
            content = content_of(found, small=small)
        except FileNotFoundError:
            logger.warning("The file of attachment %s is not there", found.pk)
            raise Http404 from None
        response = HttpResponse(content, content_type=content_type)
        response["Content-Disposition"] = content_disposition_header(not inline, found.name) or "attachment"
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"  # kept, and asked each time whether one may still see it
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Robots-Tag"] = "noindex"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
