"""Finding the organisations that rows name among those that are here, and making the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.text import slugify

from initiatives.importing.rows import NamedOrganisation
from notifications.announcing import announce_within
from organisations.domain.registering import RESERVED_SLUGS
from organisations.events import OrganisationsChanged
from organisations.models import Identifier, Organisation
from texts.cleaning import fold
from texts.slugs import another, slug_of

_REMEMBERED = 20_000
_Key = tuple[str, ...]


@dataclass(slots=True)
class Known:
    """An organisation that a row can point at; `pk` is None until it is written."""

    name: str
    folded: str
    postcode: str
    place_code: str
    kind: str
    pk: int | None = None
    numbers: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What tells it apart during one run, written or not."""
        return f"{self.folded}|{self.postcode}|{self.place_code}" if self.pk is None else f"#{self.pk}"

    def is_meant_by(self, named: NamedOrganisation, folded: str) -> bool:
        """The same folded name in the same place, and no register that knows them apart."""
        if self.folded != folded:
            return False
        if any(self.numbers.get(scheme, value) != value for scheme, value in named.identifiers):
            return False
        if not (self.postcode or self.place_code) or not (named.postcode or named.place_code):
            return True
        return self.is_at(named)

    def is_exactly_at(self, named: NamedOrganisation) -> bool:
        return (self.postcode, self.place_code) == (named.postcode, named.place_code)

    def is_at(self, named: NamedOrganisation) -> bool:
        return self.postcode == named.postcode != "" or self.place_code == named.place_code != ""


class Organisations:
    """The organisations of one run: found by a register's number, else by name and place."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._by_number: dict[tuple[str, str], Known] = {}
        self._by_name: dict[str, list[Known]] = {}

    def find(self, wanted: Iterable[NamedOrganisation]) -> dict[NamedOrganisation, Known]:
        """Each named organisation → who it is; those that are nowhere yet come without a key. At most four queries."""
        names = {named: fold(named.name) for named in wanted}
        if len(self._by_number) + len(self._by_name) > _REMEMBERED:
            self._by_number.clear()
            self._by_name.clear()
        self._load([named for named in names if self._lookup(named, names[named]) is None])
        return {named: self._lookup(named, folded) or self._new(named, folded) for named, folded in names.items()}

    def create(self, wanted: Iterable[tuple[NamedOrganisation, Known]]) -> None:
        """Write those that are not here yet, public and marked with their source."""
        pairs = {id(known): (named, known) for named, known in wanted if known.pk is None}
        if not pairs:
            return
        slugs = free_slugs([known.name for _named, known in pairs.values()], Organisation, reserved=RESERVED_SLUGS)
        made = Organisation.objects.bulk_create(
            Organisation(
                name=known.name,
                slug=slug,
                kind=known.kind,
                website=named.website,
                postcode=known.postcode,
                place_id=known.place_code or None,
                latitude=named.latitude,
                longitude=named.longitude,
                is_public=True,
                source=self.source,
            )
            for (named, known), slug in zip(pairs.values(), slugs, strict=True)
        )
        numbers = []
        for (_named, known), organisation in zip(pairs.values(), made, strict=True):
            known.pk = organisation.pk
            numbers += [
                Identifier(organisation=organisation, scheme=scheme, value=value)
                for scheme, value in known.numbers.items()
            ]
        Identifier.objects.bulk_create(numbers)
        announce_within(OrganisationsChanged(tuple(organisation.pk for organisation in made)))

    def forget(self) -> None:
        """After a batch that was rolled back."""
        self._by_number.clear()
        self._by_name.clear()

    def _lookup(self, named: NamedOrganisation, folded: str) -> Known | None:
        for number in named.identifiers:
            if number in self._by_number:
                return self._by_number[number]
        meant = [known for known in self._by_name.get(folded, ()) if known.is_meant_by(named, folded)]
        for same in (Known.is_exactly_at, Known.is_at):
            for known in meant:
                if same(known, named):
                    return known
        return meant[0] if len(meant) == 1 else None

    def _new(self, named: NamedOrganisation, folded: str) -> Known:
        taken = dict(reversed(named.identifiers))  # of two numbers of one register the first counts
        return self._remember(Known(named.name, folded, named.postcode, named.place_code, named.kind, numbers=taken))

    def _remember(self, known: Known) -> Known:
        for number in known.numbers.items():
            self._by_number[number] = known
        self._by_name.setdefault(known.folded, []).append(known)
        return known

    def _load(self, wanted: list[NamedOrganisation]) -> None:
        numbers = {number for named in wanted for number in named.identifiers}
        pks = {
            pk
            for pk, scheme, value in Identifier.objects.filter(value__in={value for _scheme, value in numbers})
            .values_list("organisation_id", "scheme", "value")
            if (scheme, value) in numbers
        } if numbers else set()  # fmt: skip
        names = {named.name for named in wanted}
        folded = {fold(name) for name in names}
        # An address is a name folded, and indexed: it finds the other spellings without reading every organisation.
        slugs = {slugify(name)[:150] for name in names} | {name.replace(" ", "-")[:150] for name in folded}
        here = {known.pk for group in self._by_name.values() for known in group if known.pk}
        found = {
            known.pk: known
            for known in _read(Q(pk__in=pks) | Q(name__in=names) | Q(slug__in=slugs))
            if known.pk not in here and (known.pk in pks or known.folded in folded)
        } if wanted else {}  # fmt: skip
        for pk, scheme, value in Identifier.objects.filter(organisation__in=found).values_list(
            "organisation_id", "scheme", "value"
        ):
            found[pk].numbers[scheme] = value
        for known in found.values():
            self._remember(known)


def _read(condition: Q) -> Iterator[Known]:
    rows = Organisation.objects.filter(condition).order_by("pk")
    for pk, name, postcode, place, kind in rows.values_list("pk", "name", "postcode", "place_id", "kind"):
        yield Known(name, fold(name), postcode, place or "", kind, pk)


def free_slugs(texts: Iterable[str], model: type[Any], *, reserved: Collection[str] = ()) -> list[str]:
    """An address for each text, none taken, none twice. One query for them all."""
    bases = [slug_of(text, otherwise="record") for text in texts]
    taken = {*reserved, *model.objects.filter(slug__in=set(bases)).values_list("slug", flat=True)}
    slugs = []
    for base in bases:
        slug = base
        while slug in taken:
            slug = another(base)
        taken.add(slug)
        slugs.append(slug)
    return slugs
