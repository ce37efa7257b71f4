"""Qwen-VL: sides snapped to a grid, as in the models' own image processor (2 and 2.5: squares of
28 px; 3 and later: 32 px)."""

import math
from dataclasses import dataclass

from components.tokens.kinds.base import Count, Note, Size, ceil_div, unnoted


@dataclass(frozen=True)
class QwenRule:
    """One token per square, between least and most, and `marks` around the image.

    square: side in px. Servers may set a lower `most`.
    """

    least: int = 4
    most: int = 16384
    square: int = 28
    marks: int = 0
    tolerance: int = 0

    def count(self, size: Size, detail: str, fidelity: str, note: Note = unnoted) -> Count:
        columns, rows = self._grid(size, note)
        tokens = columns * rows
        resized = (columns * self.square, rows * self.square)
        note("snapped", side=self.square, width=resized[0], height=resized[1])
        note("squares", side=self.square, columns=columns, rows=rows, tokens=tokens)
        if self.marks:
            note("marks", squares=tokens, marks=self.marks, tokens=tokens + self.marks)
        return Count(tokens + self.marks, resized, (columns, rows))

    def _grid(self, size: Size, note: Note) -> Size:
        # round() and its ties to even: the processor uses Python's own.
        columns, rows = (max(1, round(side / self.square)) for side in size)
        area = size[0] * size[1]
        squares = columns * rows
        if squares > self.most:
            note("shrunk", squares=squares, most=self.most)
            shrink = math.sqrt(area / (self.most * self.square**2))
            columns, rows = (max(1, int(side / shrink / self.square)) for side in size)
        elif squares < self.least:
            note("grown", squares=squares, least=self.least)
            grow = math.sqrt(self.least * self.square**2 / area)
            columns, rows = (max(1, ceil_div(math.ceil(side * grow), self.square)) for side in size)
        return columns, rows
