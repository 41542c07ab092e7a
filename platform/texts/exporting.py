"""CSV that is safe to open in a spreadsheet: no cell of ours ever runs as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def safe_cell(value: object) -> str:
    """The value as text; an apostrophe before one that a spreadsheet would take for a formula.

    OWASP's advice on CSV injection: https://owasp.org/www-community/attacks/CSV_Injection. Numbers stay numbers.
    """
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, (int, float)) or not text.lstrip(" ").startswith(_STARTS_A_FORMULA):
        return text
    return f"'{text}"


def csv_lines(header: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines of a CSV file, one at a time, with a byte order mark so that spreadsheets read it as UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow([safe_cell(value) for value in header])
    for row in rows:
        yield writer.writerow([safe_cell(value) for value in row])
