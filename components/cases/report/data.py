"""A report as JSON, and its results back out of it."""

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from components.cases.changes import Compared, said
from components.cases.errors import CaseError
from components.cases.judging.checked import Checked
from components.cases.report.report import Report
from components.cases.report.words import why
from components.cases.results import KINDS, CaseResult, ColumnResult
from components.cases.statistics.rate import Latency
from components.cases.store.runs import Answer, Setting

FORMAT, VERSION = "tuwen-case-report", 1


def report_json(report: Report, lang: str) -> Iterator[bytes]:
    """Money in USD as text, so that none of it is lost; times in ms."""
    run = report.run
    data = {
        "format": FORMAT,
        "version": VERSION,
        "run": {
            "id": run.id,
            "set": run.name,
            "created_at": run.created_at.isoformat(timespec="seconds"),
            "repeats": run.repeats,
            "budget": run.budget,
            "held": run.held,
            "parameters": run.parameters,
        },
        "columns": [_column(column, lang) for column in report.columns],
        "judges": [_judge(report, n) for n in range(len(report.run.judges))],
        "compared": [_compared(each, lang) for each in report.compared],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str)
    yield text.encode("utf-8", "replace")


def read_columns(data: bytes, name: str) -> tuple[ColumnResult, ...]:
    """The results in a report that `report_json` wrote, without texts: a baseline. Raises CaseError
    (case_report)."""
    try:
        found = json.loads(data)
        if found["format"] != FORMAT or found["version"] != VERSION:
            raise ValueError(found["version"])
        columns = tuple(_read(n, each) for n, each in enumerate(found["columns"]))
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError):
        raise CaseError("case_report", name=name) from None
    if not columns:
        raise CaseError("case_report", name=name)
    return columns


def _column(column: ColumnResult, lang: str) -> dict[str, Any]:
    rate, mean, latency = column.rate, column.mean, column.latency
    return {
        "setting": dataclasses.asdict(column.setting),
        "cases_answered": len(column.answered),
        "states": dict(column.states),
        "kinds": {kind: column.kinds[kind] for kind in KINDS},
        "rate": [rate.low, rate.high],
        "mean": {"value": mean.value, "error": mean.error} if mean else None,
        "repeats": column.repeats,
        "pass_hat": column.pass_hat,
        "disagreement": column.disagreement,
        "other_models": dict(column.others),
        "latency_ms": {"p50": latency.p50, "p95": latency.p95} if latency else None,
        "cost_usd": column.cost,
        "cost_unknown": column.cost_unknown,
        "other_cost_usd": column.other_cost,
        "other_cost_unknown": column.other_unknown,
        "kept": column.kept,
        "kept_cost_usd": column.kept_cost,
        "input_tokens": column.input_tokens,
        "output_tokens": column.output_tokens,
        "cases": [_case(case, lang) for case in column.cases],
    }


def _judge(report: Report, n: int) -> dict[str, Any]:
    judge = report.run.judges[n]
    mine = [each for each in report.judgements if each.column == len(report.run.settings) + n]
    ended = [each.result for each in mine if each.result and each.state in ("ok", "failed")]
    costs = [each.cost for each in ended if each.cost is not None]
    found = report.checked.get(judge.model, Checked())
    return {
        "model": judge.model,
        "host": judge.host,
        "requests": len(mine),
        "ended": len(ended),
        "cost_usd": sum(costs, Decimal(0)),
        "cost_unknown": len(ended) - len(costs),
        "labelled": found.labelled,
        "agreed": found.same,
        "interval": [found.rate.low, found.rate.high] if found.enough else None,
        "kappa": found.kappa if found.enough else None,
    }


def _case(case: CaseResult, lang: str) -> dict[str, Any]:
    return {
        "id": case.id,
        "version": case.version,
        "group": case.group,
        "state": case.state,
        "kinds": list(case.kinds),
        "answers": [_answer(answer, lang) for answer in case.answers],
    }


def _answer(answer: Answer, lang: str) -> dict[str, Any]:
    result = answer.result
    return {
        "id": answer.id,
        "repeat": answer.repeat,
        "state": answer.state,
        "text": answer.text,
        "verdict": answer.graded["verdict"] if answer.graded else None,
        "decided": dataclasses.asdict(answer.decided) if answer.decided else None,
        "why": why(lang, answer),
        "graded": dict(answer.graded) if answer.graded else None,
        "model_answered": result.model_answered if result else None,
        "cost_usd": result.cost if result else None,
        "ms_total": result.ms_total if result else None,
        "kept_from": answer.kept_from or None,
    }


def _compared(found: Compared, lang: str) -> dict[str, Any]:
    difference = found.difference
    return {
        "before": dataclasses.asdict(found.before.setting),
        "after": dataclasses.asdict(found.after.setting),
        "said": difference.said if difference else None,
        "sentence": said(lang, difference) if difference else None,
        "p": difference.p if difference else None,
        "difference": difference.value if difference else None,
        "interval": [difference.interval.low, difference.interval.high] if difference else None,
        "changes": {
            change: [each.after.id for each in found.changes if each.change == change]
            for change in ("lost", "shaken", "gained")
        },
        **{name: list(getattr(found, name)) for name in ("added", "removed", "edited", "open")},
    }


def _read(n: int, data: Mapping[str, Any]) -> ColumnResult:
    cases = tuple(
        CaseResult(place, str(c["id"]), str(c["version"]), str(c["group"]), (), _kinds(c["kinds"]))
        for place, c in enumerate(data["cases"])
    )
    setting = Setting(**data["setting"])
    crop = setting.crop
    setting = dataclasses.replace(setting, crop=tuple(crop) if crop else None)  # type: ignore[arg-type]
    return ColumnResult(
        column=n,
        setting=setting,
        cases=cases,
        kinds=Counter(kind for case in cases for kind in case.kinds),
        kept=int(data["kept"]),
        kept_cost=Decimal(str(data["kept_cost_usd"])),
        cost=Decimal(str(data["cost_usd"])),
        cost_unknown=int(data["cost_unknown"]),
        others=Counter(),
        latency=Latency(**data["latency_ms"]) if data["latency_ms"] else None,
        input_tokens=int(data["input_tokens"]),
        output_tokens=int(data["output_tokens"]),
        other_cost=Decimal(str(data.get("other_cost_usd", 0))),
        other_unknown=int(data.get("other_cost_unknown", 0)),
    )


def _kinds(given: Any) -> Any:
    if not isinstance(given, list) or not set(given) <= set(KINDS):
        raise ValueError(given)
    return tuple(given)
