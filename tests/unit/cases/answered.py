"""Runs that have been asked, made without asking."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from components.cases.case import CaseSet
from components.cases.grading import graded
from components.cases.plan import Plan
from components.cases.store.runs import Answer, StoredRun
from components.runner.types import AttemptResult
from tests.unit.cases.running.making import case, case_set, planned


def numbered(count: int) -> CaseSet:
    """Cases c1, c2 ... to which "23" is right."""
    return case_set(cases=tuple(case(f"c{n}") for n in range(1, count + 1)))


def ok(answer: Answer, text: str, model: str, **other: object) -> Answer:
    values = {"model_answered": model, "cost": Decimal("0.01"), "ms_total": 1000, "attempts": 1}
    result = AttemptResult("ok", text, **(values | other))  # type: ignore[arg-type]
    return replace(answer, state="ok", result=result)


def stored(
    cases: CaseSet,
    says: Mapping[str, Sequence[Sequence[str]]],
    repeats: int = 1,
) -> StoredRun:
    """A run in which a model says these texts, by model: of each case in order one for each
    repeat; "!" is an error, "" not asked, "model: text" another model's answer."""
    made = planned(cases, *says, repeats=repeats)
    answers = []
    for answer in made.answers:
        model = made.run.settings[answer.column].model
        text = says[model][answer.case][answer.repeat - 1]
        answers.append(_answered(made, answer, text, model))
    return StoredRun(made.run, made.snapshot, tuple(answers), running=False)


def _answered(made: Plan, answer: Answer, text: str, model: str) -> Answer:
    if text == "":
        return answer
    if text == "!":
        result = AttemptResult("failed", "", code="auth", status=401, cost=Decimal(0), attempts=1)
        return replace(answer, state="failed", result=result)
    if ": " in text:
        model, _, text = text.partition(": ")
    found = ok(answer, text, model)
    return replace(found, graded=graded(made.asked, made.run, [found]))
