"""What was used, for a spreadsheet: a row per person, day, model and endpoint."""

from collections.abc import Sequence
from dataclasses import fields

from components.spending.store import UsageRow
from components.text import csv_table

COLUMNS = tuple(field.name for field in fields(UsageRow))


def usage_csv(rows: Sequence[UsageRow]) -> bytes:
    """CSV in UTF-8 with a heading. Texts that a spreadsheet would take for a formula get an
    apostrophe; cost is in USD, of the requests whose cost is known."""
    return b"".join(csv_table(COLUMNS, map(vars, rows)))
