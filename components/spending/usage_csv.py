"""What was used, for a spreadsheet: a row per person, day, model and endpoint."""

import csv
import io
from collections.abc import Sequence
from dataclasses import fields

from components.spending.log import UsageRow
from components.text import spreadsheet_text

_BOM = "\ufeff"  # or spreadsheets take UTF-8 for something else
COLUMNS = tuple(field.name for field in fields(UsageRow))


def usage_csv(rows: Sequence[UsageRow]) -> bytes:
    """CSV in UTF-8 with a heading. Texts that a spreadsheet would take for a formula get an
    apostrophe; cost is in USD, of the requests whose cost is known."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(_cell(getattr(row, name)) for name in COLUMNS)
    return (_BOM + out.getvalue()).encode("utf-8", "replace")


def _cell(value: object) -> str:
    if isinstance(value, str):
        return spreadsheet_text(value)
    return f"{value:f}" if hasattr(value, "as_tuple") else str(value)
