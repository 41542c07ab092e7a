"""Calendars as RFC 5545 writes them: whole days, text escaped, lines folded at 75 octets."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Day:
    """Something that is on a day. `uid` stays the same however often the calendar is asked for."""

    uid: str
    on: datetime.date
    title: str
    text: str = ""
    url: str = ""


def calendar(name: str, days: Iterable[Day], *, at: datetime.datetime) -> str:
    """`at`: when it was made, in UTC."""
    return "".join(_folded(line) for line in _lines(name, days, at))


def _lines(name: str, days: Iterable[Day], at: datetime.datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stepping Stones//Partnerships//EN", "CALSCALE:GREGORIAN")
    yield from ("METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H")
    for day in days:
        yield from ("BEGIN:VEVENT", f"UID:{_escaped(day.uid)}", f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}")
        yield f"DTSTART;VALUE=DATE:{_basic(day.on)}"
        if day.on < datetime.date.max:
            yield f"DTEND;VALUE=DATE:{_basic(day.on + datetime.timedelta(days=1))}"
        yield f"SUMMARY:{_escaped(day.title)}"
        if day.text:
            yield f"DESCRIPTION:{_escaped(day.text)}"
        if day.url:
            yield f"URL:{day.url}"
        yield from ("TRANSP:TRANSPARENT", "END:VEVENT")
    yield "END:VCALENDAR"


def _basic(day: datetime.date) -> str:
    """Four digits of the year whatever it is, which strftime does not promise."""
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _escaped(text: str) -> str:
    """TEXT of section 3.3.11."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    return plain.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 octets a line, and no character cut in two (section 3.1)."""
    parts: list[bytes] = [b""]
    for char in line:
        octets = char.encode("utf-8", "replace")
        room = 75 if len(parts) == 1 else 74  # a continuation begins with a space
        if len(parts[-1]) + len(octets) > room:
            parts.append(b"")
        parts[-1] += octets
    return b"\r\n ".join(parts).decode() + "\r\n"
