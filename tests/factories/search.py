"""Searching as a page does, told in titles."""

from __future__ import annotations

from django.conf import settings
from django.http import QueryDict

from initiatives.models import Initiative
from organisations.models import Organisation
from search.domain.draining import drain_all
from search.domain.searching import Answer, search
from search.engines.elasticsearch import index
from search.forms import read_search
from search.query import What


def ask(address: str) -> Answer:
    """The answer to a query string, once the engine knows of every change."""
    keep_up()
    answer = search(read_search(QueryDict(address)).query)
    assert not answer.results.fallback
    return answer


def keep_up() -> None:
    """Let the search server know of every change, where there is one."""
    if settings.ELASTICSEARCH_URL:
        drain_all()
        index.refresh()


def titles(address: str) -> list[str]:
    """What a query string finds on its first page, in its order."""
    answer = ask(address)
    ids = [hit.pk for hit in answer.results.hits]
    if answer.query.what == What.ORGANISATIONS:
        names = dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))
    else:
        names = dict(Initiative.objects.filter(pk__in=ids).values_list("pk", "title"))
    return [names[pk] for pk in ids]
