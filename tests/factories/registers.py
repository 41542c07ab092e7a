"""Registers as files, read as the command reads them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from organisations.models import RegisterEntry, RegisterKind, RegisterLoad
from organisations.registers.domain.loading import Report, load_register

SCHOOLS = (
    "urn,name,town,postcode",
    "190001,Ayresome Hill Primary School,Middlesbrough,TS1 4QL",
    "190002,St Mary's Catholic Primary School,Blackburn,BB2 3HP",
    "190003,Saint Mary’s Infants,Preston,",
    "190004,Brecknock Primary School,London,NW1 9AL",
    "190005,Bar Hill Academy,Cambridge,CB23 8DY",
    "190006,Church Hill School,Barnet,EN4 8XD",
)
UNIVERSITIES = (
    "ukprn,name,town,postcode,website",
    "10009901,University of Tyneford,Middlesbrough,TS1 3BA,http://www.tyneford.ac.uk/",
)
CHARITIES = (
    "org_id,name,town,postcode,web",
    "GB-CHC-1099901,Tyneford Trust,Middlesbrough,TS1 3BA,http://www.tyneford.org.uk/",
)


def read(path: Path, lines: tuple[str, ...] = SCHOOLS, kind: str = "schools", **options: Any) -> Report:
    """Write the lines to a file and load it."""
    path.mkdir(exist_ok=True)
    file = path / f"{kind}.csv"
    file.write_text("\n".join(lines) + "\n", encoding=options.pop("encoding", "utf-8"))
    options.setdefault("as_of", datetime.date(2026, 11, 1))
    return load_register(kind, file, **options)


def entry_of(path: Path, number: str = "190001", **options: Any) -> RegisterEntry:
    """One entry of a register that was just read."""
    read(path, **options)
    return RegisterEntry.objects.get(number=number)


def schools_in(code: str, number: int) -> None:
    """So many entries of the register of schools in a council area: 100000 and on."""
    load = RegisterLoad.objects.create(
        register=RegisterKind.SCHOOLS, source="Test", file_name="x.csv", as_of=timezone.localdate()
    )
    for at in range(number):
        RegisterEntry.objects.create(
            register="schools",
            scheme="GB-EDU",
            number=str(100000 + at),
            name="A school",
            folded="a school",
            place_id=code,
            load=load,
        )
