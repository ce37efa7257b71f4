"""What a customer wants to hear: a cheaper model that is right just as often. Said only where an
expected answer is given and both are right every time."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from components.compare.judging.scores import judged
from components.compare.store import Cell, Comparison

_LEAST = Decimal("1.1")  # times; less is not worth a sentence


@dataclass(frozen=True)
class Saving:
    """Two columns that are right in all their answers. cheaper: what those of `dear` were billed
    over what those of `cheap` were; faster: the same of their times, below 1 where `cheap` is the
    slower one, None where a time is missing. answers: of each of the two."""

    cheap: int
    dear: int
    cheaper: Decimal
    faster: float | None
    answers: int


@dataclass(frozen=True)
class _Bills:
    column: int
    cost: Decimal
    ms: int | None
    answers: int


def saving(comparison: Comparison, cells: Sequence[Cell]) -> Saving | None:
    """The cheapest of the columns that are always right beside the dearest of them; None where
    there aren't two, where they cost about the same, or where one cost nothing."""
    columns = range(len(comparison.models))
    found = [bills for n in columns if (bills := _bills(comparison, cells, n))]
    if len(found) < 2:
        return None
    cheap, dear = (how(found, key=lambda bills: bills.cost) for how in (min, max))
    if not cheap.cost or dear.cost / cheap.cost < _LEAST:
        return None
    faster = dear.ms / cheap.ms if cheap.ms and dear.ms else None
    return Saving(cheap.column, dear.column, dear.cost / cheap.cost, faster, cheap.answers)


def _bills(comparison: Comparison, cells: Sequence[Cell], column: int) -> _Bills | None:
    """None unless each answer of the column is surely right, and its bill came from the
    endpoint."""
    own = [cell for cell in cells if cell.column == column]
    costs, times = [], []
    for cell in own:
        found, result = judged(comparison, cell), cell.result
        if found is None or result is None or not (found.right and found.sure):
            return None
        if result.usage_source != "reported" or result.cost is None:
            return None
        costs.append(result.cost)
        times.append(result.ms_total)
    if not costs:
        return None
    known = [ms for ms in times if ms is not None]
    ms = sum(known) if len(known) == len(times) else None
    return _Bills(column, sum(costs, Decimal()), ms, len(costs))
