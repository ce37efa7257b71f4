"""Sizes as a person types them, and the common ones to pick from."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from components.pricing.whatif.errors import CostError
from components.pricing.whatif.files.numbers import checked_row, detail_level, plain, shown
from components.pricing.whatif.types import MAX_ROWS, MAX_TYPED, PROBLEMS_KEPT, Row

_FILE = Path(__file__).with_name("sizes.toml")
_LONGEST_PIECE = 200  # characters; the patterns below are for short ones
_CROSS = re.compile(r" ?[x×*✕✖⨯хХ乘] ?")
_UNIT = re.compile(r"(?<=[0-9]) ?(?:px|像素)")
_PIECES = "张|个|幅"
_COUNT_AFTER = re.compile(
    rf"(.+?) ?(?:\( ?x?([^()]*?) ?(?:{_PIECES})? ?\)| ([0-9]+) ?(?:{_PIECES}))"
)
_COUNT_BEFORE = re.compile(rf"([0-9]+) ?(?:{_PIECES}) ?(.+)")
_MARK_AFTER = re.compile(r".* [x×*]([0-9]+)")
_MARK_BEFORE = re.compile(r"([0-9]+)[x×*] .*")


@dataclass(frozen=True)
class SizesRead:
    """Sizes that somebody gave: the good rows, and what was wrong with the others.

    problems: the first 20 of them, each naming its row; bad: how many there are in all.
    ignored: names (or numbers from 1) of columns that weren't used.
    """

    rows: tuple[Row, ...]
    problems: tuple[CostError, ...] = ()
    bad: int = 0
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class CommonSize:
    """A size to pick. Its label is the text `cost.sizes.<id>`; source: where it is from."""

    id: str
    width: int
    height: int
    source: str


@cache
def common_sizes() -> tuple[CommonSize, ...]:
    """The sizes of sizes.toml, in its order."""
    return tuple(CommonSize(**row) for row in tomllib.loads(_FILE.read_text("utf-8"))["sizes"])


def parse_sizes(text: str) -> SizesRead:
    """Sizes typed on several lines or split by ";", or by "," where that can't be a size.

    Empty pieces are skipped. Never raises for a single bad piece: see SizesRead. Raises
    CostError size_none when nothing is written, cost_rows for too many.
    """
    pieces = _split(text[: MAX_TYPED + 1])
    if not pieces:
        raise CostError("size_none")
    if len(pieces) > MAX_ROWS or len(text) > MAX_TYPED:
        raise CostError("cost_rows", limit=MAX_ROWS)
    rows, problems, bad = [], [], 0
    for number, piece in enumerate(pieces, 1):
        try:
            rows.append(parse_size(piece, row=number if len(pieces) > 1 else None))
        except CostError as error:
            bad += 1
            if bad <= PROBLEMS_KEPT:
                problems.append(error)
    return SizesRead(tuple(rows), tuple(problems), bad)


def parse_size(written: str, *, row: int | None = None) -> Row:
    """One size: "1024x768", "1024 × 768", "1024,768", with a count "3 x 1024x768",
    "1024x768 x3", "1024x768 (3)" or "1024x768 3张", with a level "1024x768@low".

    Where three numbers stand alike ("3x1024x768"), the first is the count if it is the smallest,
    otherwise the last is. row: number that errors name. Raises CostError size_*, cost_detail.
    """
    where = {"written": shown(written), "row": "" if row is None else row}
    if len(written) > _LONGEST_PIECE:
        raise CostError("size_unreadable", **where)
    text, at, level = plain(written).lower().partition("@")
    text, count = _counted(_UNIT.sub("", text).strip())
    words = _CROSS.split(text)
    if len(words) == 1:
        words = text.split(",") if "," in text else text.split(" ")
        order = [*words, count] if count and len(words) == 2 else words
    elif count:
        order = [*words, count]
    else:
        order = _count_last(text, words)
    if len(order) not in (2, 3) or not any(c.isdigit() for c in text):
        raise CostError("size_unreadable", **where)
    width, height, number = [*order, "1"][:3]
    detail = detail_level(level) if at else None
    return checked_row((width, height), number, written, row, detail)


def _counted(text: str) -> tuple[str, str]:
    """("1024x768 (3)") -> ("1024x768", "3"); no count said in so many words: ""."""
    if found := _COUNT_AFTER.fullmatch(text):
        return found[1], found[2] or found[3] or "?"
    if found := _COUNT_BEFORE.fullmatch(text):
        return found[2], found[1]
    return text, ""


def _count_last(text: str, words: list[str]) -> list[str]:
    """width, height and perhaps count, in that order, out of two or three numbers."""
    if len(words) != 3 or _MARK_AFTER.fullmatch(text):
        return words
    first, second, third = words
    spaces = [len(cross) for cross in _CROSS.findall(text)]
    if not _MARK_BEFORE.fullmatch(text):
        if spaces[0] < spaces[1]:
            return words
        if spaces[0] == spaces[1] and not _smallest(first, second, third):
            return words
    return [second, third, first]


def _smallest(first: str, *others: str) -> bool:
    # Among numbers without leading zeros the shorter is the smaller.
    return all((len(first), first) < (len(other), other) for other in others)


def _split(text: str) -> list[str]:
    found: list[str] = []
    for piece in re.split(r"[;；\r\n、]", text):
        parts = [part for part in re.split("[,，]", piece) if part.strip()]
        several = len(parts) > 1 and all(_CROSS.search(part.lower()) for part in parts)
        found += parts if several else [piece] if piece.strip() else []
    return found
