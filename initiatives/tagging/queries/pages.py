"""The tags as everyone reads them: all of them, and one with what carries it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.functions import Lower
from taggit.models import Tag

from initiatives.models import Dimension, InitiativeTag, PlaceCount
from initiatives.queries.cards import Card, cards
from initiatives.queries.counting import tag_counts, tags_beginning
from initiatives.queries.listed import listed
from initiatives.tagging.models import Note, Synonym
from places.models import PlaceKind
from places.queries import UK_CODE, PlaceFacts, gazetteer
from texts.paging import fitting
from texts.slugs import pages_of

PAGE_SIZE = 20
ON_INDEX = 120
_BESIDE = 8
_FOUND = 400


@dataclass(frozen=True)
class TagLink:
    """A tag with its address; the number of listed initiatives that carry it where that was asked."""

    name: str
    url: str
    number: int | None = None


@dataclass(frozen=True)
class Index:
    tags: Sequence[TagLink]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class TagPage:
    tag: Tag
    meaning: str
    synonyms: Sequence[str]
    cards: Sequence[Card]
    total: int
    page: int
    pages: int
    related: Sequence[TagLink]
    places: Sequence[tuple[PlaceFacts, int]]


def tag_links(names: Iterable[str], counts: Mapping[str, int] | None = None) -> list[TagLink]:
    """In the order of the names, which are in small letters. One query however many; what is no tag is left out."""
    wanted = list(names)
    rows = Tag.objects.annotate(low=Lower("name")).filter(low__in=wanted) if wanted else []
    slugs, page = {row.name.lower(): row.slug for row in rows}, pages_of("tag")
    return [TagLink(name, page(slugs[name]), (counts or {}).get(name)) for name in wanted if name in slugs]


def index(text: str, page: int) -> Index:
    """Tags in use, the most carried first; with `text` those of which a word, or a word that leads there, begins so."""
    counts = tag_counts(UK_CODE)
    if text:
        found = dict.fromkeys(tags_beginning(text, most=_FOUND))
        others = Synonym.objects.filter(word__contains=text).values_list("tag__name", flat=True)[:_FOUND]
        found |= dict.fromkeys(name.lower() for name in others)
        counts = {name: number for name, number in counts.items() if name in found}
    page, pages = fitting(page, len(counts), ON_INDEX)
    shown = list(counts)[(page - 1) * ON_INDEX : page * ON_INDEX]
    return Index(tag_links(shown, counts), len(counts), page, pages)


def tag_page(tag: Tag, page: int) -> TagPage:
    """Six queries however many carry it. Asks for its note."""
    name = tag.name.lower()
    total = tag_counts(UK_CODE, only=[name]).get(name, 0)
    page, pages = fitting(page, total, PAGE_SIZE)
    carrying = listed().filter(tagged_items__tag=tag)
    ids = carrying.order_by("-first_published_at", "-pk").values_list("pk", flat=True)
    note = _note_of(tag)
    return TagPage(
        tag,
        note.meaning if note else "",
        list(Synonym.objects.filter(tag=tag).values_list("word", flat=True)),
        cards(list(ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])),
        total,
        page,
        pages,
        _related(tag),
        _places(name),
    )


def _related(tag: Tag) -> list[TagLink]:
    """Tags that most of its carriers carry, too."""
    carrying = listed().filter(tagged_items__tag=tag).values("pk")
    rows = InitiativeTag.objects.filter(content_object__in=carrying).exclude(tag=tag)
    most = rows.values(name=F("tag__name"), slug=F("tag__slug")).annotate(number=Count("pk"))
    page = pages_of("tag")
    return [
        TagLink(row["name"], page(row["slug"]), row["number"]) for row in most.order_by("-number", "name")[:_BESIDE]
    ]


def _places(name: str) -> list[tuple[PlaceFacts, int]]:
    """The council areas where most of those that carry it are."""
    gaz = gazetteer()
    rows = PlaceCount.objects.filter(
        dimension=Dimension.TAG, value=name, within__gt=0, place__kind=PlaceKind.AUTHORITY
    ).order_by("-within", "place_id")
    return [(gaz[code], number) for code, number in rows.values_list("place_id", "within")[:_BESIDE] if code in gaz]


def leads_to(slug: str) -> Tag | None:
    """The tag to which an old address leads."""
    synonym = Synonym.objects.filter(slug=slug, tag__note__retired_at=None).select_related("tag").first()
    return synonym.tag if synonym else None


def _note_of(tag: Tag) -> Note | None:
    return getattr(tag, "note", None)


def is_shown(tag: Tag) -> bool:
    """Carried by a public initiative, be it over, or described; what only drafts carry is nobody else’s to know. Asks
    for its note."""
    note = _note_of(tag)
    if note is not None and note.retired_at is not None:
        return False
    if note is not None and note.meaning:
        return True
    return bool(InitiativeTag.objects.filter(tag=tag, content_object__live=True).exists())
