"""Tables as Markdown, to be pasted somewhere else."""

import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from components.text import escape_markdown

_OPEN_BAR = re.compile(r"(?<!\\)\|")


def to_markdown(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, right: Collection[int] = ()
) -> str:
    """A table of GitHub's dialect; every cell reads as it was. None is an empty cell.

    right: indexes of the columns that stand to the right, as numbers do.
    """
    rule = ["---:" if index in right else "---" for index in range(len(header))]
    lines = [[_cell(title) for title in header], rule]
    lines += [[_cell(value) for value in row] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    # A bar ends the cell even in a code span, unless it is escaped.
    return _OPEN_BAR.sub(r"\\|", escape_markdown(text))
