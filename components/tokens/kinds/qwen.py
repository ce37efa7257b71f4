"""Qwen2-VL and 2.5-VL: sides snapped to 28 px, as in the models' own image processor."""

import math
from dataclasses import dataclass

from components.tokens.kinds.base import Count, Note, Size, ceil_div, unnoted

_SQUARE = 28


@dataclass(frozen=True)
class QwenRule:
    """One token per 28 px square, between least and most. Servers may set a lower `most`."""

    least: int = 4
    most: int = 16384
    tolerance: int = 0

    def count(self, size: Size, detail: str, fidelity: str, note: Note = unnoted) -> Count:
        columns, rows = self._grid(size, note)
        tokens = columns * rows
        resized = (columns * _SQUARE, rows * _SQUARE)
        note("snapped", side=_SQUARE, width=resized[0], height=resized[1])
        note("squares", side=_SQUARE, columns=columns, rows=rows, tokens=tokens)
        return Count(tokens, resized, (columns, rows))

    def _grid(self, size: Size, note: Note) -> Size:
        # round() and its ties to even: the processor uses Python's own.
        columns, rows = (max(1, round(side / _SQUARE)) for side in size)
        area = size[0] * size[1]
        squares = columns * rows
        if squares > self.most:
            note("shrunk", squares=squares, most=self.most)
            shrink = math.sqrt(area / (self.most * _SQUARE**2))
            columns, rows = (max(1, int(side / shrink / _SQUARE)) for side in size)
        elif squares < self.least:
            note("grown", squares=squares, least=self.least)
            grow = math.sqrt(self.least * _SQUARE**2 / area)
            columns, rows = (max(1, ceil_div(math.ceil(side * grow), _SQUARE)) for side in size)
        return columns, rows
