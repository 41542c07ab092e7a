"""Searching as a page does, told in titles."""

from __future__ import annotations

from typing import Any

import factory
from django.conf import settings
from django.http import QueryDict

from initiatives.models import Initiative
from organisations.models import Organisation
from search.domain.draining import drain_all
from search.domain.encoding import encode_due
from search.domain.saving import save_search
from search.domain.searching import Answer, search
from search.engines.elasticsearch import index
from search.forms import read_search
from search.models import Frequency, SavedSearch
from search.query import What
from tests.factories.accounts import UserFactory


def ask(address: str) -> Answer:
    """The answer to a query string, once the engine knows of every change."""
    keep_up()
    answer = search(read_search(QueryDict(address)).query)
    assert not answer.results.fallback
    return answer


def keep_up() -> None:
    """Let the encoder and the search server know of every change, where there are any."""
    encode_due()
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


class SavedSearchFactory(factory.django.DjangoModelFactory[SavedSearch]):
    """Saved as a person does: `SavedSearchFactory(address="q=chess", frequency=...)`; it knows what is there now."""

    class Meta:
        model = SavedSearch

    owner = factory.SubFactory(UserFactory)
    address = "q=chess"
    name = "Chess near us"
    frequency = Frequency.AT_ONCE
    by_email = True
    in_inbox = True

    @classmethod
    def _create(cls, model_class: type[SavedSearch], *args: Any, **kwargs: Any) -> SavedSearch:
        keep_up()
        query = read_search(QueryDict(kwargs.pop("address"))).query
        return save_search(kwargs.pop("owner"), query, **kwargs)
