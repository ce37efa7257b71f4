"""Gemini 2.0's tiles. (2.5 and 3 have fixed figures: see fixed.py.)"""

from dataclasses import dataclass

from components.tokens.kinds.base import Count, Size, squares


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

    def count(self, size: Size, detail: str, fidelity: str) -> Count:
        if max(size) <= self.small:
            return Count(self.unit, size, None)
        side = min(max(min(size) * 2 // 3, self.side_least), self.side_most)
        columns, rows = squares(size, side)
        return Count(self.unit * (columns * rows + 1), size, (columns, rows))
