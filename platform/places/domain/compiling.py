"""From the source tables to the reference data that ships: names, codes, what lies in what.

Sources: the local authorities' reference table (CC BY 4.0), the Department for Education's lists of Opportunity
Areas and Education Investment Areas (OGL), and `data/known.json` for what they lack.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from places.domain.naming import bare_key, name_key

UK = "K02000001"
Row = dict[str, str]
Entry = dict[str, Any]


def read_rows(path: Path) -> list[Row]:
    """A CSV file's rows; raises OSError where it cannot be read."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


class Compiler:
    """One run: builds `entries` (places by code) and `former` (ended codes), step after step."""

    def __init__(self, known: dict[str, Any], authorities: list[Row]) -> None:
        self.known = known
        self.rows = authorities
        self.entries: dict[str, Entry] = {}
        self.former: dict[str, tuple[str, set[str]]] = {}
        self.by_local = {row["local-authority-code"]: row for row in authorities}
        self.parents = {name: code for code, name in known["regions"]}
        self.parents |= {name: code for code, name, _cy in known["nations"]}

    def compile(self, opportunity: list[Row], investment: list[Row]) -> dict[str, Any]:
        """The whole data set, ready for JSON."""
        self._add_nations_and_regions()
        self._add_authorities()
        self._add_former_codes()
        self._add_combined()
        self._add_opportunity_areas(opportunity)
        self._add_investment_areas(investment)
        self._place_regions_in_the_middle()
        former = [[code, name, sorted(codes)] for code, (name, codes) in sorted(self.former.items())]
        return {"places": list(self.entries.values()), "former_codes": former}

    def _add(self, code: str, kind: str, name: str, parent: str | None, **more: Any) -> Entry:
        entry: Entry = {"code": code, "kind": kind, "name": name, "slug": slugify(name), "parent": parent}
        entry |= {key: value for key, value in more.items() if value}
        others = self.known["other_names"].get(code, [])
        if others:
            entry["other_names"] = list(dict.fromkeys([*entry.get("other_names", []), *others]))
        self.entries[code] = entry
        return entry

    def _add_nations_and_regions(self) -> None:
        self._add(UK, "uk", "United Kingdom", None, name_cy="Y Deyrnas Unedig")
        for code, name, welsh in self.known["nations"]:
            self._add(code, "nation", name, UK, name_cy=welsh)
        for code, name in self.known["regions"]:
            self._add(code, "region", name, self.parents["England"])

    def _add_authorities(self) -> None:
        current = [row for row in self.rows if not row["end-date"] and row["lower-or-unitary"] == "True"]
        for row in sorted(current, key=lambda row: row["gss-code"]):
            code = self._today(row["gss-code"])
            name = self.known["names"].get(code) or row["nice-name"].strip()
            self._add(
                code,
                "authority",
                name,
                self.parents[row["region"]],
                name_cy=self.known["welsh"].get(code, ""),
                latitude=round(float(row["lat"]), 5),
                longitude=round(float(row["long"]), 5),
                population=int(float(row["pop-2020"])),
                other_names=self._other_names(row, name),
                former_names=list(self.known["former_names"].get(code, [])),
            )

    def _today(self, code: str) -> str:
        successor = self.known["successors"].get(code)
        return successor if successor and not code.startswith("E61") else code

    def _other_names(self, row: Row, name: str) -> list[str]:
        """Other names worth keeping: not this name in other clothes, not misspelt, each once."""
        seen = {name_key(name), bare_key(name)}
        kept = []
        # A comma and a space belong to a name ("Bristol, City of"); a bare comma parts two names.
        candidates = [row["nice-name"], *re.split(r",(?! )", row["alt-names"]), row["official-name"]]
        for candidate in (part.strip() for part in candidates):
            key = bare_key(candidate)
            if not key or key in seen or candidate.casefold() in self.known["misspelt"] or not candidate.isascii():
                continue
            if candidate.startswith(("City of", "city of")) or len(key) < 4 or key in name_key(name).split():
                continue
            seen.add(key)
            shown = candidate.removesuffix(" UA")
            kept.append(shown.title().replace(" And ", " and ").replace(" Of ", " of ") if shown.islower() else shown)
        return kept

    def _districts(self, county: str) -> set[str]:
        rows = (row for row in self.rows if row["county-la"] == county and not row["end-date"])
        return {self._today(row["gss-code"]) for row in rows}

    def _today_codes(self, row: Row) -> set[str]:
        """Where a row's area lies today: itself, its districts, or what replaced it, chains followed."""
        if row["end-date"]:
            heirs = [self.by_local[local] for local in row["replaced-by"].split(",") if local]
            return set().union(*(self._today_codes(heir) for heir in heirs)) if heirs else set()
        code = self._today(row["gss-code"])
        return {code} if code in self.entries else self._districts(row["local-authority-code"])

    def _end(self, code: str, name: str, successors: set[str]) -> None:
        if code and successors and code not in self.entries:
            _name, codes = self.former.get(code, (name, set()))
            self.former[code] = (name, codes | successors)

    def _add_former_codes(self) -> None:
        for row in self.rows:
            if row["local-authority-type"] in ("COMB", "SRA"):
                continue
            name, today = row["nice-name"].strip(), self._today_codes(row)
            for code in [row["gss-code"], *row["former-gss-codes"].split(",")]:
                self._end(code.strip(), name, today)
            if row["end-date"]:
                self._remember_name(name, today)
        for old, new in self.known["successors"].items():
            self._end(old, self.entries[new]["name"], {new})

    def _remember_name(self, name: str, today: set[str]) -> None:
        for code in today:
            entry = self.entries[code]
            if name_key(name) != name_key(entry["name"]) and name not in entry.get("former_names", []):
                entry.setdefault("former_names", []).append(name)

    def _add_combined(self) -> None:
        for fact in self.known["combined_authorities"]:
            members = set(fact.get("authorities", []))
            for county in fact.get("counties", []):
                members |= self._districts(county)
            for row in self.rows:
                if row["combined-authority"] in fact["from"] and not row["end-date"]:
                    members |= self._today_codes(row)
            others = [fact["name"], *fact.get("other", [])]
            name = f"{fact['name']} Combined Authority"
            self._add_area(fact["code"], "combined-authority", name, members, other_names=others)
            for code, former_name in fact.get("former", {}).items():
                self._end(code, former_name, {fact["code"]})

    def _add_area(self, code: str, kind: str, name: str, members: set[str], **more: Any) -> Entry:
        missing = members - self.entries.keys()
        if missing or not members:
            raise ValueError(f"{name} ({code}) has members that are not here: {sorted(missing)}")
        population = sum(self.entries[member]["population"] for member in members)
        latitude, longitude = self._middle(members)
        entry = self._add(code, kind, name, self._holder(members), members=sorted(members), **more)
        entry |= {"latitude": latitude, "longitude": longitude, "population": population}
        return entry

    def _middle(self, members: set[str]) -> tuple[float, float]:
        """Where the people are: the members' centres, weighted by population."""
        facts = [self.entries[member] for member in sorted(members)]
        people = sum(fact["population"] for fact in facts)
        latitude = sum(fact["latitude"] * fact["population"] for fact in facts) / people
        longitude = sum(fact["longitude"] * fact["population"] for fact in facts) / people
        return round(latitude, 5), round(longitude, 5)

    def _holder(self, members: set[str]) -> str:
        """The smallest region or nation that holds every member."""
        parents = {self.entries[member]["parent"] for member in members}
        while len(parents) > 1:
            parents = {self.entries[parent]["parent"] or UK for parent in parents}
        return str(parents.pop())

    def _members_of(self, codes: str) -> set[str]:
        members: set[str] = set()
        for code in codes.split("|"):
            members |= {code} if code in self.entries else self.former[code][1]
        return members

    def _add_priority(self, prefix: str, programme: str, name: str, codes: str, slug: str) -> None:
        tail = slugify(name)
        members = self._members_of(codes)
        entry = self._add_area(f"{prefix}-{tail}", "priority-area", name, members, programme=programme)
        entry["slug"] = f"{slug}-{tail}"

    def _add_opportunity_areas(self, rows: list[Row]) -> None:
        for row in rows:
            codes = row["current_lad_codes"]
            self._add_priority("OA", "Opportunity Area", row["opportunity_area"], codes, "opportunity-area")

    def _add_investment_areas(self, rows: list[Row]) -> None:
        """One place a name: an area on both lists is a priority one."""
        programmes = {"EIA": "Education Investment Area", "PEIA": "Priority Education Investment Area"}
        for row in sorted(rows, key=lambda row: row["list"]):
            name = row["name"].replace("+", " and ").replace("St.", "St")
            slug = "education-investment-area"
            self._add_priority("EIA", programmes[row["list"]], name, row["gss_code"], slug)

    def _place_regions_in_the_middle(self) -> None:
        for kind in ("region", "nation", "uk"):
            for entry in self.entries.values():
                if entry["kind"] == kind:
                    inside = {
                        code
                        for code, fact in self.entries.items()
                        if fact["parent"] == entry["code"] and fact["kind"] in ("authority", "region", "nation")
                    }
                    population = sum(self.entries[code]["population"] for code in inside)
                    latitude, longitude = self._middle(inside)
                    entry |= {"latitude": latitude, "longitude": longitude, "population": population}


def compile_places(folder: Path, known: Path) -> dict[str, Any]:
    """The reference data from the source tables in `folder`; raises OSError, KeyError or ValueError on bad sources."""
    compiler = Compiler(
        json.loads(known.read_text(encoding="utf-8")), read_rows(folder / "local_authorities_reference.csv")
    )
    return compiler.compile(
        read_rows(folder / "opportunity_areas.csv"), read_rows(folder / "education_investment_areas.csv")
    )
