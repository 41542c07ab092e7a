"""Posting, and what may be done with a post."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from discussions.domain.errors import DiscussionError, TooFast
from discussions.domain.limiting import remember, seconds_to_wait
from discussions.domain.posting import change_files, edit_post, post_message, react, remove_post
from discussions.domain.spotting import names_left
from discussions.files.fields import LONGEST_ALT
from discussions.forms import PostForm, WritingForm
from discussions.live.frames import post_frame
from discussions.models import Post, ReactionKind
from discussions.permissions import can_edit, can_post, can_remove, can_report, can_see_queue, can_see_versions
from discussions.queries.showing import shown
from discussions.queries.versions import History, history_of
from discussions.views.finding import readable_post, readable_thread, small_number
from texts.cleaning import clean_line
from texts.paging import page_links


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def paced(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A script that floods is answered before anything else is done for it: the others do not wait behind it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seconds = seconds_to_wait(_session_of(request)) if _wants_json(request) else 0
        return _too_fast(TooFast(seconds)) if seconds else view(request, *args, **kwargs)

    return answer


def _session_of(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")


def _too_fast(error: TooFast) -> HttpResponse:
    return JsonResponse({"error": str(error)}, status=429, headers={"Retry-After": str(error.seconds)})


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A person is led to the page to sign in, and a script is told that this is what is missing (401)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated or not _wants_json(request):
            return login_required(view)(request, *args, **kwargs)
        told = _("You are signed out. Sign in, and try it again.")
        return JsonResponse({"error": told}, status=401)

    return answer


@paced
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def post_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """A form's post leads back to the thread; a script's is answered with its frame. Who comes here without a post, by
    way of signing in or by loading a refusal anew, finds the box."""
    thread = readable_thread(request, pk)
    if request.method != "POST":
        return redirect(f"{thread.get_absolute_url()}#write")
    # Nothing is looked into for who may not post anyway.
    files = request.FILES if can_post(request.user, thread) else None
    form = PostForm(request.POST, files, user=request.user, thread=thread)
    if not form.is_valid():
        return _refused(request, thread, form)
    answers = form.cleaned_data["answers"]
    try:
        post = post_message(
            thread,
            author=request.user,
            text=form.cleaned_data["text"],
            client_id=form.cleaned_data["client_id"],
            answers=Post.objects.filter(thread=thread, number=answers).first() if answers else None,
            organisation=form.cleaned_data["organisation"],
            mentioned=form.cleaned_data["mentioned"],
            files=form.cleaned_data["attached"],
        )
    except TooFast as error:
        remember(_session_of(request), error.seconds)
        form.add_error(None, str(error))
        answer = _refused(request, thread, form, status=429)
        answer["Retry-After"] = str(error.seconds)
        return answer
    except DiscussionError as error:
        form.add_error(None, str(error))
        return _refused(request, thread, form)
    if post.number is None:
        return _waits(request, post)
    nobody = _told_nobody(post)
    if _wants_json(request):
        return _answered(request, post, nobody=nobody)
    if nobody:
        messages.warning(request, nobody)
    return redirect(post)


def _told_nobody(post: Post) -> str:
    """Of names behind an @ that are nobody's here; "" where there are none."""
    names = names_left(post.html)
    if not names:
        return ""
    sentence = _(
        "%(names)s: nobody was told. You can mention people who wrote here, who coordinate the place, or who belong to"
        " what it is about, and organisations, by their full names."
    )
    return sentence % {"names": ", ".join(f"“@{name}”" for name in names)}


def _waits(request: HttpRequest, post: Post) -> HttpResponse:
    """It is kept, and a moderator looks at it first."""
    told = _("Kept. A moderator looks at first posts with links before others see them.")
    if _wants_json(request):
        return JsonResponse({"waits": told}, status=202)
    messages.success(request, told)
    return redirect(post.thread)


def _refused(request: HttpRequest, thread: object, form: PostForm, status: int = 422) -> HttpResponse:
    """With what was typed."""
    if _wants_json(request):  # its page still has the files
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"error": " ".join(dict.fromkeys(sentences))}, status=status)
    form.say_to_choose_again()
    return render(request, "discussions/answer.html", {"thread": thread, "form": form}, status=status)


def _answered(request: HttpRequest, post: Post, **besides: str) -> HttpResponse:
    """With the post's frame, and what is said to its author alone."""
    frame = post_frame(post, get_language() or "en-gb")
    told = {name: text for name, text in besides.items() if text}
    if told:
        frame = json.dumps({**json.loads(frame), **told}, ensure_ascii=False)
    return HttpResponse(frame, content_type="application/json", status=201)


@require_safe
def post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One post with its history and all that may be done with it: what a page without scripts leads to."""
    return _post_page(request, readable_post(request, pk))


def _post_page(request: HttpRequest, post: Post, form: WritingForm | None = None) -> HttpResponse:
    """`form`: what was typed and refused."""
    form = form or WritingForm(thread=post.thread, initial={"text": post.text})
    form.fields["text"].widget.attrs["rows"] = 8
    history = History((), 1, 1)
    if can_see_versions(request.user, post):
        history = history_of(post, small_number(request.GET.get("page", "")))
    context = {
        "post": shown(post),
        "form": form,
        "thread": post.thread,
        "history": history,
        "page": page_links(history.number, history.pages, lambda number: f"?page={number}"),
        "reactions": ReactionKind.choices,
        "can_post": can_post(request.user, post.thread),
        "can_edit": can_edit(request.user, post) and can_post(request.user, post.thread),
        "can_remove": can_remove(request.user, post),
        "is_own": post.author_id == request.user.pk,
        "can_report": can_report(request.user, post) and post.author_id != request.user.pk,
        "can_moderate": can_see_queue(request.user),
    }
    return render(request, "discussions/post.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def post_do(request: SignedInRequest, pk: int) -> HttpResponse:
    """`do`: edit (with `text`), files (with `alt-<token>` and `without`), remove, react or unreact (with `kind`)."""
    post = readable_post(request, pk)
    what = request.POST.get("do", "")
    form = None
    try:
        if what == "edit":
            form = WritingForm(request.POST, thread=post.thread)
            post = _edited(request, post, form)
        elif what == "files":
            post = _with_files(request, post)
        elif what == "remove":
            post = remove_post(post, user=request.user)
        elif what in ("react", "unreact"):
            post = react(post, user=request.user, kind=request.POST.get("kind", ""), wanted=what == "react")
        else:
            raise DiscussionError(_("Choose what to do."))
    except DiscussionError as error:
        if _wants_json(request):
            return JsonResponse({"error": str(error)}, status=422)
        if form is not None and can_edit(request.user, post):  # what was typed stays in its box
            if not form.errors:
                form.add_error(None, str(error))
            return _post_page(request, post, form)
        messages.error(request, str(error))
        return redirect("post", post.pk)
    return _answered(request, post) if _wants_json(request) else redirect(post)


def _edited(request: SignedInRequest, post: Post, form: WritingForm) -> Post:
    """Raises DiscussionError."""
    if not form.is_valid():
        raise DiscussionError(" ".join(str(error) for errors in form.errors.values() for error in errors))
    answers = form.cleaned_data
    return edit_post(post, user=request.user, text=answers["text"], mentioned=answers["mentioned"])


def _with_files(request: SignedInRequest, post: Post) -> Post:
    """Raises DiscussionError."""
    alts = {
        name.removeprefix("alt-"): clean_line(value)[:LONGEST_ALT]
        for name, value in request.POST.items()
        if name.startswith("alt-")
    }
    return change_files(post, user=request.user, alts=alts, without=request.POST.getlist("without"))
