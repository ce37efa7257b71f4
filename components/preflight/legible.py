"""Which lines of the original can still be read at the size that the model sees."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from components.preflight.lines import Line
from components.preflight.settings import number
from components.preflight.types import Box

State = Literal["read", "lost", "unsure"]


@dataclass(frozen=True)
class SeenLine:
    """A line of the original and what is left of it.

    height: pixels at the model's size. state: "read", "lost", or "unsure" where the original
    itself could hardly be read, which proves nothing. measured: found by reading the picture at
    that size; otherwise judged by its height.
    """

    line: Line
    height: float
    state: State
    measured: bool

    @property
    def small(self) -> bool:
        """Below the height from which text is read safely."""
        return self.height < self.line.needed


def by_height(lines: Sequence[Line], scale: float) -> tuple[SeenLine, ...]:
    """As it is to be expected. scale: the model's pixels per pixel of the original."""
    return tuple(
        SeenLine(line, line.height * scale, _expected(line, scale), False) for line in lines
    )


def by_reading(lines: Sequence[Line], again: Sequence[Line], scale: float) -> tuple[SeenLine, ...]:
    """As it turned out. again: what was read at the model's size, in pixels of the original."""
    return tuple(
        SeenLine(line, line.height * scale, _turned_out(line, again), True) for line in lines
    )


def comfortable(lines: Sequence[Line], scale: float) -> bool:
    """Whether every line stays so large that reading again would tell nothing new."""
    spare = number("text", "comfortable")
    return all(line.height * scale >= spare * line.needed for line in lines if line.counts)


def likeness(text: str, other: str) -> float:
    """Share of the letters of `text` that stand in `other` in the same order, 0 to 1."""
    wanted, there = _plain(text), _plain(other)
    if not wanted:
        return 1.0
    blocks = SequenceMatcher(None, wanted, there, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(wanted)


def _expected(line: Line, scale: float) -> State:
    if not line.counts:
        return "unsure"
    # Shrinking loses it; what is small in the original stays as readable as it was.
    return "lost" if scale < 1 and line.height * scale < line.needed else "read"


def _turned_out(line: Line, again: Sequence[Line]) -> State:
    if not line.counts:
        return "unsure"
    there = sorted((one for one in again if _meet(line.box, one.box)), key=lambda o: o.box[0])
    together = likeness(line.text, "".join(one.text for one in there))
    best = max([together, *(likeness(line.text, one.text) for one in there)])
    return "read" if best >= number("text", "same") else "lost"


def _meet(box: Box, other: Box) -> bool:
    """Whether half of the smaller one lies in the other: lines are split and joined anew."""
    across = min(box[2], other[2]) - max(box[0], other[0])
    down = min(box[3], other[3]) - max(box[1], other[1])
    if across <= 0 or down <= 0:
        return False
    areas = ((one[2] - one[0]) * (one[3] - one[1]) for one in (box, other))
    return across * down >= 0.4 * min(areas)


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
