"""Parts of pages that are made once: they depend on the language and on what they name, and on nothing else."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
MOST = 200  # kept of each part


class MadeOnce(template.Node):
    """The finished text of a part, for each language and each set of values it names."""

    def __init__(self, nodelist: NodeList, named: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self._named = named
        self._kept: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        key = (get_language(), *(one.resolve(context) for one in self._named))
        made = self._kept.get(key)
        if made is None:
            made = self.nodelist.render(context)
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[key] = made
        return made


@register.tag
def made_once(parser: Parser, token: Token) -> MadeOnce:
    """`{% made_once stones %}…{% endmade_once %}`: made for the first page that shows it, and kept by this process.

    What lies between may use the values named, which are hashable, and the language: nothing of the request, the
    reader, the database or the clock.
    """
    named = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endmade_once",))
    parser.delete_first_token()
    return MadeOnce(nodelist, named)
