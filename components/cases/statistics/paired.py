"""Two runs over the same cases: whether a difference is real, how large it may be, and how many
cases would show it."""

import math
from collections.abc import Sequence
from statistics import NormalDist, fmean

from components.cases.statistics.rate import Interval, Z, wilson

RESAMPLES = 10_000
SEED = 20_261_129
CHUNK = 4_000_000  # draws at once: 32 MB


def sign_test(down: int, up: int) -> float:
    """Exact, two-sided; with one try a case it is McNemar's exact test. down, up: cases whose
    share of right answers fell, and rose."""
    changed, fewer = down + up, min(down, up)
    if changed == 0:
        return 1.0
    tail = sum(math.comb(changed, k) for k in range(fewer + 1))
    return min(1.0, 2 * tail / (1 << changed))


def newcombe(both_right: int, lost: int, gained: int, both_wrong: int) -> Interval:
    """Of share after - share before, one try a case (Newcombe 1998, Statistics in Medicine 17,
    2635, method 10). Raises ValueError without a case."""
    cases = both_right + lost + gained + both_wrong
    if cases == 0:
        raise ValueError("no cases")
    before, after = both_right + lost, both_right + gained
    of_before, of_after = wilson(before, cases), wilson(after, cases)
    p1, p2 = after / cases, before / cases
    margins = before * after * (cases - before) * (cases - after)
    phi = 0.0
    if margins:
        product = float(both_right * both_wrong - lost * gained)
        if product > 0:  # the correction of method 10
            product = max(product - cases / 2, 0)
        phi = product / math.sqrt(margins)
    d1, u1 = p1 - of_after.low, of_after.high - p1
    d2, u2 = p2 - of_before.low, of_before.high - p2
    below = math.sqrt(max(0.0, d1 * d1 - 2 * phi * d1 * u2 + u2 * u2))
    above = math.sqrt(max(0.0, d2 * d2 - 2 * phi * d2 * u1 + u1 * u1))
    return Interval(p1 - p2 - below, p1 - p2 + above)


def bootstrap(groups: Sequence[Sequence[float]]) -> Interval:
    """Of the mean over all cases, by drawing whole groups (percentiles, RESAMPLES times, always
    the same draws). groups: per group its cases' differences. Raises ValueError without a case."""
    import numpy as np

    sums = np.array([math.fsum(group) for group in groups])
    sizes = np.array([len(group) for group in groups])
    if sizes.sum() == 0:
        raise ValueError("no cases")
    random = np.random.default_rng(SEED)
    at_once = max(1, CHUNK // len(groups))
    means = []
    for first in range(0, RESAMPLES, at_once):
        drawn = random.integers(len(groups), size=(min(at_once, RESAMPLES - first), len(groups)))
        means.append(sums[drawn].sum(1) / np.maximum(1, sizes[drawn].sum(1)))
    low, high = np.quantile(np.concatenate(means), (0.025, 0.975), method="inverted_cdf")
    return Interval(float(low), float(high))


def holm(p: Sequence[float]) -> list[float]:
    """Adjusted for as many comparisons (Holm 1979), in the given order."""
    adjusted, most = [0.0] * len(p), 0.0
    for rank, n in enumerate(sorted(range(len(p)), key=p.__getitem__)):
        most = max(most, min(1.0, (len(p) - rank) * p[n]))
        adjusted[n] = most
    return adjusted


def power(cases: int, lost: float, gained: float) -> float:
    """How likely the sign test says p < 0.05 over so many cases, where these shares of them are
    truly lost and gained: every outcome with its probability."""
    changing = lost + gained
    if not (lost >= 0 and gained >= 0 and 0 < changing <= 1):
        raise ValueError(f"lost {lost}, gained {gained}")
    total = 0.0
    for changed in range(6, cases + 1):  # of fewer nothing is proven
        fewest = _fewest(changed)
        of_them = _tail(changed, fewest, lost / changing) + _tail(
            changed, fewest, gained / changing
        )
        total += _binomial(cases, changed, changing) * of_them
    return total


def cases_needed(lost: float, gained: float) -> int | None:
    """How many cases show such a difference 80 % of the time (Connor 1987, Biometrics 43, 207);
    None without a difference."""
    changing, difference = lost + gained, abs(lost - gained)
    if difference == 0:
        return None
    z = NormalDist().inv_cdf(0.8)
    root = Z * math.sqrt(changing) + z * math.sqrt(max(0.0, changing - difference**2))
    return math.ceil(root**2 / difference**2)


def may_still_lose(unchanged: int) -> float:
    """The share that may be lost although all of so many right cases stayed right."""
    return newcombe(unchanged, 0, 0, 0).high


def unchanged_needed(margin: float) -> int:
    """How many cases have to stay right for a loss of less than `margin` (a share, above 0)."""
    cases = max(1, math.floor(Z * Z * (1 - margin) / margin))  # of wilson(n, n)
    while may_still_lose(cases) >= margin:
        cases += 1
    return cases


def fewest_same_way(changed: int) -> int | None:
    """How many of so many changed cases have to change the same way for p < 0.05; None where not
    even all of them are enough."""
    fewest = _fewest(changed)
    return fewest if fewest <= changed else None


def _fewest(changed: int) -> int:
    return next(
        (n for n in range(changed // 2 + 1, changed + 1) if sign_test(n, changed - n) < 0.05),
        changed + 1,
    )


def _binomial(n: int, k: int, p: float) -> float:
    if p in (0, 1):
        return float(k == n * p)
    log = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(log + k * math.log(p) + (n - k) * math.log1p(-p))


def _tail(n: int, least: int, p: float) -> float:
    return math.fsum(_binomial(n, k, p) for k in range(least, n + 1))


def mean_difference(groups: Sequence[Sequence[float]]) -> float:
    return fmean(each for group in groups for each in group)
