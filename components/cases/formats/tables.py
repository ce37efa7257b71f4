"""CSV and TSV of strangers, and our own, in which no cell is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from components.cases.errors import CaseError
from components.cases.limits import MAX_CASES, MAX_TEXT_BYTES
from components.pricing.whatif.errors import CostError
from components.pricing.whatif.files.decoded import decoded
from components.text import from_spreadsheet_text, mended, spreadsheet_text

_NEGATIVE = re.compile(r"-[0-9][0-9.,]*%?")
_COLUMNS = 1_000

# The module's own limit of 131,072 breaks on one photo. It holds for the process; whoever else
# reads CSV has the size of the whole file limited.
csv.field_size_limit(MAX_TEXT_BYTES)


@dataclass(frozen=True)
class Table:
    """columns: their titles in order. rows: cells by title; missing ones are empty."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


def table_of(data: bytes, name: str, separator: str) -> Table:
    """Raises CaseError cases_not_text, cases_damaged, cases_too_many, cases_invalid (two columns
    of one title)."""
    try:
        text = decoded(data, name)
    except CostError:
        raise CaseError("cases_not_text", name=name) from None
    rows: list[dict[str, str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        columns = [from_spreadsheet_text(title) for title in next(reader, [])]
        if len(set(columns)) != len(columns) or len(columns) > _COLUMNS:
            raise CaseError("cases_invalid", place=f"{name}:1")
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) > len(columns) or len(rows) >= MAX_CASES:
                code = "cases_too_many" if len(rows) >= MAX_CASES else "cases_invalid"
                raise CaseError(code, limit=MAX_CASES, place=f"{name}:{reader.line_num}")
            filled = [*cells, *[""] * (len(columns) - len(cells))]
            rows.append(dict(zip(columns, map(from_spreadsheet_text, filled), strict=True)))
    except csv.Error:
        raise CaseError("cases_damaged", place=f"{name}:{reader.line_num}") from None
    return Table(tuple(columns), tuple(rows))


def table_bytes(
    columns: Sequence[str], rows: Iterable[dict[str, str]], separator: str
) -> tuple[bytes, int]:
    """The file, and how many cells got an apostrophe, because a spreadsheet would have taken them
    for a formula. Negative numbers are none."""
    guarded = 0

    def cell(text: str) -> str:
        nonlocal guarded
        plain = mended(text)
        if _NEGATIVE.fullmatch(plain):
            return plain
        safe = spreadsheet_text(plain)
        guarded += safe != plain
        return safe

    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow([cell(title) for title in columns])
    writer.writerows([cell(row.get(title, "")) for title in columns] for row in rows)
    return out.getvalue().encode(), guarded
