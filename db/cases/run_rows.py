"""Rows of runs as the value types of components.cases.store, and back."""

import dataclasses
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from components.cases.store.runs import Answer, CaseRun, Decided, RunSummary, Setting
from components.chat.store import AttemptResult
from db.conversations.rows import AnyRow, is_stale, result_values

_RESULT = tuple(f.name for f in dataclasses.fields(AttemptResult))
_NO_RESULT = {**result_values(AttemptResult("running", "")), "outcome": None}
_PLAIN = ("created_at", "digest", "set_id", "repeats", "lang", "budget", "fresh", "held", "name")
_ASKED = (
    "id",
    "case",
    "column",
    "repeat",
    "rotation",
    "judges",
    "grader",
    "vote",
    "estimated_input_tokens",
    "estimated_cost",
    "reserved",
    "prices",
)
_KEPT = ("body", "kept_from", "kept_cost", "kept_at")
OPEN = ("waiting", "running")


def run_values(run: CaseRun) -> dict[str, object]:
    """`run` as columns of case_runs."""
    values = {name: getattr(run, name) for name in ("id", "parameters", *_PLAIN)}
    for name in ("settings", "judges"):
        values[name] = [dataclasses.asdict(each) for each in getattr(run, name)]
    return values


def run(row: AnyRow) -> CaseRun:
    """A row of case_runs."""
    values = {name: getattr(row, name) for name in ("id", "parameters", *_PLAIN)}
    settings, judges = (tuple(map(_setting, each)) for each in (row.settings, row.judges))
    return CaseRun(settings=settings, judges=judges, **values)


def new_values(answer: Answer, host: str) -> dict[str, object]:
    """`answer` as columns of case_answers, as it is planned, or taken from an earlier run. host: of
    its endpoint."""
    values = {name: getattr(answer, name) for name in _ASKED}
    return values | {"host": host} | (ended_values(answer) if answer.ended else open_values())


def open_values() -> dict[str, object]:
    """The columns of an answer when nothing has come yet."""
    return {
        "state": "waiting",
        "verdict": None,
        "graded": None,
        "body": "",
        "kept_from": "",
        "kept_cost": None,
        "kept_at": None,
        **_NO_RESULT,
    }


def ended_values(answer: Answer) -> dict[str, object]:
    """The columns of an answer that has ended."""
    assert answer.result is not None
    values = {name: getattr(answer, name) for name in ("state", *_KEPT)}
    return values | graded_values(answer.graded) | result_values(answer.result)


def graded_values(graded: Any) -> dict[str, object]:
    return {"graded": dict(graded) if graded else None, "verdict": (graded or {}).get("verdict")}


def answer(row: AnyRow, stale: bool, decided: Decided | None = None) -> Answer:
    """A row of case_answers. Nothing is written where it is stale: whoever asks it can still finish
    it."""
    cut = stale and row.state == "running"
    result = result_of(row, "interrupted" if cut else "running") if _said(row) else None
    return Answer(
        state="interrupted" if cut else row.state,
        result=result,
        graded=row.graded,
        decided=decided,
        **{name: getattr(row, name) for name in (*_ASKED, *_KEPT)},
    )


def result_of(row: AnyRow, otherwise: str = "running") -> AttemptResult:
    """The answer's columns of a row. otherwise: the outcome, where it has none yet."""
    values = {name: getattr(row, name) for name in _RESULT}
    values |= {"outcome": row.outcome or otherwise, "left_out": tuple(row.left_out)}
    return AttemptResult(**values)


def summary(row: AnyRow, states: Sequence[AnyRow], now: datetime) -> RunSummary:
    """A row of case_runs; states: state, verdict, cost and `judges` of each request."""
    all_states = Counter(each.state for each in states)
    found = Counter(each.state for each in states if not each.judges)
    verdicts = Counter(each.verdict for each in states)
    costs = [each.cost for each in states if each.cost is not None]
    return RunSummary(
        run=run(row),
        answers=found.total(),
        ended=found.total() - found["waiting"] - found["running"],
        failed=found["failed"] + found["interrupted"],
        right=verdicts["right"],
        wrong=verdicts["wrong"],
        unsure=verdicts["unsure"],
        cost=sum(costs, Decimal(0)),
        running=is_running(row, all_states, now),
    )


def is_running(row: AnyRow, states: Counter[str], now: datetime) -> bool:
    """Whether somebody is at it; one that is held only until what is out has come."""
    waited_for = states["running"] + (0 if row.held else states["waiting"])
    return bool(waited_for) and not is_stale(row.heartbeat_at, now)


def _said(row: AnyRow) -> bool:
    return row.state == "running" or row.outcome is not None


def _setting(values: dict[str, Any]) -> Setting:
    crop = values.get("crop")
    return Setting(**{**values, "crop": tuple(crop) if crop else None})
