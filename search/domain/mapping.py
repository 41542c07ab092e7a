"""What a search found as a map: how many of the results reach each place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.queries.counting import Reached
from initiatives.queries.mapping import ANYWHERE, Saying, at_each, mapped_codes
from initiatives.queries.result_maps import ResultMap, reach_of_found, result_map
from places.queries import PlaceFacts, gazetteer
from search.domain.searching import Answer, search_again
from search.models import SearchDocument
from search.query import Facet, Scope, SearchQuery, Sort, What

MOST = 10_000  # as deep as the pages go: of more results the best are counted
MAPPED = (What.INITIATIVES, What.ORGANISATIONS)


class _OfOrganisations(Saying):
    """The words of a map of organisations, each of which lies in one place."""

    def map_name(self) -> str:
        return _("Organisations in each council area")

    def table_head(self) -> str:
        return _("Organisations")

    def named_head(self) -> str:
        return ""

    def circles(self, are_authorities: bool) -> str:
        return _("In a circle: how many there are.")

    def number(self, reached: Reached) -> str:
        if not reached.total:
            return _("no organisation found")
        return ngettext("%(n)d organisation", "%(n)d organisations", reached.total) % {"n": reached.total}


def map_of_answer(answer: Answer) -> ResultMap:
    """All results of a search by place; each place leads to the same search there. Two queries beside the engine's."""
    query = answer.query
    found = search_again(answer, size=MOST)
    ids = [hit.pk for hit in found.hits]
    place = _shown(query)
    codes = mapped_codes(place)
    reached = reach_of_found(ids, codes) if query.what == What.INITIATIVES else _organisations_in(ids, codes)

    sort = None if query.sort == Sort.DISTANCE else query.sort
    asked = replace(query, where=ANYWHERE, point=None, near="", miles=None, sort=sort, page=1)
    saying = Saying() if query.what == What.INITIATIVES else _OfOrganisations()
    to, named = at_each(asked.address()), asked
    if query.what == What.INITIATIVES:
        named = asked.with_values(Facet.SCOPE, (Scope.LOCAL.value,))
    shown = result_map(place, reached, to, at_each(named.address()), saying)
    return replace(shown, note=_left_out(found.total))


def _left_out(total: int) -> str:
    """What a map of more results than are counted says of it."""
    if total <= MOST:
        return ""
    words = _("Counted on this map: the best %(most)s of %(total)s results. Narrow the search to count all.")
    return words % {"most": intcomma(MOST), "total": intcomma(total)}


def _shown(query: SearchQuery) -> PlaceFacts:
    """The place asked for; around a point, the region or nation that the point is in."""
    place = gazetteer()[query.place]
    return gazetteer()[place.parent_code] if query.miles and place.is_authority and place.parent_code else place


def _organisations_in(ids: Sequence[int], codes: Collection[str]) -> dict[str, Reached]:
    """How many of some organisations lie in each place: they reach no other."""
    rows = SearchDocument.objects.filter(kind=What.ORGANISATIONS, object_id__in=ids).order_by()
    numbers = dict(rows.values_list("place_id").annotate(number=Count("pk")))
    gaz = gazetteer()
    sums = {code: sum(numbers.get(inside, 0) for inside in gaz.within(code)) for code in codes}
    return {code: Reached(number, number) for code, number in sums.items()}
