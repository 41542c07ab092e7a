"""The news as a feed."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from pages.models import NewsPage
from pages.queries import latest_news


class NewsFeed(Feed[NewsPage, None]):
    """The latest twenty news items as Atom."""

    feed_type = Atom1Feed
    title = _("Stepping Stones: news")
    subtitle = _("What is new in the registry.")
    link = "/"

    def items(self) -> list[NewsPage]:
        return latest_news(limit=20)

    def item_title(self, item: NewsPage) -> str:
        return str(item.title)

    def item_description(self, item: NewsPage) -> str:
        return item.summary

    def item_link(self, item: NewsPage) -> str:
        return str(item.url)

    def item_pubdate(self, item: NewsPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(9)))
