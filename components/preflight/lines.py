"""Lines of text in a picture, placed on the upright original whatever size they were read at."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from components.images.geometry import Size, fit
from components.preflight.settings import number, whole
from components.preflight.types import Box
from components.providers.builtin_reader import TextLine
from components.providers.builtin_reader.settings import whole as reader_whole


@dataclass(frozen=True)
class Line:
    """box: in pixels of the upright original, upright rectangle around the line. height: pixels
    of the original from highest to lowest stroke. confidence, angle, row: as in TextLine."""

    text: str
    box: Box
    height: float
    confidence: float
    angle: float
    row: int

    @property
    def letters(self) -> int:
        """Letters and digits in it."""
        return sum(char.isalnum() for char in self.text)

    @property
    def needed(self) -> float:
        """Pixels of height below which the line tends to be misread."""
        wide = any(unicodedata.east_asian_width(char) in "WF" for char in self.text)
        return number("text", "cjk" if wide else "latin")

    @property
    def counts(self) -> bool:
        """Whether it was read well enough to be missed when it is gone."""
        sure = self.confidence >= number("text", "sure")
        return sure and self.letters >= whole("text", "least")

    @property
    def short(self) -> str:
        """Its text, cut to what fits into a sentence."""
        most = whole("text", "shown")
        return self.text if len(self.text) <= most else f"{self.text[: most - 1]}…"


def placed(lines: Sequence[TextLine], read: Size, original: Size) -> tuple[Line, ...]:
    """`lines` of a picture that was read at `read`, in pixels of `original`."""
    across, down = original[0] / read[0], original[1] / read[1]
    scale = max(across, down)
    return tuple(
        Line(
            text=line.text,
            box=_box(line, across, down, original),
            height=line.height * scale,
            confidence=line.confidence,
            angle=line.angle,
            row=line.row,
        )
        for line in lines
    )


def read_size(size: Size) -> Size:
    """(width, height) at which the built-in reader reads a picture of `size`."""
    side = reader_whole("decode", "max_side")
    return fit(size, (side, side))


def _box(line: TextLine, across: float, down: float, limit: Size) -> Box:
    xs = [x * across for x, _ in line.box]
    ys = [y * down for _, y in line.box]
    left, top = max(0, int(min(xs))), max(0, int(min(ys)))
    right = max(left + 1, min(limit[0], -int(-max(xs))))
    return left, top, right, max(top + 1, min(limit[1], -int(-max(ys))))
