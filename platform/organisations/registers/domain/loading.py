"""Reading a register's file: what is new is added, what changed follows, what is gone is closed and stays."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.models import RegisterEntry, RegisterLoad
from organisations.registers.domain.wording import count_words, keep_words
from organisations.registers.files import read_rows
from organisations.registers.proving import domain_of
from organisations.registers.readers import REGISTERS, Facts, Register, RowFault
from organisations.registers.spelling import words_of
from places.queries import gazetteer
from texts.cleaning import fold
from texts.opening import FileFault

BATCH = 1_000  # rows in one transaction: memory stays flat, and nobody waits long for the database
MOST_REMARKS = 200
LONGEST = datetime.timedelta(hours=1)  # that a load which did not say how it ended is waited for
MOST_CLOSED = 0.2  # of a register: more are hardly gone, the file is rather not whole
COLUMNS = ("name", "folded", "town", "postcode", "place_id", "website", "domain", "size", "closed_on")
_Key = tuple[str, str]


class LoadRefused(Exception):
    """The file is not read at all; the text says why and what would help."""


@dataclass
class Report:
    """What a load did. `withheld`: entries that the file does not name and that were left open all the same."""

    load: RegisterLoad
    said: list[str] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)
    withheld: int = 0
    open_before: int = 0
    faulty: set[_Key] = field(default_factory=set)  # named by rows that could not be read otherwise

    def remark(self, line: int, sentence: str) -> None:
        if len(self.remarks) < MOST_REMARKS:
            self.remarks.append((line, sentence))


def load_register(
    kind: str,
    path: Path,
    *,
    source: str = "",
    as_of: datetime.date | None = None,
    closing: bool = False,
    by: str = "",
    progress: Callable[[int], object] = lambda rows: None,
) -> Report:
    """Read a register's file into its entries, batch by batch; `progress` is told how many rows each batch had.

    What it did is kept with who ran it (`by`), a file that was refused too.

    Entries that the file does not name are marked closed, unless they are more than a fifth of the register and
    `closing` does not say that this is meant. Raises FileFault, LoadRefused.
    """
    register = REGISTERS[kind]
    day = as_of or timezone.localdate()
    names = {"source": (source or path.name)[:80], "file_name": path.name[:200], "by": by[:80]}
    report = Report(RegisterLoad(register=kind, as_of=day, **names))
    try:
        rows = _begun(register, path, report)
    except (FileFault, LoadRefused) as why:
        _keep_refusal(report.load, why)
        raise
    try:
        _read(rows, register, report, closing=closing, progress=progress)
    except BaseException as why:
        # Not left as one that runs, by an interruption neither: the next one need not wait.
        _keep_refusal(report.load, why)
        raise
    return report


def _begun(register: Register, path: Path, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a load that has begun. Raises FileFault, LoadRefused before anything is written."""
    kind = report.load.register
    _refuse_older(kind, report.load.as_of)
    rows = read_rows(path, register, report.said)
    first = next(rows, None)  # a file that cannot be used is refused before anything is written
    if first is None:
        raise LoadRefused(_("The file has a header and no rows, so nothing was changed."))
    report.open_before = RegisterEntry.objects.filter(register=kind, closed_on=None).count()
    _begin(report.load)
    return chain([first], rows)


def _keep_refusal(load: RegisterLoad, why: BaseException) -> None:
    """Keep why it came to nothing or broke off, in its words where it has any."""
    told = str(why) if isinstance(why, FileFault | LoadRefused) else _("It was interrupted (%s).") % type(why).__name__
    load.broken_off_at, load.refusal = timezone.now(), told
    if load.pk is None:
        load.save()
    else:  # without the counts of a batch that was rolled back
        load.save(update_fields=["broken_off_at", "refusal"])


def _begin(load: RegisterLoad) -> None:
    """One load of a register runs at a time; one that ended without a word counts as running for an hour."""
    running = RegisterLoad.objects.filter(register=load.register, finished_at=None, broken_off_at=None)
    running.filter(started_at__lt=timezone.now() - LONGEST).update(broken_off_at=timezone.now())
    try:
        with transaction.atomic():
            load.save()
    except IntegrityError:
        raise LoadRefused(
            _("Another load of this register is running. Wait until it ends; if it was cut off, try again in an hour.")
        ) from None


def _read(
    rows: Iterator[tuple[int, dict[str, str]]],
    register: Register,
    report: Report,
    *,
    closing: bool,
    progress: Callable[[int], object],
) -> None:
    batch = list(islice(rows, BATCH))
    while batch:
        with transaction.atomic():
            _write(batch, register, report)
            report.load.remarks = report.remarks
            report.load.save()
        progress(len(batch))
        batch = list(islice(rows, BATCH))
    with transaction.atomic():
        _close(report, meant=closing)
        count_words()
        report.load.finished_at = timezone.now()
        report.load.save()


def _refuse_older(kind: str, day: datetime.date) -> None:
    latest = RegisterLoad.objects.filter(register=kind).exclude(finished_at=None).order_by("-as_of").first()
    if latest is not None and day < latest.as_of:
        raise LoadRefused(
            _("This register was read as of %(latest)s already. A file of %(day)s is older and would undo that.")
            % {"latest": latest.as_of.isoformat(), "day": day.isoformat()}
        )


def _facts(batch: list[tuple[int, dict[str, str]]], register: Register, report: Report) -> Iterator[tuple[int, Facts]]:
    for line, row in batch:
        report.load.rows += 1
        try:
            yield line, register.read(row)
        except RowFault as fault:
            report.load.refused += 1
            report.remark(line, str(fault))
            if fault.key is not None:
                report.faulty.add(fault.key)


def _write(batch: list[tuple[int, dict[str, str]]], register: Register, report: Report) -> None:
    load = report.load
    read = list(_facts(batch, register, report))
    here = RegisterEntry.objects.filter(register=load.register, number__in={facts.number for _line, facts in read})
    known: dict[_Key, RegisterEntry] = {(entry.scheme, entry.number): entry for entry in here}
    new: list[RegisterEntry] = []
    changed: list[RegisterEntry] = []
    renamed: list[RegisterEntry] = []
    same: list[int] = []
    for line, facts in read:
        key = (facts.scheme, facts.number)
        before = known.get(key)
        if before is not None and before.load_id == load.pk:
            load.doubled += 1
            sentence = _("The number %(number)s stands in an earlier line too (%(name)s). That one counts.")
            report.remark(line, sentence % {"number": facts.number, "name": before.name})
            continue
        entry = _entry(facts, load, before)
        known[key] = entry
        if before is None:
            new.append(entry)
        elif any(getattr(entry, column) != getattr(before, column) for column in COLUMNS):
            entry.pk = before.pk
            changed.append(entry)
            if (entry.name, entry.town, entry.place_id) != (before.name, before.town, before.place_id):
                renamed.append(entry)
        else:
            same.append(before.pk)
    RegisterEntry.objects.bulk_create(new)
    _update(changed)
    RegisterEntry.objects.filter(pk__in=same).update(load=load)
    words = {entry.pk: _words(entry) for entry in (*new, *renamed)}
    keep_words(words, renamed=[entry.pk for entry in renamed])
    load.added += len(new)
    load.updated += len(changed)
    load.unchanged += len(same)


def _entry(facts: Facts, load: RegisterLoad, before: RegisterEntry | None) -> RegisterEntry:
    closed_before = before.closed_on if before else None
    return RegisterEntry(
        register=load.register,
        scheme=facts.scheme,
        number=facts.number,
        name=facts.name,
        folded=fold(facts.name)[:200],
        town=facts.town,
        postcode=facts.postcode,
        place_id=facts.place_code if facts.place_code in gazetteer() else None,
        website=facts.website,
        domain=domain_of(facts.website),
        size=facts.size,
        closed_on=(closed_before or load.as_of) if facts.closed else None,
        load=load,
    )


def _update(changed: list[RegisterEntry]) -> None:
    columns = [column.removesuffix("_id") for column in COLUMNS]
    RegisterEntry.objects.bulk_update(changed, [*columns, "load"], batch_size=200)


def _words(entry: RegisterEntry) -> list[str]:
    place = gazetteer().get(entry.place_id) if entry.place_id and not entry.town else None
    return words_of(f"{entry.name} {entry.town or (place.name if place else '')}")


def _close(report: Report, *, meant: bool) -> None:
    """Close what this load did not name, be it by a faulty row; what a later one named is left to that one."""
    load = report.load
    for scheme, value in report.faulty:
        named = RegisterEntry.objects.filter(register=load.register, scheme=scheme, number=value, closed_on=None)
        named.filter(load_id__lt=load.pk).update(load=load)
    gone = RegisterEntry.objects.filter(register=load.register, closed_on=None, load_id__lt=load.pk)
    number = gone.count()
    if number > report.open_before * MOST_CLOSED and not meant:
        report.withheld = load.withheld = number
        return
    load.closed = gone.update(closed_on=load.as_of)
