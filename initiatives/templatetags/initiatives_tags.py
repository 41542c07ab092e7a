"""What other rooms' pages show of the registry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from initiatives.permissions import can_moderate
from initiatives.queries.cards import Card, cards
from initiatives.queries.counting import counts_for
from initiatives.queries.hubs import stones_of
from initiatives.queries.newest import newest_in
from initiatives.queries.organisations import OrganisationWork, work_of
from initiatives.queries.reading import Stone
from organisations.models import Organisation
from places.queries import UK_CODE, gazetteer

register = template.Library()


@register.simple_tag
def newest_initiatives(limit: int = 6) -> list[Card]:
    """Cards of the newest initiatives of the whole registry."""
    return cards(newest_in(UK_CODE, limit=limit))


@register.simple_tag
def place_stones(code: str) -> Sequence[Stone]:
    """A place's row of stones with its counts."""
    return stones_of(gazetteer()[code], counts_for(code))


@register.simple_tag
def organisation_work(organisation: Organisation) -> OrganisationWork:
    """What an organisation leads and takes part in, where and with whom."""
    return work_of(organisation)


class Counted(Protocol):
    """A word or a place with its number and the list behind it."""

    @property
    def label(self) -> str: ...
    @property
    def count(self) -> int | None: ...
    @property
    def url(self) -> str: ...


_ROW = '<tr><th scope="row">{}</th>'
_SOME = '<td class="number"><a href="{}">{}<span class="visually-hidden"> {}</span></a></td>'
_NONE = '<td class="number"><span class="none">{}</span></td>'


@register.simple_tag
def counted_rows(rows: Iterable[Counted], named_head: str = "") -> SafeString:
    """The rows of a table of numbers; with `named_head`, what a second column is called, that of `named` too. A place's
    page has sixty of them: here they take a third of what a loop takes."""
    none = _("none")
    pieces = []
    for row in rows:
        first = (row.url, row.count, row.label) if row.count else (none,)
        if not named_head:
            pieces.append(format_html(_ROW + (_SOME if row.count else _NONE) + "</tr>", row.label, *first))
            continue
        named = getattr(row, "named", None)
        second = (getattr(row, "named_url", ""), named, f"{row.label}, {named_head}") if named else (none,)
        form = _ROW + (_SOME if row.count else _NONE) + (_SOME if named else _NONE) + "</tr>"
        pieces.append(format_html(form, row.label, *first, *second))
    return mark_safe("".join(pieces))  # noqa: S308  each is escaped by format_html


@register.simple_tag
def listed_total() -> int:
    """How many initiatives the registry lists."""
    return counts_for(UK_CODE).total()


@register.filter
def may_moderate(user: Any) -> bool:
    return can_moderate(user)
