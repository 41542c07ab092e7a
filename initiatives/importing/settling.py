"""What becomes of each row of a batch, and writing it down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.domain.listing import changing_lists
from initiatives.importing.matching import Match, Matcher
from initiatives.importing.options import OnDuplicate
from initiatives.importing.organising import Organisations
from initiatives.importing.parsing import parse_row
from initiatives.importing.rows import Fault, ParsedRow, SourceRow
from initiatives.importing.writing import Entry, Writer
from initiatives.models import ImportedRow, ImportRun, Initiative
from places.queries import gazetteer
from texts.vocabulary import Reach

Outcome = ImportedRow.Outcome
PAIRS = (("age_min", "age_max"), ("starts_on", "ends_on"))
_AGAINST = gettext_lazy(
    "With what is recorded here it would go from %(low)s to %(high)s. Give both ends in the file, the lower one first."
)


@dataclass
class Settled:
    """A batch's outcome: counts by the run's columns, what is to be said of which row, and what goes in."""

    counts: Counter[str] = field(default_factory=Counter)
    remarks: list[ImportedRow] = field(default_factory=list)
    new: list[Entry] = field(default_factory=list)
    changed: dict[int, Entry] = field(default_factory=dict)


class Settler:
    """Settles the batches of one run. Without `write` nothing but the remarks leaves it."""

    def __init__(self, run: ImportRun, source: str, on_duplicate: str, *, write: bool) -> None:
        self.run = run
        self.on_duplicate = on_duplicate
        self.write = write
        self.organisations = Organisations(source)
        self.matcher = Matcher(source)
        self.writer = Writer(source, run.started_by_id)

    def settle(self, rows: Sequence[SourceRow]) -> Settled:
        """Decide and, where this run writes, write one batch; call it in a transaction."""
        settled = Settled()
        parsed = [parse_row(row) for row in rows]
        good = [row for row in parsed if not row.faults]
        named = {row.lead for row in good if row.lead} | {who for row in good for _role, who in row.partners}
        known = self.organisations.find(sorted(named, key=lambda one: (one.name, one.postcode)))
        self.matcher.load((row, known[row.lead]) for row in good if row.lead)
        for row in parsed:
            if row.faults or row.lead is None:
                settled.counts["failed"] += 1
                settled.remarks += [self._remark(row, Outcome.FAILED, fault) for fault in row.faults]
                continue
            partners = tuple((role, who, known[who]) for role, who in row.partners)
            self._decide(settled, Entry(row, row.lead, known[row.lead], partners))
        if settled.changed:
            self._keep_from_contradicting(settled)
        if self.write:
            self._write(settled)
            self.matcher.forget()
        return settled

    def _decide(self, settled: Settled, entry: Entry) -> None:
        match = self.matcher.match(entry.row, entry.lead)
        is_new = match is None or (self.on_duplicate == OnDuplicate.CREATE and not match.by_number)
        if is_new:
            settled.new.append(entry)
            settled.counts["created"] += 1
            self.matcher.remember(entry.row, entry.lead)
        elif match and self.on_duplicate == OnDuplicate.UPDATE and match.pk and match.may_be_updated:
            settled.changed[match.pk] = entry
            settled.counts["updated"] += 1
        else:
            settled.counts["skipped"] += 1
        if match:
            settled.remarks.append(self._matched(entry, match, is_new=is_new))
        if is_new:
            self._note(settled, entry.row)

    def _keep_from_contradicting(self, settled: Settled) -> None:
        """A row may give one end only, of ages or of dates, that goes against the other as it stands here."""
        stored = Initiative.objects.filter(pk__in=settled.changed).values(
            "pk", *(end for pair in PAIRS for end in pair)
        )
        for here in stored:
            row = settled.changed[here["pk"]].row
            ends = {name: row.answers[name] if name in row.given else here[name] for pair in PAIRS for name in pair}
            faults = [
                Fault(high if high in row.given else low, _AGAINST % {"low": ends[low], "high": ends[high]})
                for low, high in PAIRS
                if ends[low] is not None and ends[high] is not None and ends[high] < ends[low]
            ]
            if not faults:
                continue
            del settled.changed[here["pk"]]
            settled.counts["updated"] -= 1
            settled.counts["failed"] += 1
            settled.remarks = [one for one in settled.remarks if one.initiative_id != here["pk"]]
            settled.remarks += [self._remark(row, Outcome.FAILED, fault, here["pk"]) for fault in faults]

    def _matched(self, entry: Entry, match: Match, *, is_new: bool) -> ImportedRow:
        reason = match.reason
        if is_new:
            reason = _("%(reason)s It was added all the same.") % {"reason": reason}
        elif self.on_duplicate == OnDuplicate.UPDATE and match.pk and not match.may_be_updated:
            reason = _("%(reason)s Its organisation looks after it here, so it was left alone.") % {"reason": reason}
        elif self.on_duplicate == OnDuplicate.UPDATE and match.pk:
            reason = _("%(reason)s It was brought up to date.") % {"reason": reason}
        return self._remark(entry.row, Outcome.DUPLICATE, Fault("", reason), match.pk)

    def _note(self, settled: Settled, row: ParsedRow) -> None:
        if row.place_note:
            settled.counts["without_place"] += 1
            settled.remarks.append(self._remark(row, Outcome.NO_PLACE, Fault("places", row.place_note)))
        if row.notes:
            settled.counts["noted"] += 1
            settled.remarks += [self._remark(row, Outcome.NOTE, note) for note in row.notes]

    def _remark(self, row: ParsedRow, outcome: str, fault: Fault, pk: int | None = None) -> ImportedRow:
        return ImportedRow(
            run=self.run,
            line=row.line,
            outcome=outcome,
            field=fault.field,
            reason=fault.reason[:400],
            title=row.title,
            initiative_id=pk,
        )

    def _write(self, settled: Settled) -> None:
        entries = [*settled.new, *settled.changed.values()]
        self.organisations.create((entry.named_lead, entry.lead) for entry in settled.new)
        self.organisations.create((who, known) for entry in entries for _role, who, known in entry.partners)
        with changing_lists() as lists:
            self.writer.create(settled.new, lists)
            self.writer.update(settled.changed, lists)


def first_rows(settled: Settled, most: int) -> list[dict[str, str]]:
    """A few rows as they would go in, to be looked at before the import."""
    return [
        {
            "title": entry.row.title,
            "organisation": entry.lead.name,
            "places": _where(entry.row),
            "summary": entry.row.answers["summary"],
        }
        for entry in settled.new[:most]
    ]


def _where(row: ParsedRow) -> str:
    names = [place.name for code in row.places if (place := gazetteer().get(code)) is not None]
    reach = row.answers["reach"]
    return ", ".join(names) or (str(Reach(reach).label) if reach else "")
