"""OpenAI's 32 px patches: 4.1-mini and -nano, o4-mini, 5-mini and -nano, GPT-5.2 and later."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from components.tokens.kinds.base import (
    Count,
    Note,
    Size,
    ceil_div,
    fit_edge,
    scale,
    squares,
    unnoted,
)

PATCH = 32
MOST_PATCHES = 30_000  # beyond this the API answers 400; it doesn't shrink the image


@dataclass(frozen=True)
class PatchRule:
    """Patches that cover the resized image, times a multiplier.

    levels: detail -> {"edge": longest side in px, "budget": most patches}, both optional; a
    detail that isn't there counts as `auto`. round_up: as the guide says; False truncates.
    magnify_to, magnify_at_most: a longest side that small images are enlarged to, by how much
    at most (0 = never). ratio_at_most: long side to short side (0 = as it is);
    a thinner image counts as if padded, which is our reading: the guide only names the cap.
    """

    multiplier: float
    levels: Mapping[str, Mapping[str, int]]
    auto: str = "high"
    round_up: bool = True
    magnify_to: int = 0
    magnify_at_most: int = 0
    ratio_at_most: int = 0
    tolerance: int = 1

    def count(self, size: Size, detail: str, fidelity: str, note: Note = unnoted) -> Count:
        resized = self._resize(size, self._level(detail, note), note)
        columns, rows = squares(resized, PATCH)
        patches = columns * rows
        note("patches", side=PATCH, columns=columns, rows=rows, patches=patches)
        if patches > MOST_PATCHES:
            note("rejected", patches=patches, limit=MOST_PATCHES)
            return Count(None, resized, (columns, rows))
        return Count(self._multiply(patches, note), resized, (columns, rows))

    def _level(self, detail: str, note: Note) -> Mapping[str, int]:
        if len(self.levels) == 1:
            note("level_ignored")
        elif detail not in self.levels:
            note("level", asked=detail, level=self.auto)
        return self.levels.get(detail, self.levels[self.auto])

    def _resize(self, size: Size, level: Mapping[str, int], note: Note) -> Size:
        capped = self._cap_ratio(size)
        if capped != size:
            note("ratio", ratio=self.ratio_at_most, width=capped[0], height=capped[1])
        resized = self._magnify(capped)
        if resized != capped:
            limits = {"edge": self.magnify_to, "times": self.magnify_at_most}
            note("magnified", **limits, width=resized[0], height=resized[1])
        edge, budget = level.get("edge", 0), level.get("budget", 0)
        if edge:
            code = "edge_fits" if max(resized) <= edge else "edge"
            resized = fit_edge(resized, edge)
            note(code, edge=edge, width=resized[0], height=resized[1])
        if not budget:
            note("no_budget")
            return resized
        columns, rows = squares(resized, PATCH)
        code = "budget_fits" if columns * rows <= budget else "budget"
        resized = fit_budget(resized, budget)
        before = {"patches": columns * rows, "budget": budget}
        note(code, **before, width=resized[0], height=resized[1])
        return resized

    def _multiply(self, patches: int, note: Note) -> int:
        # float64 on purpose: 300 x 1.62 is a hair above 486 there and is billed as 487.
        product = patches * self.multiplier
        tokens = math.ceil(product) if self.round_up else math.floor(product)
        # No multiplier has more than two decimals, so this is the product as on paper.
        exact = round(product, 2)
        if tokens == exact:
            code = "multiplied"
        elif exact == int(exact):
            code = "multiplied_binary"
        else:
            code = "multiplied_up" if self.round_up else "multiplied_down"
            product = exact
        note(code, patches=patches, multiplier=self.multiplier, product=product, tokens=tokens)
        return tokens

    def _cap_ratio(self, size: Size) -> Size:
        if not self.ratio_at_most:
            return size
        shortest = ceil_div(max(size), self.ratio_at_most)
        return max(size[0], shortest), max(size[1], shortest)

    def _magnify(self, size: Size) -> Size:
        longest = max(size)
        if longest >= self.magnify_to:
            return size
        target = min(self.magnify_to, longest * self.magnify_at_most)
        return scale(size, target, longest)


def fit_budget(size: Size, budget: int | None) -> Size:
    """`size` shrunk so that at most `budget` patches cover it, keeping its shape.

    OpenAI's formula: scale to the budget's area, then down once more until one side is a whole
    number of patches; pixels are floored. With a = sqrt(budget w / h) patches across and
    b = sqrt(budget h / w) down, floor(a) and floor(b) are integer square roots, and the side
    that shrinks more decides. So no float decides over a row of patches.
    """
    width, height = size
    columns, rows = squares(size, PATCH)
    if budget is None or columns * rows <= budget:
        return size
    across = max(1, math.isqrt(budget * width // height))
    down = max(1, math.isqrt(budget * height // width))
    if across * height <= down * width:
        return across * PATCH, max(1, height * across * PATCH // width)
    return max(1, width * down * PATCH // height), down * PATCH
