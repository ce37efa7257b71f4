"""By model: how many answers are right, what they cost, how long they took."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean

from components.compare.judging.judge import Judgement, judge
from components.compare.store import Cell, Comparison


@dataclass(frozen=True)
class Score:
    """A column's answers. right of judged (those with an accepted answer). cost: USD of all cells
    that ended, of those whose cost is known; cost_unknown: of how many it isn't. ms_first,
    ms_total: means of answered cells, None without any."""

    column: int
    answered: int
    failed: int
    judged: int
    right: int
    cost: Decimal
    cost_unknown: int
    ms_first: float | None
    ms_total: float | None

    @property
    def accuracy(self) -> float | None:
        """Right of judged, 0 to 1."""
        return self.right / self.judged if self.judged else None


def judged(comparison: Comparison, cell: Cell) -> Judgement | None:
    """Right or wrong, None for a cell without an answer or a row without an accepted one."""
    accepted = comparison.accepted_for(cell.letters, cell.question)
    if accepted is None or cell.state != "ok":
        return None
    together = comparison.mode == "together"
    letters = cell.letters if together else tuple(image.letter for image in comparison.images)
    return judge(cell.answer, accepted, letters)


def scores(comparison: Comparison, cells: Sequence[Cell]) -> tuple[Score, ...]:
    """One for each model, in order."""
    return tuple(
        _score(comparison, n, [cell for cell in cells if cell.column == n])
        for n in range(len(comparison.models))
    )


def _score(comparison: Comparison, column: int, cells: Sequence[Cell]) -> Score:
    answered = [cell for cell in cells if cell.state == "ok"]
    judgements = [found for cell in answered if (found := judged(comparison, cell))]
    results = [cell.result for cell in cells if cell.ended and cell.result]
    costs = [result.cost for result in results if result.cost is not None]
    times = [cell.result for cell in answered if cell.result]
    return Score(
        column=column,
        answered=len(answered),
        failed=sum(cell.state in ("failed", "interrupted") for cell in cells),
        judged=len(judgements),
        right=sum(found.right for found in judgements),
        cost=sum(costs, Decimal(0)),
        cost_unknown=len(results) - len(costs),
        ms_first=_mean([r.ms_first for r in times]),
        ms_total=_mean([r.ms_total for r in times]),
    )


def _mean(values: Sequence[int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
