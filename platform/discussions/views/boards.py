"""The list of discussions, and a new one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from discussions import subjects
from discussions.domain.errors import DiscussionError
from discussions.domain.opening import Opening, open_thread
from discussions.forms import OpeningForm
from discussions.permissions import can_open
from discussions.queries.listing import BoardQuery, board, listed, unread_in_all
from places.queries import gazetteer
from texts.paging import page_links

PAGE_SIZE = 30


@dataclass(frozen=True)
class Which:
    """One of the ways to narrow the list."""

    label: str
    url: str
    chosen: bool


@require_safe
def discussions(request: HttpRequest) -> HttpResponse:
    query = BoardQuery.read(request.GET)
    page = Paginator(board(request.user, query), PAGE_SIZE).get_page(request.GET.get("page"))
    number = unread_in_all(request.user)
    labels = {
        "all": _("All"),
        "followed": _("Followed"),
        "unread": _("New to you (%(number)d)") % {"number": number} if number else _("New to you"),
    }
    context = {
        "query": query,
        "place": gazetteer()[query.place] if query.place else None,
        "which": [Which(label, query.narrowed(name), name == query.which) for name, label in labels.items()],
        "threads": listed(page.object_list, request.user),
        "page": page_links(page.number, page.paginator.num_pages, query.address),
        "can_open": can_open(request.user),
    }
    return render(request, "discussions/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discussion_new(request: SignedInRequest) -> HttpResponse:
    """`?about=place:E06000002` makes it about that."""
    kind, _colon, key = request.GET.get("about", "").partition(":")
    subject = subjects.find(kind, key)
    if subject is not None and not subjects.can_read(request.user, subject):
        subject = None
    status = 200
    if request.method == "POST":
        form = OpeningForm(request.POST, request.FILES, user=request.user)
        if form.is_valid():
            answers = form.cleaned_data
            opening = Opening(
                title=answers["title"],
                visibility=answers["visibility"],
                subject=subject,
                place=answers["place"],
                tags=answers["tags"],
                organisations=answers["parties"],
            )
            try:
                post = open_thread(
                    opening,
                    user=request.user,
                    text=answers["text"],
                    client_id=answers["client_id"],
                    organisation=answers["organisation"],
                    files=answers["attached"],
                )
            except DiscussionError as error:
                form.add_error(None, str(error))
            else:
                return redirect(post.thread)
        form.say_to_choose_again()
        status = 422
    else:
        form = OpeningForm(user=request.user, initial={"client_id": uuid.uuid4().hex})
    context = {"form": form, "subject": subject, "can_open": can_open(request.user)}
    return render(request, "discussions/new.html", context, status=status)
