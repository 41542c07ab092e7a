"""T1: five suggested tags, against the tags that people gave real charities by hand.

The charities of UKCAT's sample are split once, by a fixed seed, into 80 % and 20 %. The 80 % are registered here as
initiatives that carry their tags (a code is a tag, by the name the vocabulary gives it); for each of the 20 % the
product is asked for five tags by its text: `suggest_tags`, as the wizard asks. F1 is of all suggested over all given,
T1 that F1 over the F1 of always suggesting the five tags that most of the 80 % carry.

`LARGE=1` registers the 80 % over and over up to 100,000 and measures how long a suggestion takes there.

What was chosen by measuring was chosen within the 80 % (`TUNED=1`: of these again 80 to 20), never on the 20 %.
"""

from __future__ import annotations

import csv
import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone
from taggit.models import Tag

from initiatives.domain.listing import list_initiatives
from initiatives.models import Initiative, InitiativeTag
from initiatives.tagging.queries.suggesting import suggest_tags
from organisations.models import Organisation
from search.domain.maintaining import refresh_statistics
from tests.benchmarks.scoring import score
from texts.slugs import slug_of
from texts.vocabulary import OrganisationKind, Reach

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "charities"
SEED, FIVE, LARGE = 20_26, 5, 100_000


@dataclass(frozen=True)
class Charity:
    name: str
    text: str
    tags: frozenset[str]


def figures() -> Iterator[dict[str, Any]]:
    if not DATA.exists():
        yield {"figure": "T1", "value": None, "goal": 3, "note": "the charities are not there"}
        return
    known, asked = split(charities())
    if os.environ.get("TUNED"):
        known, asked = split(known)
    register(known)
    suggested, times = zip(*(timed(one) for one in asked), strict=True)
    often = [tag for tag, _number in Counter(tag for one in known for tag in sorted(one.tags)).most_common(FIVE)]
    right = numbered(one.tags for one in asked)
    precision, recall, f1 = score(numbered(suggested), right)
    base = score(numbered([often] * len(asked)), right)
    yield {
        "figure": "T1",
        "value": round(f1 / base[2], 3),
        "goal": 3,
        "unit": "times the F1 of the five most frequent",
        "f1": round(f1, 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "of the five most frequent": [round(number, 4) for number in base],
        "charities": [len(known), len(asked)],
        "fewer than five": sum(len(tags) < FIVE for tags in suggested),
    }
    yield told("T1 a suggestion", times)
    if os.environ.get("LARGE"):
        copies = LARGE // len(known)
        for copy in range(1, copies):
            register(known, copy=copy)
        for one in asked[:10]:  # the first ones fill the memory
            suggest_tags(one.text, limit=FIVE)
        yield told(f"T1 a suggestion of {copies * len(known)}", [timed(one)[1] for one in asked[:60]])


def numbered(tags: Iterable[Iterable[str]]) -> set[tuple[int, str]]:
    """All tags together, each with the number of the charity it was suggested for or given to."""
    return {(number, tag) for number, its in enumerate(tags) for tag in its}


def timed(one: Charity) -> tuple[list[str], float]:
    """Five tags for a charity, and the milliseconds that took."""
    began = time.perf_counter()
    tags = suggest_tags(f"{one.name}. {one.text}", limit=FIVE)
    return tags, 1_000 * (time.perf_counter() - began)


def told(figure: str, times: Sequence[float]) -> dict[str, Any]:
    p95 = statistics.quantiles(times, n=20)[-1]
    return {"figure": figure, "value": round(statistics.median(times), 1), "unit": "ms", "p95": round(p95, 1)}


def charities() -> list[Charity]:
    """Those that carry a tag, in the file's order."""
    with (DATA / "ukcat_tags.csv").open(encoding="utf-8", newline="") as file:
        names = {row["Code"]: row["tag"] for row in csv.DictReader(file)}
    often = Counter(names.values())
    names = {code: (name if often[name] == 1 else f"{name} ({code})").lower() for code, name in names.items()}
    with (DATA / "ukcat_sample.csv").open(encoding="utf-8", newline="") as file:
        return [
            Charity(row["name"], f"{row['activities']} {row['objects']}", tags)
            for row in csv.DictReader(file)
            if (tags := frozenset(names.get(code, code.lower()) for code in row["UKCAT"].split(";") if code))
        ]


def split(rows: Sequence[Charity]) -> tuple[list[Charity], list[Charity]]:
    """80 % and 20 %, always the same."""
    mixed = random.Random(SEED).sample(list(rows), len(rows))
    cut = len(mixed) * 4 // 5
    return mixed[:cut], mixed[cut:]


def register(rows: Sequence[Charity], *, copy: int = 0) -> None:
    """Listed initiatives with these texts and tags, indexed as every listed one is."""
    now = timezone.now()
    lead = Organisation.objects.create(name="All", slug=f"all-{copy}", kind=OrganisationKind.CHARITY, is_public=True)
    made = Initiative.objects.bulk_create(
        Initiative(
            title=row.name[:140],
            slug=f"charity-{copy}-{number}",
            description=row.text,
            reach=Reach.UK,
            lead_organisation=lead,
            live=True,
            first_published_at=now,
        )
        for number, row in enumerate(rows)
    )
    names = sorted({tag for row in rows for tag in row.tags})
    tags = {
        name: Tag.objects.get_or_create(
            name=name, defaults={"slug": f"{slug_of(name, otherwise='tag')[:80]}-{number}"}
        )[0]
        for number, name in enumerate(names)
    }
    InitiativeTag.objects.bulk_create(
        InitiativeTag(content_object=one, tag=tags[tag])
        for one, row in zip(made, rows, strict=True)
        for tag in sorted(row.tags)
    )
    list_initiatives(made, places={}, tags={one.pk: sorted(row.tags) for one, row in zip(made, rows, strict=True)})
    refresh_statistics()
