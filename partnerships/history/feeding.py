"""What changed in a place as Atom (RFC 4287). Names of entries last, and the same content is the same bytes."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from partnerships.history.asking import start_of
from partnerships.history.queries.events import events_in
from partnerships.history.queries.showing import shown
from places.queries import PlaceFacts

DAYS = 90
LENGTH = 50
BEGAN = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)  # a feed that has nothing yet is as old as this


class _Feed(Atom1Feed):
    """Django's would call an empty feed new at every asking, and its own address its name."""

    def latest_post_date(self) -> datetime.datetime:
        return max((item["updateddate"] for item in self.items), default=BEGAN)


def feed_of(place: PlaceFacts, root: str) -> bytes:
    """`root`: the site's address, with its slash. In the site's language, whoever asks: a feed is kept for all."""
    with translation.override(settings.LANGUAGE_CODE):
        return _feed_of(place, root)


def _feed_of(place: PlaceFacts, root: str) -> bytes:
    site = root.rstrip("/")
    since = start_of(timezone.localdate() - datetime.timedelta(days=DAYS))
    found = events_in(place, since)
    host = urlsplit(settings.SITE_URL).hostname  # whichever name it was asked by, entries keep theirs
    name = f"tag:{host},2026:changes/{place.code}"
    made = _Feed(
        title=_("What changes in %(place)s") % {"place": place.label},
        link=site + reverse("place-changes", args=[place.slug]),
        description="",
        subtitle=_("What opened, ended and changed on Stepping Stones."),
        feed_url=site + reverse("place-changes-feed", args=[place.slug]),
        feed_guid=name,
        language=settings.LANGUAGE_CODE,
        author_name="Stepping Stones",
    )
    for one in shown(place, found.events[:LENGTH]):
        made.add_item(
            title=f"{one.label}: {one.title}",
            link=site + one.url,
            description=one.detail,
            author_name=one.author,
            pubdate=one.at,
            updateddate=one.at,
            unique_id=f"{name}/{one.key}",
            categories=[str(one.group.label)],
        )
    text: str = made.writeString("utf-8")
    return text.encode()
