"""OpenAI's 512 px tiles: GPT-4 with vision, 4o, 4.1, GPT-5, o1, o3, gpt-image-1."""

from dataclasses import dataclass

from components.tokens.kinds.base import Count, Size, fit_edge, squares

_BOX = 2048
_LOW = 512
_TILE = 512


@dataclass(frozen=True)
class TileRule:
    """base + tile x number of 512 px tiles; "low" is the base alone, whatever the size.

    Every other level, "original" included, counts as high: these models know no more.
    short_side: what the short side is brought down to. fidelity_*: added for input fidelity
    "high" of image models, by shape.
    """

    base: int
    tile: int
    short_side: int = 768
    fidelity_square: int = 0
    fidelity_other: int = 0
    tolerance: int = 0

    def count(self, size: Size, detail: str, fidelity: str) -> Count:
        extra = self._fidelity(size) if fidelity == "high" else 0
        if detail == "low":
            return Count(self.base + extra, fit_edge(size, _LOW), None)
        resized = self._short_side_down(fit_edge(size, _BOX))
        columns, rows = squares(resized, _TILE)
        return Count(self.base + self.tile * columns * rows + extra, resized, (columns, rows))

    def _short_side_down(self, size: Size) -> Size:
        # Floor, not nearest: gpt-image-1 bills 1024 x 1025 as one tile, 512 x 512.
        width, height = size
        short = min(size)
        if short <= self.short_side:
            return size
        return width * self.short_side // short, height * self.short_side // short

    def _fidelity(self, size: Size) -> int:
        return self.fidelity_square if size[0] == size[1] else self.fidelity_other
