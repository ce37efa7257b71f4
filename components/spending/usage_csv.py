"""What was used, for a spreadsheet: a row per person, day, model and endpoint."""

from collections.abc import Sequence
from dataclasses import fields

from components.spending.store import UsageRow
from components.text import csv_cell, csv_line

_BOM = "\ufeff"  # or spreadsheets take UTF-8 for something else
COLUMNS = tuple(field.name for field in fields(UsageRow))


def usage_csv(rows: Sequence[UsageRow]) -> bytes:
    """CSV in UTF-8 with a heading. Texts that a spreadsheet would take for a formula get an
    apostrophe; cost is in USD, of the requests whose cost is known."""
    lines = [csv_line(COLUMNS)]
    lines += [csv_line(csv_cell(getattr(row, name)) for name in COLUMNS) for row in rows]
    return (_BOM + "".join(lines)).encode("utf-8", "replace")
