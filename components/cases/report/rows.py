"""A row per answer, for a spreadsheet."""

from collections.abc import Iterator

from components.cases.report.report import Report
from components.cases.report.words import judges_of, question, why
from components.cases.results import kind_of, other_model
from components.cases.store.runs import Answer
from components.cases.wording import expectation
from components.text import csv_table

COLUMNS = (
    "run_id",
    "created_at",
    "set",
    "case",
    "version",
    "group",
    "tags",
    "question",
    "images",
    "expected",
    "endpoint",
    "host",
    "model",
    "model_answered",
    "other_model",
    "detail",
    "system",
    "prompt",
    "crop",
    "repeat",
    "rotation",
    "kind",
    "state",
    "verdict",
    "score",
    "why",
    "judge",
    "decided_by",
    "answer",
    "outcome",
    "code",
    "status",
    "attempts",
    "kept_from",
    "kept_at",
    "kept_cost_usd",
    "ms_first",
    "ms_total",
    "usage_source",
    "input_tokens",
    "cached_tokens",
    "cache_write_tokens",
    "image_tokens",
    "output_tokens",
    "reasoning_tokens",
    "cost_usd",
    "estimated_input_tokens",
    "estimated_cost_usd",
    "request_id",
    "body_sha256",
)


def report_csv(report: Report, lang: str) -> Iterator[bytes]:
    """CSV in UTF-8 with a heading, in pieces. Unknown is an empty cell, never 0. Text that a
    spreadsheet would take for a formula gets an apostrophe before it."""
    return csv_table(COLUMNS, (_values(report, answer, lang) for answer in report.answers))


def _values(report: Report, answer: Answer, lang: str) -> dict[str, object]:
    run, case = report.run, report.asked.cases[answer.case]
    setting, result = run.settings[answer.column], answer.result
    return {
        **(vars(result) if result else {}),
        **vars(setting),
        "run_id": run.id,
        "created_at": run.created_at,
        "set": run.name,
        "case": case.id,
        "version": report.asked.versions[answer.case],
        "group": case.group,
        "tags": ", ".join(case.tags),
        "question": question(case),
        "images": ", ".join(image.image[:80] for image in case.images),
        "expected": expectation(lang, report.asked.graders(answer.case)),
        "other_model": other_model(answer, setting.model),
        "crop": ", ".join(map(str, setting.crop)) if setting.crop else None,
        "repeat": answer.repeat,
        "rotation": answer.rotation,
        "kind": kind_of([answer], setting),
        "state": answer.state,
        "verdict": answer.graded["verdict"] if answer.graded else None,
        "score": answer.graded["score"] if answer.graded else None,
        "why": why(lang, answer),
        "judge": ", ".join(judges_of(answer)),
        "decided_by": answer.decided.by if answer.decided else None,
        "answer": answer.text,
        "kept_from": answer.kept_from,
        "kept_at": answer.kept_at,
        "kept_cost_usd": answer.kept_cost,
        "cost_usd": result.cost if result else None,
        "estimated_input_tokens": answer.estimated_input_tokens,
        "estimated_cost_usd": answer.estimated_cost,
        "body_sha256": answer.body,
    }
