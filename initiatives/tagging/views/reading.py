"""What everyone reads about tags."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from taggit.models import Tag

from accounts.visitors import cached_for_visitors
from initiatives.tagging.permissions import can_tend_tags
from initiatives.tagging.queries.pages import index, is_shown, leads_to, tag_page
from texts.cleaning import clean_line
from texts.paging import page_asked, page_links

_LONGEST = 100


@require_safe
@cached_for_visitors()
def tags(request: HttpRequest) -> HttpResponse:
    """All tags in use, by how many carry them; with `?q=` those that begin so."""
    text = clean_line(request.GET.get("q", ""))[:_LONGEST].lower()
    found = index(text, page_asked(request.GET.get("page", "")))

    context = {"index": found, "text": text, "page": page_links(found.page, found.pages, partial(address_of, text))}
    return render(request, "initiatives/tagging/tags.html", context)


@require_safe
@cached_for_visitors()
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """One tag; a former address, or that of another word for it, leads here."""
    found = Tag.objects.select_related("note").filter(slug=slug, merged_into=None).first()
    if found is None or not is_shown(found):
        other = leads_to(slug)
        if other is None:
            raise Http404
        return redirect("tag", slug=other.slug)
    shown = tag_page(found, page_asked(request.GET.get("page", "")))
    context = {
        "shown": shown,
        "tag": found,
        "can_tend": can_tend_tags(request.user),
        "search_url": f"{reverse('search')}?{urlencode({'tag': found.name.lower()})}",
        "page": page_links(shown.page, shown.pages, lambda number: f"?page={number}"),
    }
    return render(request, "initiatives/tagging/tag.html", context)


def address_of(text: str, page: int) -> str:
    """The query string of a page of what was looked for."""
    return "?" + urlencode([("q", text)] * bool(text) + [("page", str(page))])
