"""A finished run that came with a set, as results: a baseline without paying again."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from components.cases.case import FinishedAnswer, FinishedRun
from components.cases.report.report import Report
from components.cases.results import ColumnResult, results
from components.cases.snapshot import Asked
from components.cases.store.runs import Answer, CaseRun, Setting
from components.runner.types import AttemptResult

BILL = "bill"
"""In `extra` of an answer that was given here: cost_usd as text, ms."""


def columns_of_finished(run: FinishedRun, asked: Asked) -> tuple[ColumnResult, ...]:
    """One column: its verdicts as they stand there, of the cases that are asked now."""
    return report_of_finished(run, asked).columns


def report_of_finished(run: FinishedRun, asked: Asked) -> Report:
    """With its answers, so that they can stand beside others."""
    begun = datetime.fromtimestamp(run.created_at or 0, UTC)
    name = run.model or run.name or run.id
    kept = CaseRun(run.id, begun, run.name, "", (Setting("", "", name),))
    places = {case.id: n for n, case in enumerate(asked.cases)}
    repeats: Counter[int] = Counter()
    answers = []
    for answer in run.answers:
        if (place := places.get(answer.case)) is not None:
            repeats[place] += 1
            answers.append(_answer(answer, place, repeats[place]))
    return Report(kept, asked, tuple(answers), results(kept, asked, answers))


def _answer(answer: FinishedAnswer, place: int, repeat: int) -> Answer:
    graded: dict[str, Any] = {
        "verdict": answer.verdict,
        "score": None,
        "code": "as_kept",
        "data": {},
        "facts": {},
    }
    return Answer(
        f"{place}-{repeat}",
        place,
        0,
        repeat,
        state="failed" if answer.error else "ok",
        result=_result(answer),
        graded=None if answer.error else graded,
    )


def _result(answer: FinishedAnswer) -> AttemptResult:
    told = answer.extra.get(BILL)
    bill: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    return AttemptResult(
        "failed" if answer.error else "ok",
        answer.text,
        model_answered=answer.model or None,
        finish_reason=answer.finish or None,
        ms_total=_count(bill.get("ms")),
        input_tokens=_count(answer.usage.get("prompt_tokens")),
        output_tokens=_count(answer.usage.get("completion_tokens")),
        cost=_money(bill.get("cost_usd")),
    )


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _money(value: object) -> Decimal | None:
    """Of a file: it may say anything."""
    try:
        money = Decimal(value) if isinstance(value, str) and len(value) < 40 else None
    except InvalidOperation:
        return None
    return money if money is not None and money.is_finite() and money >= 0 else None
