"""The labelled answers as a finished run, and what they were asked with."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from components.cases.case import Case, FinishedAnswer, FinishedRun, Graded
from components.cases.finished import BILL
from components.chat.store import StoredAttempt, new_id
from components.compare.spec import Column
from components.providers.base import Parameters


def kept_run(
    name: str, cases: Iterable[Case], attempts: Mapping[str, StoredAttempt], column: Column
) -> FinishedRun | None:
    """The answers that the model gave, with their labels as verdicts, and their bills: a baseline
    without asking again. attempts: by case. None where it gave none of them."""
    answers = tuple(
        _answer(case, attempt)
        for case in cases
        if (attempt := attempts.get(case.id)) and _is_of(attempt, column)
    )
    if not answers:
        return None
    return FinishedRun(new_id(), name, column.model, answers)


def parameters_of(cases: Iterable[Case]) -> tuple[Parameters, int]:
    """With which most of them were asked, and how many were asked otherwise. The system prompt is
    the case's own."""
    known = {field.name for field in fields(Parameters)} - {"system"}
    asked: Counter[tuple[tuple[str, Any], ...]] = Counter()
    for case in cases:
        given = case.source.get("parameters")
        kept = given.items() if isinstance(given, Mapping) else ()
        said = {name: each for name, each in kept if name in known and each not in (None, False)}
        asked[tuple(sorted(said.items()))] += 1
    if not asked:
        return Parameters(), 0
    (most, count), *_ = asked.most_common(1)
    return Parameters(**dict(most)), asked.total() - count


def _is_of(attempt: StoredAttempt, column: Column) -> bool:
    return (attempt.model, attempt.host) == (column.model, column.endpoint.host)


def _answer(case: Case, attempt: StoredAttempt) -> FinishedAnswer:
    result = attempt.result
    usage = {"prompt_tokens": result.input_tokens, "completion_tokens": result.output_tokens}
    bill = {"cost_usd": None if result.cost is None else str(result.cost), "ms": result.ms_total}
    return FinishedAnswer(
        case.id,
        result.text,
        (Graded("label", "wrong" if case.source.get("marked") == "wrong" else "right"),),
        result.model_answered or "",
        result.finish_reason or "",
        {name: count for name, count in usage.items() if count is not None},
        created_at=attempt.started_at.timestamp(),
        extra={BILL: {name: each for name, each in bill.items() if each is not None}},
    )
