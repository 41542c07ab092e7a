"""The moderators’ pages of tags: what a change would change is shown first, and only then done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from taggit.models import Tag

from accounts.models import User
from accounts.requests import SignedInRequest
from initiatives.tagging.domain.describing import add_synonym, describe_tag, remove_synonym
from initiatives.tagging.domain.locking import must_be_retired, must_be_used
from initiatives.tagging.domain.merging import merge_tags
from initiatives.tagging.domain.renaming import rename_tag
from initiatives.tagging.domain.retiring import retire_tag, take_up_tag
from initiatives.tagging.errors import TagError
from initiatives.tagging.forms import ChangeForm, DescribeForm, MergeForm, PlainForm, RenameForm, SynonymForm
from initiatives.tagging.models import Note, Synonym
from initiatives.tagging.permissions import can_tend_tags
from initiatives.tagging.queries.tending import carried_by, effect_of, effect_of_taking_up, tended
from initiatives.tagging.views.reading import address_of
from texts.cleaning import clean_line
from texts.paging import page_asked, page_links

PAGE_SIZE = 50


@dataclass(frozen=True)
class Change:
    """A change to a tag: its words, what it asks, how it is done, and the sentence once it was."""

    title: str | Promise
    button: str | Promise
    form: type[ChangeForm]
    do: Callable[[Tag, dict[str, Any], User], int]
    done: str | Promise


CHANGES = {
    "merge": Change(
        gettext_lazy("Merge “%(name)s” into another tag"),
        gettext_lazy("Merge"),
        MergeForm,
        lambda tag, given, user: merge_tags(tag, given["into"], user=user),
        gettext_lazy("“%(name)s” is merged."),
    ),
    "rename": Change(
        gettext_lazy("Rename “%(name)s”"),
        gettext_lazy("Rename"),
        RenameForm,
        lambda tag, given, user: rename_tag(tag, given["name"], user=user),
        gettext_lazy("“%(name)s” is renamed."),
    ),
    "retire": Change(
        gettext_lazy("Retire “%(name)s”"),
        gettext_lazy("Retire"),
        PlainForm,
        lambda tag, _given, user: retire_tag(tag, user=user),
        gettext_lazy("“%(name)s” is retired. You can take it up again."),
    ),
    "take-up": Change(
        gettext_lazy("Take “%(name)s” up again"),
        gettext_lazy("Take up again"),
        PlainForm,
        lambda tag, _given, user: take_up_tag(tag, user=user),
        gettext_lazy("“%(name)s” is in use again."),
    ),
}


def _allowed(request: SignedInRequest) -> None:
    if not can_tend_tags(request.user):
        raise PermissionDenied


@login_required
@never_cache
@require_safe
def tend(request: SignedInRequest) -> HttpResponse:
    """Every tag that is or was carried; with `?q=` those whose name or other word has it."""
    _allowed(request)
    text = clean_line(request.GET.get("q", ""))[:100].lower()
    page = Paginator(tended(text), PAGE_SIZE).get_page(page_asked(request.GET.get("page", "")))
    context = {
        "tags": page.object_list,
        "total": page.paginator.count,
        "text": text,
        "page": page_links(page.number, page.paginator.num_pages, partial(address_of, text)),
    }
    return render(request, "initiatives/tagging/tend.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tend_tag(request: SignedInRequest, pk: int) -> HttpResponse:
    """One tag: what it means, what else it is called, and the ways to change it."""
    _allowed(request)
    tag = get_object_or_404(Tag, pk=pk)
    note = Note.objects.filter(tag=tag).first()
    wanted = request.POST.get("do", "")
    describe = DescribeForm(
        request.POST if wanted == "describe" else None, initial={"meaning": note.meaning if note else ""}
    )
    synonym = SynonymForm(request.POST if wanted == "synonym" else None)
    status = 200
    if request.method == "POST":
        try:
            if _decided(tag, wanted, request, describe, synonym):
                return redirect("tag-tend", pk=pk)
        except TagError as error:
            mended = {"describe": describe, "synonym": synonym}.get(wanted)
            if mended is not None:
                mended.add_error(None, str(error))
            else:
                messages.error(request, str(error))
        status = 422
    total, shown = carried_by(tag)
    context = {
        "tag": tag,
        "note": note,
        "merged": Synonym.objects.filter(merged=tag).select_related("tag").first(),
        "synonyms": list(Synonym.objects.filter(tag=tag)),
        "describe": describe,
        "synonym_form": synonym,
        "form": synonym if wanted == "synonym" else describe,
        "total": total,
        "listed": shown,
    }
    return render(request, "initiatives/tagging/tend_tag.html", context, status=status)


def _decided(tag: Tag, wanted: str, request: SignedInRequest, describe: DescribeForm, synonym: SynonymForm) -> bool:
    """Do what was asked; False where its form has to be mended. Raises TagError."""
    if wanted == "describe" and describe.is_valid():
        describe_tag(tag, describe.cleaned_data["meaning"], user=request.user)
        messages.success(request, _("Saved."))
        return True
    if wanted == "synonym" and synonym.is_valid():
        add_synonym(tag, synonym.cleaned_data["word"], user=request.user)
        messages.success(request, _("Saved. Whoever types it gets “%(name)s”.") % {"name": tag.name})
        return True
    if wanted == "no-synonym":
        number = request.POST.get("synonym", "")
        pk = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
        row = Synonym.objects.filter(tag=tag, pk=pk).first()
        if row is None:
            raise TagError(_("This word is not here any more."))
        remove_synonym(row, user=request.user)
        messages.success(request, _("“%(word)s” stands for nothing now.") % {"word": row.word})
        return True
    if wanted not in ("describe", "synonym"):
        raise TagError(_("Choose one of the buttons."))
    return False


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_tag(request: SignedInRequest, pk: int, change: str) -> HttpResponse:
    """GET shows what is asked and, once that is answered, what would change; POST does it."""
    _allowed(request)
    if change not in CHANGES:
        raise Http404
    kind, tag = CHANGES[change], get_object_or_404(Tag, pk=pk)
    given = request.POST if request.method == "POST" else request.GET
    plain = kind.form is PlainForm
    asked = plain or request.method == "POST" or any(name in given for name in kind.form.base_fields)
    form = kind.form(given if asked else None, tag=tag)
    effect = None
    names = {"name": tag.name}
    try:
        (must_be_retired if change == "take-up" else must_be_used)(tag)
        if asked and form.is_valid():
            if request.method == "POST":
                kind.do(tag, form.cleaned_data, request.user)
                messages.success(request, str(kind.done) % names)
                return redirect("tags-tend")
            into = form.cleaned_data.get("into")
            effect = effect_of_taking_up(tag) if change == "take-up" else effect_of(tag, into=into)
    except TagError as error:
        form = kind.form(given, tag=tag)
        form.is_valid()
        form.add_error(None, str(error))
    context = {
        "tag": tag,
        "change": change,
        "title": str(kind.title) % names,
        "button": kind.button,
        "form": form,
        "effect": effect,
        "plain": plain,
    }
    return render(request, "initiatives/tagging/change.html", context, status=422 if form.errors else 200)
