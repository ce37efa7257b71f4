"""A size close to a given one that a model counts much lower.

Counting by tiles or patches is a staircase: a few pixels can decide over a row of tiles. What
is looked for is a step, not just a smaller image: the figure has to fall by more than the
picture that the model sees. Slightly larger can be cheaper too: 2049 x 513 px is 8 tiles of
GPT-4o, 2050 x 513 is 4, because the rounding after the first shrinking differs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from components.tokens import ImageTokens
from components.tokens.kinds.base import scale

_SHRINK = 0.15  # of the longest side, at most
_TRIM = 16  # px cut off or added at one side, at most
_LOOKED_AT = 300  # sizes of the same shape, at most
_LEAST_GAIN = 0.02  # below it, what is saved is hardly more than the picture that is lost

Count = Callable[[int, int], ImageTokens]


@dataclass(frozen=True)
class Nearby:
    """width, height: px. tokens: of an image of that size. gain: tokens saved less picture
    lost, as shares of what was."""

    width: int
    height: int
    tokens: int
    gain: float


def cheaper_size(width: int, height: int, count: Count) -> Nearby | None:
    """The size near width x height with the best gain, None when no step is near.

    count: tokens of a size. Candidates are smaller sizes of the same shape (longest side down to
    85 %) and sizes with one side up to 16 px shorter or longer.
    """
    now = count(width, height)
    if not now.tokens:
        return None
    best: Nearby | None = None
    for size in _candidates(width, height):
        found = _judged(size, now, count(*size))
        # Candidates come closest first, so that of equal ones the closest stays.
        if found and (best is None or found.gain > best.gain + 1e-9):
            best = found
    return best


def _candidates(width: int, height: int) -> Iterator[tuple[int, int]]:
    for by in range(1, _TRIM + 1):
        for change in (by, -by):
            if width + change >= 1:
                yield width + change, height
            if height + change >= 1:
                yield width, height + change
    longest = max(width, height)
    least = longest - int(longest * _SHRINK)
    for side in range(longest - 1, least - 1, -max(1, (longest - least) // _LOOKED_AT)):
        yield scale((width, height), side, longest)


def _judged(size: tuple[int, int], now: ImageTokens, then: ImageTokens) -> Nearby | None:
    if then.tokens is None or not now.tokens or then.tokens >= now.tokens:
        return None
    seen, left = (found.resized[0] * found.resized[1] for found in (now, then))
    gain = 1 - then.tokens / now.tokens - max(0.0, 1 - left / seen)
    return Nearby(*size, then.tokens, gain) if gain >= _LEAST_GAIN else None
