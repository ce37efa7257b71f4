"""OpenAI's 32 px patches: 4.1-mini and -nano, o4-mini, 5-mini and -nano, GPT-5.2 and later."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from components.tokens.kinds.base import Count, Size, ceil_div, fit_edge, scale, squares

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

    def count(self, size: Size, detail: str, fidelity: str) -> Count:
        level = self.levels.get(detail, self.levels[self.auto])
        resized = self._magnify(self._cap_ratio(size))
        resized = fit_edge(resized, level.get("edge", max(resized)))
        resized = fit_budget(resized, level.get("budget"))
        columns, rows = squares(resized, PATCH)
        patches = columns * rows
        if patches > MOST_PATCHES:
            return Count(None, resized, (columns, rows))
        # float64 on purpose: 300 x 1.62 is a hair above 486 there and is billed as 487.
        tokens = patches * self.multiplier
        rounded = math.ceil(tokens) if self.round_up else math.floor(tokens)
        return Count(rounded, resized, (columns, rows))

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
