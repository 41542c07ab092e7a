"""Addresses: a row's slug is the words of its name, with a few letters more where those are taken."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.crypto import get_random_string
from django.utils.text import slugify

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when read aloud or copied
T = TypeVar("T")


def page_of(view: str, slug: str) -> str:
    """`reverse(view, args=[slug])`, for lists: the address is taken apart once, and a slug needs no quoting."""
    before, after = _around_slug(view, get_urlconf(), get_script_prefix())
    return f"{before}{slug}{after}"


def pages_of(view: str) -> Callable[[str], str]:
    """The same for many slugs of one view."""
    before, after = _around_slug(view, get_urlconf(), get_script_prefix())
    return lambda slug: f"{before}{slug}{after}"


@lru_cache(maxsize=200)
def _around_slug(view: str, _urlconf: str | None, _prefix: str) -> tuple[str, str]:
    before, _slug, after = reverse(view, args=["a-slug"]).partition("a-slug")
    return before, after


def slug_of(text: str, *, otherwise: str, length: int = 150) -> str:
    """The words of a text; `otherwise` where it has none that an address can hold."""
    return slugify(text)[:length].strip("-") or otherwise


def another(slug: str) -> str:
    """The same address with letters that make a second one unlikely."""
    return f"{slug}-{get_random_string(8, LETTERS)}"


def free_slug(base: str, rows: QuerySet[Any], *, reserved: Collection[str] = ()) -> str:
    """`base`, or `base` with letters where a row has it or it is a page's own address."""
    slug = base
    while slug in reserved or rows.filter(slug=slug).exists():
        slug = another(base)
    return slug


def at_free_slug(base: str, rows: QuerySet[Any], write: Callable[[str], T], *, reserved: Collection[str] = ()) -> T:
    """What `write` gives for a free address; asked again with another one where somebody was quicker."""
    while True:
        slug = free_slug(base, rows, reserved=reserved)
        try:
            with transaction.atomic():
                return write(slug)
        except IntegrityError:
            if not rows.filter(slug=slug).exists():  # the address was free: it is something else
                raise
