"""Loading an index: read, mapped, ranked, and written in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from partnerships.need.description import Description, read_description
from partnerships.need.mapping import Mapping, map_rows
from partnerships.need.models import Index, Value
from partnerships.need.rows import read_rows
from partnerships.need.standing import Standing, standings
from places.queries import gazetteer

_BATCH = 200
_NOT_KEPT = {"columns", "encoding", "areas", "leave_out", "illustrative"}
_KEPT = [one.name for one in fields(Description) if one.name not in _NOT_KEPT]
_COLUMNS = ("value", "rank", "of", "tied", "share", "how", "made_of", "known", "published_rank")


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did: how many values were written anew, changed or taken away, and what led nowhere."""

    index: Index
    added: int
    changed: int
    removed: int
    places: int  # council areas of today that have a value
    unmapped: list[tuple[int, str]]
    left_out: list[str]

    @property
    def wrote(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def load_need(
    path: Path, description_path: Path, *, by: User | None = None, progress: Callable[[int], object] = lambda rows: None
) -> Report:
    """Put an index's file in place of what was loaded before of it; `progress` is told of rows as they are read.

    Raises NeedRefused, with a sentence for each fault; then nothing was written. The same file again writes nothing.
    """
    description = read_description(description_path)
    rows = read_rows(path, description, progress)
    mapping = map_rows(rows, description)
    stands = standings(mapping.values, description, gazetteer())
    return _write(description, mapping, stands, by)


@transaction.atomic
def _write(description: Description, mapping: Mapping, stands: dict[str, Standing], by: User | None) -> Report:
    facts: dict[str, Any] = {name: getattr(description, name) for name in _KEPT}
    facts |= {
        "is_illustrative": description.illustrative,
        "areas": mapping.areas,
        "unmapped": [list(one) for one in mapping.unmapped],
        "left_out": mapping.left_out,
    }
    now = {"loaded_at": timezone.now(), "loaded_by": by}
    Index.objects.get_or_create(slug=description.slug, defaults={**facts, **now})
    index = Index.objects.select_for_update().get(slug=description.slug)
    wanted = {code: _columns(standing) for code, standing in stands.items()}
    found = {row[0]: row[1:] for row in Value.objects.filter(index=index).values_list("place_id", *_COLUMNS)}
    new = [Value(index=index, place_id=code, **wanted[code]) for code in sorted(wanted.keys() - found.keys())]
    other = sorted(code for code in wanted.keys() & found.keys() if tuple(wanted[code].values()) != found[code])
    gone = found.keys() - wanted.keys()
    changed = [Value(index=index, place_id=code, **wanted[code]) for code in other]
    Value.objects.filter(index=index, place__in=gone).delete()
    Value.objects.bulk_create(
        [*new, *changed],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["index", "place"],
        update_fields=list(_COLUMNS),
    )
    report = Report(index, len(new), len(changed), len(gone), len(mapping.values), mapping.unmapped, mapping.left_out)
    if report.wrote or any(getattr(index, name) != value for name, value in facts.items()):
        for name, value in {**facts, **now}.items():
            setattr(index, name, value)
        index.save()
    return report


def _columns(standing: Standing) -> dict[str, Any]:
    mapped = standing.mapped
    return {
        "value": mapped.value,
        "rank": standing.rank,
        "of": standing.of,
        "tied": standing.tied,
        "share": standing.share,
        "how": str(mapped.how),
        "made_of": list(mapped.made_of),
        "known": mapped.known,
        "published_rank": mapped.published_rank,
    }
