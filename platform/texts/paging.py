"""The numbers and addresses below a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_BESIDE = 2


def page_asked(text: str) -> int:
    """The page that an address says; 1 where that is no number of a page."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def fitting(page: int, total: int, size: int) -> tuple[int, int]:
    """The page that is there nearest to the one asked for, and how many pages there are."""
    pages = max(1, -(-total // size))
    return min(max(page, 1), pages), pages


def page_links(here: int, pages: int, address: Callable[[int], str]) -> dict[str, Any]:
    """What `components/pagination.html` shows: the ends, two pages to each side of here, and the neighbours.

    `address` gives the address of a page by its number, counted from 1.
    """
    near = sorted({1, pages, *range(max(1, here - _BESIDE), min(pages, here + _BESIDE) + 1)})
    return {
        "number": here,
        "pages": pages,
        "previous": address(here - 1) if here > 1 else "",
        "next": address(here + 1) if here < pages else "",
        "links": [{"number": number, "url": address(number), "here": number == here} for number in near],
    }
