"""How sure a share of right answers is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, median, stdev

Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Interval:
    """95 % of the time the true value lies in such a one."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def wilson(right: int, of: int) -> Interval:
    """Of the share right / of (Wilson 1927, without continuity correction). Raises ValueError for
    counts that can't be; of 0 everything is possible."""
    if not 0 <= right <= of:
        raise ValueError(f"{right} of {of}")
    if of == 0:
        return Interval(0.0, 1.0)
    share, z2 = right / of, Z * Z
    centre = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z / (1 + z2 / of) * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    # At both ends the formula gives the end itself, but for rounding.
    low = 0.0 if right == 0 else max(0.0, centre - half)
    return Interval(low, 1.0 if right == of else min(1.0, centre + half))


@dataclass(frozen=True)
class Mean:
    """error: standard error of the mean; None of a single value, as is the interval."""

    value: float
    error: float | None
    interval: Interval | None


def mean_of(values: Sequence[float]) -> Mean:
    """Of one value a case (its share of right answers), with Student's t. Raises ValueError where
    there is none."""
    if not values:
        raise ValueError("no values")
    value = fmean(values)
    if len(values) == 1:
        return Mean(value, None, None)
    error = stdev(values) / math.sqrt(len(values))
    half = t_quantile(len(values) - 1) * error
    return Mean(value, error, Interval(value - half, value + half))


def t_quantile(freedom: int) -> float:
    """The value that Student's t stays below 97.5 % of the time."""
    low, high = 0.0, 13.0  # of one degree it is 12.706
    for _ in range(60):
        middle = (low + high) / 2
        if _t_below(middle, freedom) < 0.975:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _t_below(t: float, freedom: int) -> float:
    """P(T < t) for t >= 0, by the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine2 = math.cos(angle) ** 2
    odd = freedom % 2
    term = total = 1.0
    for k in range(3 if odd else 2, freedom - 1, 2):
        term *= (k - 1) / k * cosine2
        total += term
    if not odd:
        return 0.5 + math.sin(angle) * total / 2
    if freedom == 1:
        return 0.5 + angle / math.pi
    return 0.5 + (angle + math.sin(angle) * math.cos(angle) * total) / math.pi


@dataclass(frozen=True)
class Latency:
    """Milliseconds. p95: by nearest rank, a value that was measured."""

    p50: float
    p95: float


def latency(values: Sequence[float]) -> Latency | None:
    """Of fresh answers: what came from a cache has none. None of no value."""
    if not values:
        return None
    rank = math.ceil(0.95 * len(values))
    return Latency(median(values), sorted(values)[rank - 1])


def kappa(table: Sequence[Sequence[int]]) -> float | None:
    """Cohen's kappa of two who judged the same; table: how often the first said the row and the
    second the column. None where both always said the same one thing, or nothing was judged."""
    total = sum(map(sum, table))
    if total == 0:
        return None
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    seen = sum(table[n][n] for n in range(len(table))) / total
    by_chance = sum(r * c for r, c in zip(rows, columns, strict=True)) / total**2
    return None if by_chance == 1 else (seen - by_chance) / (1 - by_chance)
