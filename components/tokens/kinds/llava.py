"""LLaVA-NeXT (1.6): the whole image and the squares of the grid that fits it best."""

from dataclasses import dataclass

from components.tokens.kinds.base import Count, Note, Size, unnoted

_SQUARE = 336
_GRIDS = ((1, 2), (2, 1), (2, 2), (3, 1), (1, 3))  # columns, rows


@dataclass(frozen=True)
class LlavaNextRule:
    """unit x (1 + squares of the grid), an upper bound: servers that cut off the padding
    count a little less. Detail has no effect."""

    unit: int = 576
    tolerance: int = 0

    def count(self, size: Size, detail: str, fidelity: str, note: Note = unnoted) -> Count:
        columns, rows = max(_GRIDS, key=lambda grid: _quality(size, grid))
        resized = (columns * _SQUARE, rows * _SQUARE)
        parts = columns * rows
        shape = {"width": resized[0], "height": resized[1]}
        note("canvas", side=_SQUARE, columns=columns, rows=rows, parts=parts, **shape)
        tokens = self.unit * (1 + parts)
        note("canvas_sum", unit=self.unit, parts=parts, tokens=tokens)
        return Count(tokens, resized, (columns, rows))


def _quality(size: Size, grid: Size) -> tuple[int, int]:
    """More of the image's own pixels kept is better, then less of the grid left empty."""
    width, height = size
    wide, high = grid[0] * _SQUARE, grid[1] * _SQUARE
    if wide * height <= high * width:
        fitted = wide * (height * wide // width)
    else:
        fitted = (width * high // height) * high
    kept = min(fitted, width * height)
    return kept, kept - wide * high
