"""Two runs of the same cases beside each other: what was lost, shaken and gained, and what it says.

Cases are the same where id and version are: an edited case is another one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from components.cases.results import CaseResult, ColumnResult
from components.cases.statistics.difference import MARGIN, Difference, Pair, adjusted, compare
from components.cases.statistics.repeats import State
from components.i18n import t

Change = Literal["lost", "shaken", "gained", "same"]
_RANK: dict[State, int] = {"wrong": 0, "wavers": 1, "right": 2}


@dataclass(frozen=True)
class CaseChange:
    """lost: it became wrong; shaken: right each time, it wavers; gained: it became better."""

    change: Change
    before: CaseResult
    after: CaseResult


@dataclass(frozen=True)
class Compared:
    """Two columns. changes: of cases that both have answered. added, removed, edited: ids of cases
    that one run alone has, and of those whose version differs. open: ids of cases without an
    answer in one of them. difference: None without a case in both."""

    before: ColumnResult
    after: ColumnResult
    changes: tuple[CaseChange, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    edited: tuple[str, ...]
    open: tuple[str, ...]
    difference: Difference | None

    @property
    def counts(self) -> Counter[Change]:
        return Counter(each.change for each in self.changes)


def compared(
    before: ColumnResult, after: Sequence[ColumnResult], *, margin: float = MARGIN
) -> tuple[Compared, ...]:
    """One column beside others; of several p is adjusted for as many (Holm)."""
    matched = [_matched(before, each) for each in after]
    pairs = [
        [Pair(old.tries, new.tries, old.group) for old, new in both if old.tries and new.tries]
        for both in matched
    ]
    some = [n for n, each in enumerate(pairs) if each]
    if len(some) > 1:
        found = dict(zip(some, adjusted([pairs[n] for n in some], margin=margin), strict=True))
    else:
        found = {n: compare(pairs[n], margin=margin) for n in some}
    return tuple(_compared(before, each, matched[n], found.get(n)) for n, each in enumerate(after))


def said(lang: str, difference: Difference) -> str:
    """The verdict in words."""
    key = f"cases.said.{difference.said}"
    if difference.said == "not_enough" and difference.needed is None:
        key += "_open"
    return t(
        lang,
        key,
        n=difference.cases,
        down=difference.down,
        up=difference.up,
        changed=difference.changed,
        p=_p(difference.p),
        lose=_points(difference.may_lose),
        gain=_points(max(0.0, difference.interval.high)),
        margin=_points(difference.margin),
        needed=f"{difference.needed or 0:,}",
    )


def _compared(
    before: ColumnResult,
    after: ColumnResult,
    matched: Sequence[tuple[CaseResult, CaseResult]],
    difference: Difference | None,
) -> Compared:
    old = {case.id: case for case in before.cases}
    new = {case.id: case for case in after.cases}
    both = [(one, other) for one, other in matched if one.tries and other.tries]
    return Compared(
        before,
        after,
        tuple(CaseChange(_change(one, other), one, other) for one, other in both),
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        edited=tuple(n for n in old if n in new and old[n].version != new[n].version),
        open=tuple(one.id for one, other in matched if not (one.tries and other.tries)),
        difference=difference,
    )


def _matched(before: ColumnResult, after: ColumnResult) -> list[tuple[CaseResult, CaseResult]]:
    new = {(case.id, case.version): case for case in after.cases}
    keys = ((case, (case.id, case.version)) for case in before.cases)
    return [(case, new[key]) for case, key in keys if key in new]


def _change(before: CaseResult, after: CaseResult) -> Change:
    old, new = before.state, after.state
    assert old is not None
    assert new is not None
    if _RANK[new] > _RANK[old]:
        return "gained"
    if _RANK[new] == _RANK[old]:
        return "same"
    return "lost" if new == "wrong" else "shaken"


def _points(value: float) -> str:
    return f"{value * 100:.1f}".removesuffix(".0")


def _p(value: float) -> str:
    return f"{value:.3f}" if value >= 0.001 else "< 0.001"
