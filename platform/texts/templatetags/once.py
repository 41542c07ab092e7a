"""Parts of pages that are made once: they depend on the language and on what they name, and on nothing else."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
MOST = 200  # kept of each part: those that were asked for last


class MadeOnce(template.Node):
    """The finished text of a part, for each language and each set of values it names."""

    def __init__(self, nodelist: NodeList, named: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self._named = named
        self._kept: OrderedDict[tuple[Any, ...], SafeString] = OrderedDict()  # what was asked for last comes last
        self._lock = Lock()

    def render(self, context: template.Context) -> SafeString:
        key = (get_language(), *(one.resolve(context) for one in self._named))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = self.nodelist.render(context)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
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
