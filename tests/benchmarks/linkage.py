"""L1, L2, L3: how well duplicates are found without a label, by the matcher that proposes them among organisations.

F1 of what the matcher gives at its default threshold, with the settings it has for organisations: only the names of the
fields differ. Labels are read after it has answered.

L1 `restaurant`: 864 entries of two guides as one table (name, address, city, cuisine); 112 of its pairs are one
restaurant, every other pair is not.
L2 `dblp_acm`: the data set comes as labelled pairs. Both tables are rebuilt from all three files (entries that say the
same are one: 2,436 and 2,245), the matcher sees the whole tables, and F1 is over the pairs that carry a label (12,103;
one that was labelled both ways counts as a match). A pair given that nobody labelled is in neither precision nor recall
and is counted beside; `f1 with unlabelled as wrong` is the strict reading.

L3 `registers`: where next to nothing is entered twice. Schools, universities, colleges and charities of registers, as
one table, each row an entity of its own by its number. The numbers are withheld, and all that moderators would be
proposed is counted, by rule and by the matcher, for each 1,000 organisations. Less is better, though not all are
mistakes: a school and its charity stand in two of them.

`compared` is the share of all possible pairs whose fields were compared. `every pair` is F1 before each record keeps
only its likeliest partner.
"""

from __future__ import annotations

import csv
import html
import json
import re
import time
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from organisations.duplicates.entries import Entry, domain_of, key_of
from organisations.duplicates.finding import find
from organisations.duplicates.reasons import NAMES
from organisations.matching.fields import Field, How, Pair, Record
from organisations.matching.matcher import match
from organisations.registers.files import read_rows
from organisations.registers.readers import REGISTERS, RowFault
from tests.benchmarks.scoring import score

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "linkage"
PLACES = Path(__file__).resolve().parents[2] / "platform" / "places" / "data" / "places.json"
REGISTER_FILES = {
    "schools": "organisations/schools_england.csv",
    "universities": "organisations/universities.csv",
    "colleges": "organisations/fe_colleges.csv",
    "charities": "charities/ukcat_sample.csv",
}


@dataclass(frozen=True)
class Collection:
    """Records (the first `left` of them one table where there are two), which pairs match, which have a label."""

    records: list[Record]
    fields: tuple[Field, ...]
    left: int | None
    matches: Set[Pair]
    labelled: Set[Pair] | None = None


def figures() -> Iterator[dict[str, Any]]:
    for figure, goal, read in (("L1 restaurant", 0.95, restaurant), ("L2 dblp_acm", 0.96, dblp_acm)):
        if not DATA.exists():
            yield {"figure": figure, "value": None, "goal": goal, "note": "the collections are not there"}
            continue
        yield {"figure": figure, "goal": goal, "unit": "F1", **measure(read())}
    yield {"figure": "L3 registers", "goal": 1.0, "unit": "proposed a thousand", **proposed_among_registers()}


def proposed_among_registers() -> dict[str, Any]:
    """How many pairs of the registers' rows would be proposed with the product's settings, without their numbers."""
    rows = list(registered())
    if not rows:
        return {"value": None, "note": "the registers are not there"}
    began = time.perf_counter()
    found = find(rows)
    by_rule = sum(one.reasons[0].kind != NAMES for one in found)
    return {
        "value": round(1_000 * len(found) / len(rows), 2),
        "organisations": len(rows),
        "by rule": by_rule,
        "by the matcher": len(found) - by_rule,
        "seconds": round(time.perf_counter() - began, 1),
    }


def registered() -> Iterator[Entry]:
    """The rows of the registers that can be read, as organisations' entries without numbers."""
    places = {place["code"]: place["name"] for place in json.loads(PLACES.read_text(encoding="utf-8"))["places"]}
    seen: set[tuple[str, str]] = set()
    for kind, name in REGISTER_FILES.items():
        if not (path := DATA.parent / name).exists():
            continue
        for _line, row in read_rows(path, REGISTERS[kind], []):
            try:
                facts = REGISTERS[kind].read(row)
            except RowFault:
                continue
            if (facts.scheme, facts.number) in seen:
                continue
            seen.add((facts.scheme, facts.number))
            postcode, place = facts.postcode.replace(" ", ""), places.get(facts.place_code or "", "")
            key, domain = key_of(facts.name), domain_of(facts.website)
            yield Entry(len(seen), facts.name, key, postcode, domain, place)


def measure(data: Collection) -> dict[str, Any]:
    """F1 with its parts, and what it took."""
    began = time.perf_counter()
    found = match(data.records, data.fields, left=data.left)
    seconds = time.perf_counter() - began
    given = {one.pair for one in found.matches}
    labelled = given if data.labelled is None else given & data.labelled
    every = {one.pair for one in found.likely}
    precision, recall, f1 = score(labelled, data.matches)
    return {
        "value": round(f1, 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "compared": f"{found.compared / found.possible:.2%}",
        "every pair": round(score(every if data.labelled is None else every & data.labelled, data.matches)[2], 4),
        "given": len(given),
        "unlabelled": len(given) - len(labelled),
        "f1 with unlabelled as wrong": round(score(given, data.matches)[2], 4),
        "seconds": round(seconds, 1),
    }


def restaurant() -> Collection:
    with (DATA / "restaurant" / "restaurant-nophone-training.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    whose: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        whose.setdefault(row.pop("unique_id"), []).append(place)
    matches = {(places[0], places[1]) for places in whose.values() if len(places) == 2}
    fields = tuple(Field(name) for name in ("name", "address", "city", "cuisine"))
    return Collection([*rows], fields, None, matches)


def dblp_acm() -> Collection:
    tables: tuple[dict[str, int], dict[str, int]] = ({}, {})
    labels: dict[tuple[int, int], bool] = {}
    for part in ("train", "valid", "test"):
        for line in (DATA / "dblp_acm" / f"{part}.txt").read_text(encoding="utf-8").splitlines():
            left, right, label = line.split("\t")
            one, other = left.strip(), right.strip()
            pair = tables[0].setdefault(one, len(tables[0])), tables[1].setdefault(other, len(tables[1]))
            labels[pair] = labels.get(pair, False) or label == "1"
    first = len(tables[0])
    fields = (Field("title"), Field("authors"), Field("venue"), Field("year", How.CODES))
    return Collection(
        [_entry(text) for table in tables for text in table],
        fields,
        first,
        {(one, other + first) for (one, other), same in labels.items() if same},
        {(one, other + first) for one, other in labels},
    )


def _entry(text: str) -> dict[str, str]:
    """`COL title VAL … COL authors VAL …`, whose letters with accents are spelt "& #233 ;"."""
    readable = html.unescape(re.sub(r"& ?#(\d+) ?;", r"&#\1;", text))
    parts = re.split(r"\s*COL (\w+) VAL ?", f" {readable}")
    return dict(zip(parts[1::2], parts[2::2], strict=True))
