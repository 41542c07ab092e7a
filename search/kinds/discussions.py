"""Discussions that everyone may read, as they are searched: by title, tags and what was said in them.

What is for members or named organisations is in no index; the list of discussions finds it for who may read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.utils.translation import ngettext

from discussions.models import Post, Thread, ThreadTag
from discussions.permissions import public_threads
from discussions.subjects import find_many
from places.queries import gazetteer
from search.domain.describing import document_of, grouped
from search.domain.marking import extract, marked
from search.kinds.base import Shown, away
from search.models import SearchDocument
from search.query import Facet, What
from search.results import Hit
from search.traits import pack, region_codes
from texts.markdown import plain_text

MOST_POSTS = 200  # of a long thread: its first and its latest


def public() -> QuerySet[Thread]:
    return public_threads()


listed = public


def describe(ids: Sequence[int]) -> list[SearchDocument]:
    """Four queries however many, and one for each kind of thing they are about."""
    threads = list(public().filter(pk__in=ids).order_by("pk"))
    subjects = find_many((one.subject_kind, one.subject_key) for one in threads if one.subject_kind)
    tags = grouped(ThreadTag.objects.filter(content_object__in=threads).values_list("content_object_id", "tag__name"))
    said = _said(threads)
    documents = []
    for one in threads:
        subject = subjects.get((one.subject_kind, one.subject_key))
        if subject is not None and not subject.is_public:
            continue
        place = gazetteer().get(one.place_id) if one.place_id else None
        around = gazetteer().closure_up(place.code) if place else ()
        names = [*tags.get(one.pk, ()), subject.title if subject else ""]
        if place:
            names += [place.name, place.name_cy]
        traits, areas = pack({Facet.REGION: set(around) & set(region_codes())})
        latest = one.last_posted_at or one.opened_at
        documents.append(
            document_of(
                kind=What.DISCUSSIONS,
                object_id=one.pk,
                texts=(one.title, "", " ".join(names), " ".join(said.get(one.pk, ()))),
                traits=traits,
                areas=areas,
                place_id=place.code if place else "",
                latitude=place.latitude if place and place.is_authority else None,
                longitude=place.longitude if place and place.is_authority else None,
                published=int(latest.timestamp()),
                confirmed=latest.date().toordinal(),
                completeness=100,
            )
        )
    return documents


def _said(threads: Sequence[Thread]) -> dict[int, list[str]]:
    """What stands in each, without marks: the first post and the latest."""
    found: dict[int, list[str]] = {}
    for one in threads:
        rows = Post.objects.filter(thread=one, removed_at=None).exclude(number=None).order_by("-number")
        told = [(number, plain_text(text)) for number, text in rows.values_list("number", "text")[:MOST_POSTS]]
        if one.posts > MOST_POSTS:
            told += [(number, plain_text(text)) for number, text in rows.filter(number=1).values_list("number", "text")]
        found[one.pk] = [text for _number, text in sorted(told)]
    return found


def texts(ids: Sequence[int]) -> Mapping[int, str]:
    threads = list(public().filter(pk__in=ids))
    first = Post.objects.filter(thread__in=threads, number=1, removed_at=None)
    opening = dict(first.values_list("thread_id", "text"))
    return {one.pk: f"{one.title}. {plain_text(opening.get(one.pk, ''))}" for one in threads}


def show(hits: Sequence[Hit], stems: frozenset[str]) -> Mapping[int, Shown]:
    threads = public().in_bulk([hit.pk for hit in hits])
    subjects = find_many((one.subject_kind, one.subject_key) for one in threads.values() if one.subject_kind)
    said = _said(list(threads.values()))
    shown = {}
    for hit in hits:
        one = threads.get(hit.pk)
        if one is None:
            continue
        subject = subjects.get((one.subject_kind, one.subject_key))
        if subject is not None and not subject.is_public:
            continue
        place = gazetteer().get(one.place_id) if one.place_id else None
        number = ngettext("%(number)d post", "%(number)d posts", one.posts) % {"number": one.posts}
        shown[hit.pk] = Shown(
            hit=hit,
            title=marked(one.title, stems),
            extract=extract("", " ".join(said.get(one.pk, ())), stems),
            url=one.get_absolute_url(),
            byline=subject.title if subject else number,
            byline_url=subject.url if subject else "",
            place=place.name if place and not (subject and subject.key == place.code) else "",
            labels=(number,) if subject else (),
            badges=(),
            miles=away(hit),
        )
    return shown


def named(pks: Sequence[int]) -> dict[int, tuple[str, str]]:
    return {one.pk: (one.title, one.get_absolute_url()) for one in public().filter(pk__in=pks)}


def places(ids: Sequence[int]) -> set[str]:
    codes = Thread.objects.filter(pk__in=ids).values_list("place_id", flat=True)
    return {code for code in codes if code}
