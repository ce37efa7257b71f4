"""Cost against image size: where the figure of a model changes."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from components.pricing.whatif.types import MAX_SIDE
from components.tokens import count_image_tokens

Step = tuple[int, int, int | None]  # width, height, tokens


def staircase(
    model: str, detail: str, ratio: float, longest_to: int, points: int = 512
) -> list[Step]:
    """(width, height, tokens) for images of one shape, from 1 px to `longest_to` px on the
    longest side: the first size of every step, and both ends. Tokens are None where the model
    refuses the size or has no rule.

    ratio: width / height. points: sizes that are looked at, evenly spread; between two of them
    that differ a step is found to the pixel. What rises and falls again between two neighbouring
    points can be missed (above a patch budget the figure moves with every rounding), nothing
    with points >= longest_to.
    Raises ValueError for a shape or size that no image has.
    """
    if not ratio > 0 or ratio == float("inf"):
        raise ValueError(f"ratio ({ratio}) must be above 0")
    if not 1 <= longest_to <= MAX_SIDE or points < 1:
        raise ValueError(f"longest side ({longest_to}) must be from 1 to {MAX_SIDE} px")
    shape = Fraction(ratio).limit_denominator(10_000) or Fraction(ratio)
    known: dict[int, int | None] = {}

    def tokens(longest: int) -> int | None:
        if longest not in known:
            known[longest] = count_image_tokens(model, *_size(longest, shape), detail).tokens
        return known[longest]

    gap = -(-longest_to // points)
    looked_at = [*range(1, longest_to, gap), longest_to]
    starts = {1, longest_to}
    for low, high in pairwise(looked_at):
        starts.update(_changes(tokens, low, high))
    return [(*_size(longest, shape), tokens(longest)) for longest in sorted(starts)]


def _size(longest: int, shape: Fraction) -> tuple[int, int]:
    if shape >= 1:
        return longest, max(1, round(longest / shape))
    return max(1, round(longest * shape)), longest


def _changes(tokens: Callable[[int], int | None], low: int, high: int) -> list[int]:
    """Sides above `low`, up to `high`, whose figure isn't that of the side before."""
    if tokens(low) == tokens(high):
        return []
    if high - low == 1:
        return [high]
    middle = (low + high) // 2
    return _changes(tokens, low, middle) + _changes(tokens, middle, high)
