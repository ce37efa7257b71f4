"""Qwen2-VL and 2.5-VL: sides snapped to 28 px, as in the models' own image processor."""

import math
from dataclasses import dataclass

from components.tokens.kinds.base import Count, Size, ceil_div

_SQUARE = 28


@dataclass(frozen=True)
class QwenRule:
    """One token per 28 px square, between least and most. Servers may set a lower `most`."""

    least: int = 4
    most: int = 16384
    tolerance: int = 0

    def count(self, size: Size, detail: str, fidelity: str) -> Count:
        columns, rows = self._grid(size)
        return Count(columns * rows, (columns * _SQUARE, rows * _SQUARE), (columns, rows))

    def _grid(self, size: Size) -> Size:
        # round() and its ties to even: the processor uses Python's own.
        columns, rows = (max(1, round(side / _SQUARE)) for side in size)
        area = size[0] * size[1]
        if columns * rows > self.most:
            shrink = math.sqrt(area / (self.most * _SQUARE**2))
            columns, rows = (max(1, int(side / shrink / _SQUARE)) for side in size)
        elif columns * rows < self.least:
            grow = math.sqrt(self.least * _SQUARE**2 / area)
            columns, rows = (max(1, ceil_div(math.ceil(side * grow), _SQUARE)) for side in size)
        return columns, rows
