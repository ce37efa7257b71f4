"""Tables as CSV that a spreadsheet opens rightly and safely."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from components.pricing.whatif.types import Figures, RowFigures
from components.text import spreadsheet_text

_BOM = "\ufeff"  # or spreadsheets take UTF-8 for something else
COLUMNS = (
    "name",
    "width",
    "height",
    "count",
    "detail",
    "bytes",
    "counted_detail",
    "tokens_each",
    "tokens_total",
    "tolerance",
    "status",
    "evidence",
    "rule",
    "resized_width",
    "resized_height",
    "grid_columns",
    "grid_rows",
)


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as UTF-8 with a mark. None is an empty cell, never 0; Decimal is written out.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_cell(title) for title in header])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return (_BOM + out.getvalue()).encode("utf-8", "replace")


def rows_csv(figures: Figures) -> bytes:
    """The rows with their figures, in COLUMNS; read_sizes reads the same rows out of it."""
    return to_csv(COLUMNS, map(_row, figures.rows))


def _row(found: RowFigures) -> tuple[object, ...]:
    row, (columns, rows) = found.row, found.grid or (None, None)
    return (
        row.name,
        row.width,
        row.height,
        row.count,
        row.detail,
        row.bytes or None,
        found.detail,
        found.each,
        found.total,
        found.tolerance,
        found.status,
        found.evidence,
        found.rule,
        *found.resized,
        columns,
        rows,
    )


def _cell(value: object) -> object:
    if isinstance(value, str):
        return spreadsheet_text(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return value
