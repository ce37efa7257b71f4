"""The labelled answers as a baseline: ten of them, and a successor that loses some."""

import dataclasses
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from components.cases.case import Case, CaseSet, FinishedRun
from components.cases.changes import said
from components.cases.finished import report_of_finished
from components.cases.rehearsal.kept import kept_run, parameters_of
from components.cases.report.report import Report, report_of
from components.cases.report.words import compared_lines, setting_name
from components.cases.snapshot import asked_of
from components.cases.store import read_run, run_line
from components.chat.store import AttemptResult, StoredAttempt
from components.compare.spec import Column
from components.providers.endpoints import Endpoint
from tests.unit.cases.answered import numbered, stored

OPENAI = Endpoint("openai", base_url="https://api.openai.com/v1")
OLD = Column(OPENAI, "gpt-4o")
AT = datetime(2026, 11, 29, 12, tzinfo=UTC)


def attempt(text: str, answered: str = "gpt-4o", **other: object) -> StoredAttempt:
    figures = {"input_tokens": 800, "output_tokens": 20, "cost": Decimal("0.002"), "ms_total": 900}
    result = AttemptResult("ok", text, model_answered=answered, **(figures | other))  # type: ignore[arg-type]
    return StoredAttempt("t", "openai", "api.openai.com", "gpt-4o", {}, AT, None, None, {}, result)


def labelled(count: int) -> CaseSet:
    """Cases c1, c2 ... from answers labelled right."""
    cases = numbered(count)
    source = {"kind": "label", "marked": "right", "answer": "23"}
    return dataclasses.replace(
        cases, cases=tuple(dataclasses.replace(each, source=source) for each in cases.cases)
    )


def kept(cases: CaseSet, **answers: StoredAttempt) -> FinishedRun:
    attempts = {case.id: attempt("23") for case in cases.cases} | answers
    found = kept_run("Labelled answers", cases.cases, attempts, OLD)
    assert found
    return read_run(run_line(found))  # as the store gives it back


def beside(cases: CaseSet, lost: int, **answers: StoredAttempt) -> Report:
    """The successor, which loses so many, beside them."""
    says = {"gpt-6-luna": [["24"]] * lost + [["23"]] * (len(cases.cases) - lost)}
    run = stored(cases, says)
    before = report_of_finished(kept(cases, **answers), asked_of(run.snapshot))
    return report_of(run, before.columns)


@pytest.mark.parametrize(
    ("lost", "verdict"),
    [
        (6, "Worse: of 10 cases 6 lost right answers and 0 gained some (p 0.031)."),
        (5, "Not enough cases to tell: only 5 of 10 changed; up to "),
    ],
)
def test_a_successor_that_loses_six_of_ten_is_worse_and_with_five_it_is_open(
    lost: int, verdict: str
) -> None:
    (found,) = beside(labelled(10), lost).compared
    assert found.difference
    assert said("en", found.difference).startswith(verdict)
    gone = [each for each in found.changes if each.change == "lost"]
    assert len(gone) == lost
    assert [each.before.answers[0].text for each in gone] == ["23"] * lost
    assert [each.after.answers[0].text for each in gone] == ["24"] * lost


def test_money_tokens_and_time_of_then_stand_beside_those_of_now() -> None:
    (found,) = beside(labelled(4), 0).compared
    lines = list(compared_lines("en", found))
    assert lines[0] == "gpt-6-luna beside gpt-4o"
    assert "1,000 answers: $2.00 before, $10.00 after" in lines
    assert "Half within 0.9 s and 95% within 0.9 s before, 1.0 s and 1.0 s after" in lines
    assert (found.before.input_tokens, found.before.output_tokens) == (3200, 80)


def test_an_answer_of_then_that_another_model_gave_is_in_no_rate() -> None:
    report = beside(labelled(4), 0, c1=attempt("23", "gpt-5"))
    before = report.compared[0].before
    assert dict(before.others) == {"gpt-5": 1}
    assert (before.kinds["right"], before.kinds["other"]) == (3, 1)
    assert report.compared[0].open == ("c1",)


def test_answers_of_another_model_or_host_are_no_baseline() -> None:
    (case,) = numbered(1).cases
    other = Column(dataclasses.replace(OPENAI, base_url="https://a.example/v1"), "gpt-4o")
    assert kept_run("K", [case], {"c1": attempt("23")}, other) is None
    assert kept_run("K", [case], {"c1": attempt("23")}, Column(OPENAI, "gpt-5")) is None
    assert kept_run("K", [case], {}, OLD) is None


def test_a_bill_in_a_file_that_is_none_is_unknown() -> None:
    cases = labelled(1)
    run = kept(cases)
    bad = [{"cost_usd": "NaN"}, {"cost_usd": "-1"}, {"cost_usd": 3, "ms": "x"}, "no", {"ms": True}]
    asked = asked_of(stored(cases, {"gpt-6-luna": [["23"]]}).snapshot)
    for extra in bad:
        answer = dataclasses.replace(run.answers[0], extra={"bill": extra})
        (column,) = report_of_finished(dataclasses.replace(run, answers=(answer,)), asked).columns
        assert (column.cost, column.cost_unknown, column.latency) == (0, 1, None)
        assert setting_name("en", column.setting) == "gpt-4o"


def test_parameters_are_those_of_the_most_without_the_system_prompt() -> None:
    def asked(**parameters: object) -> Case:
        return Case("c", (), source={"parameters": parameters} if parameters else {})

    cases = [asked(temperature=0.2, max_tokens=50, system="s"), asked(temperature=0.2)]
    found, others = parameters_of([*cases, asked(temperature=0.2, effort=None), asked(new=1)])
    assert (found.temperature, found.max_tokens, found.system, others) == (0.2, None, "", 2)
    assert parameters_of([])[1] == 0
