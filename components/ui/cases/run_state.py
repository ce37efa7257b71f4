"""What a session remembers of runs of cases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from components.cases.plan import Plan, Wish, plan
from components.cases.rehearsal.month import Month
from components.errors import AppError

PlanKey = tuple[object, ...]
Planned = tuple[PlanKey, Plan | AppError]
"""What was worked out last, or why it couldn't be, and for which form."""


def planned(known: Planned | None, key: PlanKey, wish: Callable[[], Wish]) -> Planned:
    """Worked out anew only where something of the form has changed."""
    if known is not None and known[0] == key:
        return known
    try:
        return key, plan(wish())
    except AppError as error:
        return key, error


@dataclass(frozen=True)
class Asks:
    """Of a set. judges: those that its rubrics name. pictured: whether it has images."""

    judges: Sequence[str] = ()
    pictured: bool = False


@dataclass
class RunState:
    """Of one tab, in memory only. run_id: of the run that is shown. asks: what a version of a set
    asks. again: what grading that run again comes to, until it is confirmed. month: of the log, as
    it was worked out for a run and those beside it."""

    run_id: str | None = None
    planned: Planned | None = None
    asks: tuple[PlanKey, Asks] | None = None
    again: tuple[str, Plan] | None = None
    month: tuple[tuple[str, ...], Month] | None = None
