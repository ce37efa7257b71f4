"""What the answers of a run come to, and two runs beside each other, in words."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from components.cases.changes import compared, said
from components.cases.report.report import Report, report_of
from components.cases.report.words import column_lines, compared_lines
from components.cases.results import ColumnResult, results
from components.cases.snapshot import asked_of
from components.cases.store.runs import Decided, StoredRun
from tests.unit.cases.answered import numbered, stored
from tests.unit.cases.running.making import case, case_set

R, W = "23", "24"


def of(run: StoredRun) -> ColumnResult:
    return results(run.run, asked_of(run.snapshot), run.answers)[0]


def beside(before: list[str], after: list[str]) -> Report:
    """One try a case, the same cases."""
    cases = numbered(len(before))
    first = stored(cases, {"gpt-4o": [[each] for each in before]})
    second = stored(cases, {"gpt-4.1": [[each] for each in after]})
    return report_of(second, [of(first)])


def test_a_case_is_right_wavers_or_is_wrong_and_errors_are_none_of_them() -> None:
    run = stored(numbered(5), {"gpt-4o": [[R, R], [R, W], [W, W], ["!", R], ["!", "!"]]}, repeats=2)
    found = of(run)
    assert [each.state for each in found.cases] == ["right", "wavers", "wrong", "right", None]
    assert dict(found.states) == {"right": 2, "wavers": 1, "wrong": 1}
    assert (found.kinds["right"], found.kinds["wrong"], found.kinds["error"]) == (4, 3, 3)
    assert not found.complete
    assert (round(found.rate.low, 3), round(found.rate.high, 3)) == (0.150, 0.850)
    assert found.share_right() == 0.5
    assert found.share_right(Fraction(1, 2)) == 0.75
    assert found.repeats == 1, "one case was answered once"


def test_pass_hat_and_time_are_of_all_repeats() -> None:
    found = of(stored(numbered(2), {"gpt-4o": [[R, R, R], [R, R, W]]}, repeats=3))
    assert (found.repeats, found.pass_hat) == (3, 0.5)
    assert found.disagreement == pytest.approx(1 / 3)
    assert found.latency
    assert (found.latency.p50, found.latency.p95) == (1000, 1000)


def test_another_models_answers_are_in_no_rate() -> None:
    run = stored(
        numbered(3),
        {"gemini-2.5-pro": [[R], ["gemini-3.8-flash: 23"], ["gemini-3.8-flash: 24"]]},
    )
    found = of(run)
    assert found.kinds["other"] == 2
    assert dict(found.others) == {"gemini-3.8-flash": 2}
    assert (found.states["right"], len(found.answered)) == (1, 1)
    lines = list(column_lines("en", found))
    assert "gemini-3.8-flash answered 2 times instead; these aren't in the rate" in lines
    assert lines[0].startswith("1 of 1 cases right")


def test_declined_answers_have_their_own_column_and_count_as_not_right() -> None:
    found = of(stored(numbered(2), {"gpt-4o": [[R], ["I'm sorry, I can't help with that."]]}))
    assert (found.kinds["refused"], found.kinds["wrong"]) == (1, 0)
    assert (found.states["right"], len(found.answered)) == (1, 2)


def test_a_persons_verdict_comes_before_the_graders() -> None:
    run = stored(numbered(1), {"gpt-4o": [[W]]})
    decided = Decided("right", "Ada", datetime.now(UTC))
    run = replace(run, answers=tuple(replace(each, decided=decided) for each in run.answers))
    assert of(run).states["right"] == 1


@pytest.mark.parametrize(
    ("lost", "word", "sentence"),
    [
        (6, "worse", "Worse: of 10 cases 6 lost right answers and 0 gained some (p 0.031)."),
        (5, "not_enough", "Not enough cases to tell: only 5 of 10 changed;"),
    ],
)
def test_six_lost_of_ten_are_proof_and_five_are_not(lost: int, word: str, sentence: str) -> None:
    report = beside([R] * 10, [W] * lost + [R] * (10 - lost))
    (found,) = report.compared
    assert found.difference
    assert found.difference.said == word
    assert said("en", found.difference).startswith(sentence)
    assert found.counts["lost"] == lost
    shown = [each for each in found.changes if each.change == "lost"]
    assert [each.before.answers[0].text for each in shown] == [R] * lost
    assert [each.after.answers[0].text for each in shown] == [W] * lost


def test_lost_shaken_and_gained() -> None:
    cases = numbered(4)
    first = stored(cases, {"gpt-4o": [[R, R], [R, R], [W, W], [R, W]]}, repeats=2)
    second = stored(cases, {"gpt-4o": [[W, W], [R, W], [R, R], [R, W]]}, repeats=2)
    (found,) = compared(of(first), [of(second)])
    assert [each.change for each in found.changes] == ["lost", "shaken", "gained", "same"]


def test_new_removed_and_edited_cases_stand_apart() -> None:
    first = stored(numbered(3), {"gpt-4o": [[R]] * 3})
    changed = case_set(cases=(case("c1"), case("c2", ("24",)), case("c4")))
    second = stored(changed, {"gpt-4o": [[R]] * 3})
    (found,) = compared(of(first), [of(second)])
    assert (found.added, found.removed, found.edited) == (("c4",), ("c3",), ("c2",))
    assert [each.after.id for each in found.changes] == ["c1"]


def test_several_successors_are_adjusted_for_being_several() -> None:
    cases, answers = numbered(10), [[W]] * 6 + [[R]] * 4
    run = stored(cases, {"gpt-4o": [[R]] * 10, "gpt-4.1": answers, "gpt-5": answers})
    found = report_of(run).compared
    assert [round(each.difference.p, 4) for each in found if each.difference] == [0.0625] * 2
    assert [each.difference.said for each in found if each.difference] != ["worse"] * 2


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([R] * 10, [W] * 6 + [R] * 4),
        ([W] * 10, [R] * 6 + [W] * 4),
        ([R] * 80, [R] * 80),
        ([R] * 5, [R] * 5),
        ([R] * 20 + [W] * 20, [W] * 5 + [R] * 15 + [R] * 5 + [W] * 15),
        ([R] * 60, [W] * 5 + [R] * 55),
    ],
)
def test_every_verdict_is_said_in_both_languages(
    lang: str, before: list[str], after: list[str]
) -> None:
    report = beside(before, after)
    lines = [line for found in report.compared for line in compared_lines(lang, found)]
    lines += [line for column in report.columns for line in column_lines(lang, column)]
    assert len(lines) >= 5
    assert not [line for line in lines if "{" in line]
