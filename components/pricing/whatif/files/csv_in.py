"""Sizes out of a CSV file, whatever program wrote it."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from components import worker
from components.pricing.whatif.errors import CostError
from components.pricing.whatif.files.decoded import decoded
from components.pricing.whatif.files.layout import Layout, layout, levels
from components.pricing.whatif.files.numbers import checked_row, plain, shown, whole
from components.pricing.whatif.sizes import SizesRead, parse_size
from components.pricing.whatif.types import (
    MAX_CSV_MEGABYTES,
    MAX_NAME,
    MAX_ROWS,
    PROBLEMS_KEPT,
    Row,
)
from components.text import from_spreadsheet_text, one_line

_SEPARATORS = "\t;|,，"
_LOOK = 20  # rows that tell the separator and the columns
_SAID = re.compile(r"sep=(.)[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)  # as Excel writes it
_MAX_BYTES = 2**50  # of one image; more is a slip
_PART = 2000  # rows that are handed over at a time
_MAX_LINES = 20  # of one row; a quote that nobody closed would swallow the rows after it
_Record = list[str]


def read_sizes(content: bytes, name: str = "CSV") -> SizesRead:
    """The sizes in a CSV: separated by comma, semicolon, tab or bar, with a header (English or
    Chinese; see columns.toml) or without, with width and height or one column of sizes.

    name: of the file, for errors. Row numbers count as a spreadsheet shows them: from 1, the
    header and empty rows included. Raises CostError csv_* when the file as a whole can't be read.
    """
    if len(content) > MAX_CSV_MEGABYTES * 1_000_000:
        raise CostError("csv_too_large", name=name, limit=MAX_CSV_MEGABYTES)
    text = decoded(content, name)
    if not text.strip():
        raise CostError("csv_empty", name=name)
    said = _SAID.match(text)
    text, lines_before = (text[said.end() :], 1) if said else (text, 0)
    separator = said[1] if said else _separator(text)
    columns = layout(list(islice(_records(text, separator, name), _LOOK)), name)
    read = _read(_records(text, separator, name), columns, name, lines_before)
    if not read.rows and not read.bad:
        raise CostError("csv_empty", name=name)
    return read


def read_large(content: bytes, name: str = "CSV") -> SizesRead:
    """As `read_sizes`; a large file is read in a process of its own. Raises WorkerError too."""
    with worker.results(pieces, content, name) as found:
        head, *parts = found
    assert isinstance(head, SizesRead)
    rows = (row for part in parts if isinstance(part, tuple) for row in part)
    return replace(head, rows=tuple(rows))


def pieces(content: bytes, name: str) -> Iterator[SizesRead | tuple[Row, ...]]:
    """What was read, without its rows; then those, so many at a time."""
    read = read_sizes(content, name)
    yield replace(read, rows=())
    for start in range(0, len(read.rows), _PART):
        yield read.rows[start : start + _PART]


def _read(records: Iterator[_Record], columns: Layout, name: str, lines_before: int) -> SizesRead:
    rows: list[Row] = []
    problems: list[CostError] = []
    bad, header = 0, columns.header
    reader = _Reader(columns)
    for number, record in enumerate(records, 1 + lines_before):
        if not any(record):
            continue
        if header:
            header = False
            continue
        if len(rows) + bad >= MAX_ROWS:
            raise CostError("csv_too_many_rows", name=name, limit=MAX_ROWS)
        try:
            rows.append(reader.row(record, number))
        except CostError as error:
            bad += 1
            if bad <= PROBLEMS_KEPT:
                problems.append(error)
    return SizesRead(tuple(rows), tuple(problems), bad, columns.ignored)


_KINDS = ("width", "height", "size", "count", "detail", "bytes", "name")


class _Reader:
    """Reads records of one layout, each distinct size once: files repeat a few sizes."""

    def __init__(self, columns: Layout) -> None:
        self._at = columns.at
        self._places = [columns.at.get(kind, -1) for kind in _KINDS]
        self._levels = levels()
        self._sizes: dict[tuple[str, ...], Row] = {}

    def row(self, record: _Record, number: int) -> Row:
        cells = [record[i] if -1 < i < len(record) else "" for i in self._places]
        name, size = cells.pop(), cells.pop()
        key = tuple(cells)
        known = self._sizes.get(key)
        if known is None:
            known = self._sizes[key] = self._size(key, number)
        if not name and not size:
            return known
        return Row(known.width, known.height, known.count, known.detail, _name(name), _bytes(size))

    def _size(self, cells: Sequence[str], number: int) -> Row:
        width, height, size, count, detail = (cell.strip() for cell in cells)
        level = self._levels.get(plain(detail).lower()) if detail else None
        if detail and level is None:
            raise CostError(
                "cost_detail", written=shown(detail), known=", ".join(self._levels), row=number
            )
        if "size" in self._at:
            if not size:
                raise CostError("size_missing", row=number)
            found = parse_size(size, row=number)
            if not count and level is None:
                return found
            width, height = str(found.width), str(found.height)
            count, level = count or str(found.count), level or found.detail
        elif not width or not height:
            raise CostError("size_missing", row=number)
        written = f"{width} × {height}" + (f" ({count})" if count else "")
        return checked_row((width, height), count or "1", written, number, level)


def _name(cell: str) -> str:
    text = from_spreadsheet_text(cell.strip()) if cell.startswith("'") else cell.strip()
    return (text if text.isprintable() else one_line(text))[:MAX_NAME]


def _bytes(cell: str) -> int:
    # Only sharpens an estimate, so what isn't a number of bytes is taken for not known.
    number = whole(cell) if cell else None
    return number if number is not None and 0 < number <= _MAX_BYTES else 0


def _records(text: str, separator: str, name: str) -> Iterator[_Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        before = 0
        for record in reader:
            if reader.line_num - before > _MAX_LINES:
                raise CostError("csv_unreadable", name=name, row=before + 1)
            before = reader.line_num
            yield record
    except csv.Error as error:
        raise CostError("csv_unreadable", name=name, row=reader.line_num) from error


def _separator(text: str) -> str:
    """The separator that splits most of the first rows into equally many cells."""
    lines = [line for line in islice(io.StringIO(text, newline=None), _LOOK) if line.strip()]
    best, most = ",", 0
    for separator in _SEPARATORS:
        try:
            widths = [len(record) for record in csv.reader(lines, delimiter=separator)]
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count, default=1)
        score = widths.count(usual) if usual > 1 else 0
        if score > most:
            best, most = separator, score
    return best
