"""Keeping the listed initiatives by place, and their counts, in step with what is public.

Called in the transaction of every change that a list can see: clearing, pausing, ending, claiming, importing,
a changed kind of organisation. What an initiative added is kept with it (`Listing`), so taking it away is exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from initiatives.events import InitiativesChanged
from initiatives.models import Dimension, Initiative, Listing, PlaceCount, ReachedPlace
from initiatives.queries.listed import listed
from notifications.announcing import announce_within
from places.queries import UK_CODE, Gazetteer, gazetteer
from texts.vocabulary import Reach

_Counts = Counter[tuple[str, str, str, bool]]
_BATCH = 1_000


def declared_places(reach: str, codes: Iterable[str], gaz: Gazetteer) -> tuple[str, ...]:
    """The codes an initiative declares, none inside another: the wider of two wins. Empty where none is known."""
    chosen = set(codes)
    if reach == Reach.UK or (reach == Reach.ONLINE and not chosen):
        return (UK_CODE,)
    return tuple(sorted(code for code in chosen if not chosen & set(gaz.ancestors(code))))


def reached_places(declared: Iterable[str], gaz: Gazetteer) -> dict[str, bool]:
    """Every place an initiative lies within → whether it declares that very place.

    An initiative whose place nobody knows lies within the UK and declares nothing, so only the national list has it.
    """
    reached = {UK_CODE: False}
    for code in declared:
        for around in gaz.closure_up(code):
            reached.setdefault(around, False)
    reached.update(dict.fromkeys(declared, True))
    return reached


def counted_words(initiative: Initiative, tags: Iterable[str]) -> list[list[str]]:
    """The (dimension, value) pairs one listed initiative is counted under."""
    words = [[Dimension.ALL.value, ""], [Dimension.KIND.value, initiative.lead_organisation.kind]]
    for dimension, values in (
        (Dimension.STAGE, initiative.stages),
        (Dimension.TRANSITION, initiative.transitions),
        (Dimension.SUPPORT, initiative.support),
        (Dimension.TAG, sorted({tag.lower() for tag in tags})),
    ):
        words += [[dimension.value, value] for value in values]
    return words


def _add(counts: _Counts, reached: Mapping[str, bool], words: Iterable[Sequence[str]], sign: int) -> None:
    for code, declared in reached.items():
        for dimension, value in words:
            counts[code, dimension, value, False] += sign
            if declared:
                counts[code, dimension, value, True] += sign


class ListChange:
    """What one transaction changes in the lists. Take it from `changing_lists`, which writes its counts."""

    def __init__(self) -> None:
        self._counts: _Counts = Counter()
        self._changed: set[int] = set()

    def add(
        self,
        initiatives: Sequence[Initiative],
        *,
        places: Mapping[int, Sequence[str]],
        tags: Mapping[int, Sequence[str]] | None = None,
    ) -> None:
        """Initiatives that are in no list yet, those that a list may show: places by their id, tags likewise."""
        gaz = gazetteer()
        self._changed.update(initiative.pk for initiative in initiatives)
        rows: list[ReachedPlace] = []
        listings: list[Listing] = []
        for initiative in initiatives:
            if not initiative.is_listed:
                continue
            reached = reached_places(declared_places(initiative.reach, places.get(initiative.pk, ()), gaz), gaz)
            words = counted_words(initiative, (tags or {}).get(initiative.pk, ()))
            _add(self._counts, reached, words, 1)
            listings.append(Listing(initiative=initiative, words=words))
            published_at = initiative.first_published_at or initiative.created_at
            rows += [
                ReachedPlace(initiative=initiative, place_id=code, declared=declared, published_at=published_at)
                for code, declared in reached.items()
            ]
        Listing.objects.bulk_create(listings, batch_size=_BATCH)
        ReachedPlace.objects.bulk_create(rows, batch_size=_BATCH)

    def remove(self, ids: Sequence[int]) -> None:
        """Take initiatives out of every list and count."""
        self._changed.update(ids)
        listings = list(Listing.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
        reached: dict[int, dict[str, bool]] = {listing.pk: {} for listing in listings}
        rows = ReachedPlace.objects.filter(initiative_id__in=reached).values_list(
            "initiative_id", "place_id", "declared"
        )
        for pk, code, declared in rows:
            reached[pk][code] = declared
        for listing in listings:
            _add(self._counts, reached[listing.pk], listing.words, -1)
        ReachedPlace.objects.filter(initiative_id__in=reached).delete()
        Listing.objects.filter(pk__in=reached).delete()

    def renew(self, ids: Sequence[int]) -> None:
        """Bring initiatives' lists in step with their rows as they stand now."""
        initiatives = list(
            Initiative.objects.select_for_update(of=("self",))
            .filter(pk__in=ids)
            .select_related("lead_organisation")
            .order_by("pk")
        )
        self.remove([initiative.pk for initiative in initiatives])
        places: dict[int, list[str]] = {}
        for pk, code in Initiative.places.through.objects.filter(initiative_id__in=ids).values_list(
            "initiative_id", "place_id"
        ):
            places.setdefault(pk, []).append(code)
        tags: dict[int, list[str]] = {}
        for pk, name in Initiative.tags.through.objects.filter(content_object_id__in=ids).values_list(
            "content_object_id", "tag__name"
        ):
            tags.setdefault(pk, []).append(name)
        self.add(initiatives, places=places, tags=tags)

    def write(self) -> None:
        """Add what changed to the counts, once and in one order everywhere: else two transactions that change the
        same places could each wait for the other. A count that came down to nothing goes."""
        keys = sorted({key[:3] for key, number in self._counts.items() if number})
        rows = [(*key, self._counts[*key, False], self._counts[*key, True]) for key in keys]
        table = connection.ops.quote_name(PlaceCount._meta.db_table)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (place_id, dimension, value, within, declared) VALUES (%s, %s, %s, %s, %s) "  # noqa: S608  our own table's name
                "ON CONFLICT (place_id, dimension, value) DO UPDATE SET "
                f"within = {table}.within + excluded.within, declared = {table}.declared + excluded.declared",
                rows,
            )
            cursor.executemany(
                f"DELETE FROM {table} WHERE place_id = %s AND dimension = %s AND value = %s "  # noqa: S608  likewise
                "AND within = 0 AND declared = 0",
                [key for *key, within, declared in rows if within < 0 or declared < 0],
            )
        self._counts.clear()
        announce_within(InitiativesChanged(tuple(sorted(self._changed))))
        self._changed.clear()


@contextmanager
def changing_lists() -> Iterator[ListChange]:
    """A transaction that changes the lists, one way or several; its counts are written last."""
    with transaction.atomic():
        change = ListChange()
        yield change
        change.write()


def list_initiatives(
    initiatives: Sequence[Initiative],
    *,
    places: Mapping[int, Sequence[str]],
    tags: Mapping[int, Sequence[str]] | None = None,
) -> None:
    """Add listed initiatives that are in no list yet."""
    with changing_lists() as lists:
        lists.add(initiatives, places=places, tags=tags)


def unlist(ids: Sequence[int]) -> None:
    """Take initiatives out of every list and count."""
    with changing_lists() as lists:
        lists.remove(ids)


def relist(ids: Sequence[int]) -> None:
    """Bring initiatives' lists and counts in step with their rows as they stand now."""
    with changing_lists() as lists:
        lists.renew(ids)


def recount(*, batch: int = 2_000) -> int:
    """Build every list and count anew from the initiatives. Gives how many are listed."""
    with transaction.atomic():
        # The initiatives are held before their lists, as every edit does: else each could wait for the other.
        ids = list(listed().select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
        PlaceCount.objects.all().delete()
        ReachedPlace.objects.all().delete()
        Listing.objects.all().delete()
        for start in range(0, len(ids), batch):
            relist(ids[start : start + batch])
    return len(ids)
