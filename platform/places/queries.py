"""Named reads of places. All of them are answered from memory: the few hundred places fit in a `Gazetteer`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from places.domain.naming import name_key
from places.models import FormerCode, Place, PlaceKind, PlaceName

UK_CODE = "K02000001"
_WITHOUT_ARTICLE = ("London", "Yorkshire and The Humber")  # regions


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is known of one place of today; safe to keep and to share between requests."""

    code: str
    kind: str
    name: str
    slug: str
    name_cy: str = ""
    programme: str = ""
    parent_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    member_codes: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name, told apart from its namesakes: "North East (region)", "Blackpool (Opportunity Area)"."""
        if self.kind == PlaceKind.REGION and self.name != "London":
            return _("%(name)s (region)") % {"name": self.name}
        if self.kind == PlaceKind.PRIORITY_AREA:
            return f"{self.name} ({self.programme})"
        return self.name

    @property
    def said(self) -> str:
        """The label within a sentence: "the North East (region)", "the United Kingdom", "London"."""
        return self._with_article(self.label)

    @property
    def said_name(self) -> str:
        """The name within a sentence: "the North East"."""
        return self._with_article(self.name)

    def _with_article(self, name: str) -> str:
        if self.kind == PlaceKind.UK or (self.kind == PlaceKind.REGION and self.name not in _WITHOUT_ARTICLE):
            return _("the %(place)s") % {"place": name}
        return name

    @property
    def where(self) -> str:
        """What leads to it in a "where" box or an address."""
        return self.slug

    @property
    def is_authority(self) -> bool:
        return self.kind == PlaceKind.AUTHORITY


class Gazetteer:
    """Every place, its neighbours up and down, in memory: no method asks the database."""

    def __init__(
        self, facts: Iterable[PlaceFacts], former: Mapping[str, tuple[str, ...]], counties: Mapping[str, str]
    ) -> None:
        self.counties = dict(counties)  # a county council's name → its code, for `by_code`
        self._places = {place.code: place for place in facts}
        self._slugs = {place.slug: place for place in self._places.values()}
        self._former = dict(former)
        self._areas: dict[str, list[str]] = defaultdict(list)
        children: dict[str, list[str]] = defaultdict(list)
        for place in self._places.values():
            for member in place.member_codes:
                self._areas[member].append(place.code)
            if place.is_authority and place.parent_code:
                for code in (place.parent_code, *self.ancestors(place.parent_code)):
                    children[code].append(place.code)
        self._authorities = {code: tuple(sorted(codes)) for code, codes in children.items()}

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, code: object) -> bool:
        return code in self._places

    def __getitem__(self, code: str) -> PlaceFacts:
        """The place of today with just this code; raises KeyError where there is none."""
        return self._places[code]

    @property
    def lsize(self) -> int:
        """How many places there are."""
        return len(self)

    @cached_property
    def places(self) -> tuple[PlaceFacts, ...]:
        """Every place, by name."""
        return tuple(sorted(self._places.values(), key=lambda place: (name_key(place.name), place.code)))

    def resolve_code(self, code: str) -> tuple[str, ...]:
        """Today's codes for a current or ended one ("E10000006" → both successors); empty where it is unknown.

        A county council's code gives its districts, as counties are no places here.
        """
        code = code.strip()
        for spelling in (code, code.upper()):
            if spelling in self._places:
                return (spelling,)
            if spelling in self._former:
                return self._former[spelling]
        return ()

    def by_code(self, code: str) -> list[PlaceFacts]:
        """Today's places for a current or ended code; more than one where an area was divided."""
        return [self._places[today] for today in self.resolve_code(code)]

    def get(self, code: str) -> PlaceFacts | None:
        """The place of today with just this code."""
        return self._places.get(code)

    def by_slug(self, slug: str) -> PlaceFacts | None:
        """The place at this address."""
        return self._slugs.get(slug)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The chain upward, nearest first: authority → region → nation → United Kingdom."""
        chain: list[str] = []
        place = self._places.get(code)
        while place is not None and place.parent_code and place.parent_code not in chain:
            chain.append(place.parent_code)
            place = self._places.get(place.parent_code)
        return tuple(chain)

    def areas_of(self, code: str) -> tuple[str, ...]:
        """The combined authorities and priority areas that an authority belongs to."""
        return tuple(self._areas.get(code, ()))

    def authorities_in(self, code: str) -> tuple[str, ...]:
        """The authorities a place of any kind holds; an authority holds itself."""
        place = self._places.get(code)
        if place is None:
            return ()
        if place.is_authority:
            return (code,)
        return place.member_codes or self._authorities.get(code, ())

    def within(self, code: str) -> tuple[str, ...]:
        """The place, and every place that lies in it: of a nation its regions and all their authorities."""
        return self._within.get(code, (code,))

    @cached_property
    def _within(self) -> Mapping[str, tuple[str, ...]]:
        held: dict[str, list[str]] = defaultdict(list)
        for other in self._places:
            for code in self.closure_up(other):
                held[code].append(other)
        return {code: tuple(others) for code, others in held.items()}

    def closure_up(self, code: str) -> tuple[str, ...]:
        """The place, what lies above it, and the areas it belongs to: where work for it may be filed."""
        return (code, *self.ancestors(code), *self.areas_of(code))

    def of_kind(self, kind: str) -> tuple[PlaceFacts, ...]:
        """All places of one kind, by name."""
        return self._kinds.get(kind, ())

    def of_kind_within(self, kind: str, code: str) -> tuple[PlaceFacts, ...]:
        """Places of one kind within a place, by name: regions and nations that are it or lie in it; of other kinds
        those with a council area inside."""
        every = self.of_kind(kind)
        if kind in (PlaceKind.REGION, PlaceKind.NATION):
            return tuple(place for place in every if code in (place.code, *self.ancestors(place.code)))
        inside = set(self.authorities_in(code))
        return tuple(place for place in every if inside & set(self.authorities_in(place.code)))

    @cached_property
    def _kinds(self) -> dict[str, tuple[PlaceFacts, ...]]:
        kinds: dict[str, list[PlaceFacts]] = defaultdict(list)
        for place in self.places:
            kinds[place.kind].append(place)
        return {kind: tuple(places) for kind, places in kinds.items()}


class _KeptGazetteer:
    """Calls `_build` once a process, and again as long as nothing was loaded."""

    def __init__(self) -> None:
        self._kept: Gazetteer | None = None

    def __call__(self) -> Gazetteer:
        """The places of the database as they stood when first asked in this process: four queries, then none."""
        places = self._kept or _build()
        self._kept = places if len(places) else None
        return places

    def cache_clear(self) -> None:
        """Ask the database again next time; `load_places` sees to it."""
        self._kept = None


gazetteer = _KeptGazetteer()


def _build() -> Gazetteer:
    names: dict[tuple[str, bool], list[str]] = defaultdict(list)
    rows = PlaceName.objects.filter(language="").order_by("pk").values_list("place_id", "is_former", "name")
    for place, is_former, name in rows:
        names[place, is_former].append(name)
    members: dict[str, list[str]] = defaultdict(list)
    pairs = Place.members.through.objects.order_by("to_place_id").values_list("from_place_id", "to_place_id")
    for area, member in pairs:
        members[area].append(member)
    former: dict[str, tuple[str, ...]] = {}
    counties: dict[str, str] = {}
    for old, name, today in FormerCode.objects.order_by("code", "place_id").values_list("code", "name", "place_id"):
        former[old] = (*former.get(old, ()), today)
        if old.startswith("E10"):
            counties[name] = old
    facts = [
        PlaceFacts(
            code=row.code,
            kind=row.kind,
            name=row.name,
            slug=row.slug,
            name_cy=row.name_cy,
            programme=row.programme,
            parent_code=row.parent_id,
            latitude=row.latitude,
            longitude=row.longitude,
            population=row.population,
            member_codes=tuple(members[row.code]),
            other_names=tuple(names[row.code, False]),
            former_names=tuple(names[row.code, True]),
        )
        for row in Place.objects.order_by("code")
    ]
    return Gazetteer(facts, former, counties)
