"""Searching as a page does, told in titles."""

from __future__ import annotations

from django.http import QueryDict

from initiatives.models import Initiative
from organisations.models import Organisation
from search.domain.searching import Answer, search
from search.forms import read_search
from search.query import What


def ask(address: str) -> Answer:
    """The answer to a query string."""
    return search(read_search(QueryDict(address)).query)


def titles(address: str) -> list[str]:
    """What a query string finds on its first page, in its order."""
    answer = ask(address)
    ids = [hit.pk for hit in answer.results.hits]
    if answer.query.what == What.ORGANISATIONS:
        names = dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))
    else:
        names = dict(Initiative.objects.filter(pk__in=ids).values_list("pk", "title"))
    return [names[pk] for pk in ids]
