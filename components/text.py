"""Making text that comes from outside harmless where it is kept, rendered or opened as a sheet."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

_BOM = "\ufeff"  # or spreadsheets take UTF-8 for something else
# Renderers look for these in the text *after* escapes are undone (links without brackets, emoji
# names, arrows), so a backslash doesn't help: only a code span leaves them as they are.
_VERBATIM = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//[^\s`]*|www\.[^\s`]*"
    r"|[^\s`@]{1,64}@[^\s`]{1,253}\.[^\s`]*"
    r"|:(?=[\w+/-]*[A-Za-z_]|[+-]1:|100:|1234:)[\w+/-]+:"
    r"|(?<!\S)(?:<->|->|<-|--|>=|<=|~=)(?!\S)",
    re.IGNORECASE | re.ASCII,
)
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~$&{}]|:(?=[A-Za-z:])|(?<= )#")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# JSON can carry half a surrogate pair, UTF-8 can't; PostgreSQL refuses NUL, XML and terminals the
# other controls.
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_AT_LINE_START = re.compile(r"[#+\-=:]|\d{1,9}(?=[.)](?: |$))")


def mended(text: str) -> str:
    """`text` with its pairs joined, and U+FFFD for what no file and no database could hold."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _UNFIT.sub("\ufffd", text)


def one_line(text: str) -> str:
    """`text` as one visible line: controls and direction overrides gone, spaces single."""
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl"})


def escape_markdown(text: str) -> str:
    """One line of Markdown that renders as exactly `text`: no links, images, HTML or layout.

    For the CommonMark and GFM dialect with Streamlit's additions (`:red[...]`, `:emoji:`, `$`).
    Line breaks become spaces. Addresses and the like come out as code spans.
    """
    clean = one_line(text)
    parts, at = [], 0
    for start, end in _verbatim(clean):
        parts += [_escape(clean[at:start], first=at == 0), f"`{clean[start:end]}`"]
        at = end
    parts.append(_escape(clean[at:], first=at == 0))
    return "".join(parts)


def spreadsheet_text(text: str) -> str:
    """`text` for a cell of CSV: what a spreadsheet would take for a formula gets an apostrophe.

    Apostrophes before such a text get another, so that from_spreadsheet_text finds it again.
    """
    return f"'{text}" if _looks_like_a_formula(text.lstrip("'")) else text


def from_spreadsheet_text(cell: str) -> str:
    """The text that spreadsheet_text wrote."""
    guarded = cell.startswith("'") and _looks_like_a_formula(cell.lstrip("'"))
    return cell[1:] if guarded else cell


def csv_cell(value: object) -> str:
    """A value as CSV has it, safe in a spreadsheet: None is empty, never 0; times to the second."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return spreadsheet_text(value) if isinstance(value, str) else str(value)


def csv_line(cells: Iterable[str]) -> str:
    """One line of CSV with its end."""
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def csv_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """CSV in UTF-8 with a heading, in pieces. Unknown is an empty cell, never 0. Text that a
    spreadsheet would take for a formula gets an apostrophe before it."""
    yield (_BOM + csv_line(columns)).encode()
    for row in rows:
        line = csv_line(csv_cell(row.get(name)) for name in columns)
        yield line.encode("utf-8", "replace")


def _looks_like_a_formula(text: str) -> bool:
    # Some programs drop spaces at the start before they look.
    return text.startswith(_STARTS_A_FORMULA) or text.lstrip().startswith(_STARTS_A_FORMULA)


def _verbatim(text: str) -> list[tuple[int, int]]:
    """Where code spans go; neighbours are one, since "``" would be another delimiter."""
    spans: list[tuple[int, int]] = []
    for match in _VERBATIM.finditer(text):
        start = spans.pop()[0] if spans and spans[-1][1] == match.start() else match.start()
        spans.append((start, match.end()))
    return spans


def _escape(text: str, *, first: bool) -> str:
    escaped = _ANYWHERE.sub(lambda found: f"\\{found[0]}", text)
    start = _AT_LINE_START.match(escaped) if first else None
    if start is None:
        return escaped
    if start[0][0].isdigit():
        return f"{start[0]}\\{escaped[start.end() :]}"
    return f"\\{escaped}"


def short_name(name: str) -> str:
    """A file's name, its middle left out where it is long."""
    return name if len(name) <= 26 else f"{name[:14]}…{name[-10:]}"
