"""What a session remembers of runs of cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.cases.plan import Plan
from components.cases.rehearsal.month import Month
from components.errors import AppError

PlanKey = tuple[object, ...]


@dataclass(frozen=True)
class Asks:
    """Of a set. judges: those that its rubrics name. pictured: whether it has images."""

    judges: Sequence[str] = ()
    pictured: bool = False


@dataclass
class RunState:
    """Of one tab, in memory only. run_id: of the run that is shown. planned: what was worked out
    last, or why it couldn't be, and for which form. asks: what a version of a set asks. again: what
    grading that run again comes to, until it is confirmed. month: of the log, as it was worked out
    for a run and those beside it."""

    run_id: str | None = None
    planned: tuple[PlanKey, Plan | AppError] | None = None
    asks: tuple[PlanKey, Asks] | None = None
    again: tuple[str, Plan] | None = None
    month: tuple[tuple[str, ...], Month] | None = None
