"""Towns: not places with a page of their own, but where people say that they are. From a small file, kept in memory.

`compile_towns` writes the file: England's towns from the register of schools, the others' by hand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from places.queries import PlaceFacts, gazetteer

DATA = Path(__file__).resolve().parent / "data" / "towns.json"


@dataclass(frozen=True, slots=True)
class Town:
    """A town, the council area it lies in, and its middle."""

    name: str
    authority_code: str
    latitude: float
    longitude: float
    size: int  # postcodes within a mile and a half: which of two namesakes is likelier meant
    name_cy: str = ""

    @property
    def position(self) -> tuple[float, float]:
        return self.latitude, self.longitude

    @property
    def authority(self) -> PlaceFacts:
        return gazetteer()[self.authority_code]

    @property
    def label(self) -> str:
        """The name, told apart from its namesakes: "Richmond (North Yorkshire)"."""
        return f"{self.name} ({self.authority.name})"

    @property
    def where(self) -> str:
        """What leads to it in a "where" box or an address."""
        return self.label


@cache
def towns() -> tuple[Town, ...]:
    """Every town, as the file has them: by name, of one name the largest first."""
    return tuple(Town(*row) for row in json.loads(DATA.read_text(encoding="utf-8")))
