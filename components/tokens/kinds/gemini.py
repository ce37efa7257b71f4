"""Gemini 2.0's tiles. (2.5 and 3 have fixed figures: see fixed.py.)"""

from dataclasses import dataclass

from components.tokens.kinds.base import Count, Note, Size, squares, unnoted


@dataclass(frozen=True)
class GeminiTilesRule:
    """unit tokens for a small image, else unit x (crops + 1). Detail has no effect.

    A crop's side follows the short side: two thirds of it, between side_least and side_most px.
    """

    unit: int = 258
    small: int = 384
    side_least: int = 256
    side_most: int = 768
    tolerance: int = 0

    def count(self, size: Size, detail: str, fidelity: str, note: Note = unnoted) -> Count:
        if max(size) <= self.small:
            note("crops_none", edge=self.small, tokens=self.unit)
            return Count(self.unit, size, None)
        side = min(max(min(size) * 2 // 3, self.side_least), self.side_most)
        least, most = self.side_least, self.side_most
        note("crop_side", short=min(size), least=least, most=most, crop=side)
        columns, rows = squares(size, side)
        crops = columns * rows
        note("crops", side=side, columns=columns, rows=rows, crops=crops)
        tokens = self.unit * (crops + 1)
        note("crops_sum", unit=self.unit, crops=crops, tokens=tokens)
        return Count(tokens, size, (columns, rows))
