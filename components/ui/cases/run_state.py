"""What a session remembers of runs of cases."""

from dataclasses import dataclass

from components.cases.plan import Plan
from components.cases.rehearsal.month import Month
from components.errors import AppError

PlanKey = tuple[object, ...]


@dataclass
class RunState:
    """Of one tab, in memory only. run_id: of the run that is shown. planned: what was worked out
    last, or why it couldn't be, and for which form. month: of the log, as it was worked out for a
    run and those beside it."""

    run_id: str | None = None
    planned: tuple[PlanKey, Plan | AppError] | None = None
    month: tuple[tuple[str, ...], Month] | None = None
