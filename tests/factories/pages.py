"""Pages of the CMS, under the lists that `seed_pages` lays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory

from pages.models import GuidanceIndexPage, GuidancePage, NewsIndexPage, NewsPage


class _ChildFactory(factory.django.DjangoModelFactory[Any]):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Any:
        """A page is added to a tree; it is live unless the test says otherwise."""
        parent = kwargs.pop("parent")
        return parent.add_child(instance=model_class(**kwargs))


class NewsPageFactory(_ChildFactory):
    class Meta:
        model = NewsPage

    parent = factory.LazyFunction(lambda: NewsIndexPage.objects.get())
    title = factory.Sequence(lambda n: f"News item {n}")
    slug = factory.Sequence(lambda n: f"news-item-{n}")
    summary = "What happened, in a sentence."
    date = factory.Sequence(lambda n: date(2026, 1, 1) + timedelta(days=n))


class GuidancePageFactory(_ChildFactory):
    class Meta:
        model = GuidancePage

    parent = factory.LazyFunction(lambda: GuidanceIndexPage.objects.get())
    title = factory.Sequence(lambda n: f"Guidance {n}")
    slug = factory.Sequence(lambda n: f"guidance-{n}")
    summary = "How to do it well."
