"""Which column of a CSV holds what."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from components.pricing.whatif.errors import CostError
from components.pricing.whatif.files.numbers import DETAILS, plain, shown
from components.pricing.whatif.sizes import parse_size

_FILE = Path(__file__).with_name("columns.toml")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]*)?")
_NAMED = 20  # columns that are named as ignored


@dataclass(frozen=True)
class Layout:
    """Where things stand. at: kind of column -> index; has "size", or "width" and "height".

    header: the first row holds names. ignored: names, or numbers from 1, of unused columns.
    """

    at: Mapping[str, int]
    header: bool
    ignored: tuple[str, ...]


def layout(records: Sequence[Sequence[str]], name: str) -> Layout:
    """The layout of a table by its first rows. Raises CostError csv_columns."""
    first = next((record for record in records if any(record)), ())
    if not any(_numeric(cell) or _is_size(cell) for cell in first):
        found = _by_names(first)
        titles = [shown(cell) or str(i) for i, cell in enumerate(first, 1)]
    else:
        guesses = (_by_looks(record) for record in records)
        found = next((guess for guess in guesses if _enough(guess)), {})
        titles = [str(i) for i in range(1, len(first) + 1)]
        return _layout(found, titles, name, header=False)
    return _layout(found, titles, name, header=True)


def levels() -> Mapping[str, str]:
    """What a cell may say of the detail, in lower case -> the level."""
    return {**_columns()["levels"], **{level: level for level in DETAILS}}


def _layout(found: dict[str, int], titles: Sequence[str], name: str, *, header: bool) -> Layout:
    if not _enough(found):
        raise CostError("csv_columns", name=name, columns=", ".join(titles[:_NAMED]))
    if "width" in found and "height" in found:
        found.pop("size", None)
    used = set(found.values())
    unused = [title for i, title in enumerate(titles) if i not in used]
    return Layout(found, header, tuple(unused[:_NAMED]))


def _enough(found: Mapping[str, int]) -> bool:
    return "size" in found or ("width" in found and "height" in found)


def _by_names(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        title = plain(cell).lower()
        bare = plain(_BRACKETS.sub(" ", title).replace("_", " ").replace("-", " "))
        kind = _kinds().get(title) or _kinds().get(bare)
        if kind:
            found.setdefault(kind, index)
    return found


def _by_looks(record: Sequence[str]) -> dict[str, int]:
    """Numbers are width, height, count in this order; or one cell is a size, then a count."""
    found: dict[str, int] = {}
    numbers = [i for i, cell in enumerate(record) if _numeric(cell)]
    sizes = [i for i, cell in enumerate(record) if _is_size(cell)]
    kinds = ("count",) if sizes else ("width", "height", "count")
    if sizes:
        found["size"] = sizes[0]
    found |= dict(zip(kinds, numbers, strict=False))
    for index, cell in enumerate(record):
        if index not in found.values() and cell.strip():
            kind = "detail" if plain(cell).lower() in levels() else "name"
            found.setdefault(kind, index)
    return found


def _numeric(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(plain(cell)))


def _is_size(cell: str) -> bool:
    if _numeric(cell):
        return False
    try:
        parse_size(cell)
    except CostError as error:
        # A bad size is one still; only what can't be read as a size at all isn't.
        return error.code in {"size_zero", "size_negative", "size_too_large"}
    return True


@cache
def _columns() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def _kinds() -> dict[str, str]:
    columns = _columns()
    return {title: kind for kind in columns if kind != "levels" for title in columns[kind]}
