"""OpenAI's 512 px tiles: GPT-4 with vision, 4o, 4.1, GPT-5, o1, o3, gpt-image-1."""

from dataclasses import dataclass

from components.tokens.kinds.base import Count, Note, Size, fit_edge, squares, unnoted

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

    def count(self, size: Size, detail: str, fidelity: str, note: Note = unnoted) -> Count:
        extra = self._fidelity(size) if fidelity == "high" else 0
        if detail == "low":
            return self._low(fit_edge(size, _LOW), extra, note)
        if detail != "high":
            note("level", asked=detail, level="high")
        resized = self._resize(size, note)
        columns, rows = squares(resized, _TILE)
        tiles = columns * rows
        note("tiles", side=_TILE, columns=columns, rows=rows, tiles=tiles)
        tokens = self.base + self.tile * tiles + extra
        if extra:
            note("fidelity", extra=extra)
        code = "tile_sum_fidelity" if extra else "tile_sum"
        note(code, tile=self.tile, tiles=tiles, base=self.base, extra=extra, tokens=tokens)
        return Count(tokens, resized, (columns, rows))

    def _low(self, seen: Size, extra: int, note: Note) -> Count:
        note("low_view", edge=_LOW, width=seen[0], height=seen[1])
        tokens = self.base + extra
        if extra:
            note("fidelity", extra=extra)
        note("low_sum_fidelity" if extra else "low_sum", base=self.base, extra=extra, tokens=tokens)
        return Count(tokens, seen, None)

    def _resize(self, size: Size, note: Note) -> Size:
        boxed = fit_edge(size, _BOX)
        code = "box_fits" if boxed == size else "box"
        note(code, edge=_BOX, width=boxed[0], height=boxed[1])
        resized = self._short_side_down(boxed)
        code = "short_side_fits" if resized == boxed else "short_side"
        note(code, edge=self.short_side, width=resized[0], height=resized[1])
        return resized

    def _short_side_down(self, size: Size) -> Size:
        # Floor, not nearest: gpt-image-1 bills 1024 x 1025 as one tile, 512 x 512.
        width, height = size
        short = min(size)
        if short <= self.short_side:
            return size
        return width * self.short_side // short, height * self.short_side // short

    def _fidelity(self, size: Size) -> int:
        return self.fidelity_square if size[0] == size[1] else self.fidelity_other
