"""What may be said of two runs over the same cases, in the order of how much it says."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from components.cases.statistics import paired
from components.cases.statistics.paired import mean_difference
from components.cases.statistics.rate import Interval
from components.cases.statistics.repeats import State, Tries, share, state

PROVEN = 0.05
FEWEST = 6  # changed cases: of fewer not even all the same way prove anything
MARGIN = 0.05  # share of cases that may be lost without being called worse

Said = Literal[
    "worse",
    "better",
    "not_worse",
    "not_enough",
    "hints_at_worse",
    "hints_at_better",
    "no_difference",
]


@dataclass(frozen=True)
class Pair:
    """One case in both runs. group: of the same image or document; "" is a group of its own."""

    before: Tries
    after: Tries
    group: str = ""

    @property
    def change(self) -> float:
        return share(self.after) - share(self.before)


@dataclass(frozen=True)
class Difference:
    """Of share after - share before. p: two-sided, over groups; may_lose: the share that may be
    lost for all that is known; needed: cases that would do, None where no number can be said;
    moves: how many cases went from which state to which."""

    said: Said
    cases: int
    down: int
    up: int
    value: float
    interval: Interval
    p: float
    margin: float
    needed: int | None
    moves: dict[tuple[State, State], int]

    @property
    def changed(self) -> int:
        return self.down + self.up

    @property
    def may_lose(self) -> float:
        return max(0.0, -self.interval.low)


def compare(pairs: Sequence[Pair], *, margin: float = MARGIN, p: float | None = None) -> Difference:
    """margin: share, above 0. p: adjusted for several comparisons (see `paired.holm`), instead of
    this one's own. Raises ValueError without a case."""
    groups = _groups(pairs)
    down, up = _directions([fmean(group) for group in groups])
    value = mean_difference(groups)
    own = paired.sign_test(down, up)
    p = own if p is None else p
    interval = _interval(pairs, groups)
    of_cases = _directions([pair.change for pair in pairs])
    moves: defaultdict[tuple[State, State], int] = defaultdict(int)
    for pair in pairs:
        moves[state(pair.before), state(pair.after)] += 1
    return Difference(
        _said(p, down, up, interval, margin),
        len(pairs),
        *of_cases,
        value,
        interval,
        p,
        margin,
        _needed(len(groups), down, up, margin),
        dict(moves),
    )


def adjusted(several: Sequence[Sequence[Pair]], *, margin: float = MARGIN) -> list[Difference]:
    """The same run before beside several after it."""
    alone = [compare(pairs, margin=margin) for pairs in several]
    p = paired.holm([each.p for each in alone])
    return [compare(pairs, margin=margin, p=p[n]) for n, pairs in enumerate(several)]


def _groups(pairs: Sequence[Pair]) -> list[list[float]]:
    if not pairs:
        raise ValueError("no cases")
    found: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
    for n, pair in enumerate(pairs):
        found[(pair.group, -1) if pair.group else ("", n)].append(pair.change)
    return list(found.values())


def _directions(changes: Sequence[float]) -> tuple[int, int]:
    return sum(each < 0 for each in changes), sum(each > 0 for each in changes)


def _interval(pairs: Sequence[Pair], groups: Sequence[Sequence[float]]) -> Interval:
    """Newcombe's where each case was tried once and stands alone; else by resampling, but never
    narrower than what so many groups that didn't change would give: of them resampling knows
    nothing, and says 0 to 0."""
    alone = len(groups) == len(pairs)
    if alone and all(len(each.before) == len(each.after) == 1 for each in pairs):
        before = [bool(each.before[0]) for each in pairs]
        after = [bool(each.after[0]) for each in pairs]
        found = list(zip(before, after, strict=True))
        return paired.newcombe(*(found.count(kind) for kind in _KINDS))
    drawn = paired.bootstrap(groups)
    value, least = mean_difference(groups), paired.may_still_lose(len(groups))
    return Interval(
        max(-1.0, min(drawn.low, value - least)), min(1.0, max(drawn.high, value + least))
    )


# Both right, lost, gained, both wrong.
_KINDS = ((True, True), (True, False), (False, True), (False, False))


def _said(p: float, down: int, up: int, interval: Interval, margin: float) -> Said:
    if p < PROVEN and down != up:
        return "worse" if down > up else "better"
    if interval.low > 0:
        return "hints_at_better"
    if interval.low > -margin:
        return "not_worse"
    if down + up < FEWEST:
        return "not_enough"
    return "hints_at_worse" if interval.high < 0 else "no_difference"


def _needed(groups: int, down: int, up: int, margin: float) -> int | None:
    """With nothing changed: as many as leave less than the margin to be lost. Else as many as
    show such a difference."""
    if down + up == 0:
        return paired.unchanged_needed(margin)
    return paired.cases_needed(down / groups, up / groups)
