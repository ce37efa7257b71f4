"""A case that was asked several times: right, wrong, or wavering."""

import math
from collections.abc import Sequence
from itertools import combinations
from statistics import fmean
from typing import Literal

State = Literal["right", "wavers", "wrong"]
Tries = Sequence[bool]  # of one case, at least one


def state(tries: Tries) -> State:
    """Raises ValueError without a try."""
    if not tries:
        raise ValueError("never tried")
    return "right" if all(tries) else "wavers" if any(tries) else "wrong"


def share(tries: Tries) -> float:
    """Of right answers, 0 to 1. Raises ValueError without a try."""
    if not tries:
        raise ValueError("never tried")
    return sum(map(bool, tries)) / len(tries)


def pass_hat(right: int, of: int, k: int) -> float:
    """How likely k tries, drawn from these, are all right: pass^k, C(c, k) / C(n, k). Raises
    ValueError for counts that can't be."""
    _possible(right, of, k)
    return math.comb(right, k) / math.comb(of, k)


def pass_at(right: int, of: int, k: int) -> float:
    """How likely one of k tries, drawn from these, is right: pass@k, 1 - C(n - c, k) / C(n, k).
    Raises ValueError for counts that can't be."""
    _possible(right, of, k)
    return 1 - math.comb(of - right, k) / math.comb(of, k)


def mean_pass_hat(cases: Sequence[Tries], k: int) -> float:
    return fmean(pass_hat(sum(map(bool, tries)), len(tries), k) for tries in cases)


def mean_pass_at(cases: Sequence[Tries], k: int) -> float:
    return fmean(pass_at(sum(map(bool, tries)), len(tries), k) for tries in cases)


def disagreement(cases: Sequence[Tries]) -> float | None:
    """Share of pairs of tries of the same case that disagree, over all cases. None where no case
    was tried twice."""
    pairs = [one != other for tries in cases for one, other in combinations(map(bool, tries), 2)]
    return fmean(pairs) if pairs else None


def _possible(right: int, of: int, k: int) -> None:
    if not (0 <= right <= of and 1 <= k <= of):
        raise ValueError(f"{k} of {of} tries, {right} right")
