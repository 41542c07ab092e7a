"""What somebody asks of a place's broken chains, as one frozen value that round-trips to an address."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from places.queries import PlaceFacts
from texts.choosing import Choosing
from texts.paging import page_asked
from texts.vocabulary import Transition

ENDS, ENDS_IN_PART, STARTS, STARTS_IN_PART = "", "ends-in-part", "starts", "starts-in-part"
SHOWN = (ENDS, ENDS_IN_PART, STARTS, STARTS_IN_PART)


@dataclass(frozen=True)
class ChainsQuery:
    """`at`: the transition where the chain breaks. `far`: also work that reaches the place from further away."""

    place: PlaceFacts
    show: str = ENDS
    at: str = ""
    far: bool = False
    page: int = 1
    faults: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_forward(self) -> bool:
        """Ends are looked at, else starts."""
        return self.show in (ENDS, ENDS_IN_PART)

    @property
    def in_part(self) -> bool:
        return self.show in (ENDS_IN_PART, STARTS_IN_PART)

    def but(self, **changes: object) -> ChainsQuery:
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]  # fields of ours

    def _given(self, *, page: int = 1) -> str:
        pairs = [("show", self.show), ("at", self.at), ("far", "1" if self.far else "")]
        pairs.append(("page", str(page) if page > 1 else ""))
        kept = [(name, value) for name, value in pairs if value]
        return "?" + urlencode(kept) if kept else ""

    @property
    def url(self) -> str:
        return self.page_url(self.page)

    def page_url(self, page: int) -> str:
        return reverse("chains", args=[self.place.slug]) + self._given(page=page)

    @property
    def csv_url(self) -> str:
        return reverse("chains-csv", args=[self.place.slug]) + self._given()


def read_query(given: QueryDict, place: PlaceFacts) -> ChainsQuery:
    """What makes no sense is left out and said in a sentence."""
    chosen = Choosing(given)
    return ChainsQuery(
        place=place,
        show=chosen("show", SHOWN),
        at=chosen("at", tuple(Transition.values)),
        far=given.get("far") == "1",
        page=page_asked(given.get("page", "")),
        faults=tuple(chosen.faults),
    )
