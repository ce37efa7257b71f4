"""Models that retire, their successors, and what a rehearsal says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from components.cases.case import Image, Message
from components.cases.rehearsal import ending_line, endings, successors_among
from components.cases.rehearsal.retiring import of_late
from components.cases.report.report import report_of
from components.cases.report.successors import cheapest_that_keeps, successor_lines
from components.cases.report.words import compared_lines
from components.compare.spec import Column
from components.providers.endpoints import Endpoint
from tests.unit.cases.answered import numbered, stored
from tests.unit.chat.pictures import picture

PNG = picture(64, 48)
OPENAI = Endpoint("openai", base_url="https://api.openai.com/v1")
AZURE = Endpoint("azure", base_url="https://mine.openai.azure.com/openai/v1")
R, W = "23", "24"


def test_what_ends_within_60_days_is_told_with_its_successors() -> None:
    columns = [Column(OPENAI, "gpt-4o"), Column(OPENAI, "gpt-5"), Column(OPENAI, "gpt-6-luna")]
    found = endings(columns, today=date(2026, 11, 30))
    assert [each.column.model for each in found] == ["gpt-5", "gpt-4o"]
    assert found[0].official
    assert ending_line("en", found[1]) == (
        "gpt-4o retires at api.openai.com on 2027-01-14. "
        "Recommended instead: gpt-6-luna or gpt-6.1-sol."
    )
    assert ending_line("zh", found[0]) == (
        "gpt-5 将于 2026-12-11 在 api.openai.com 下线。推荐改用 gpt-6.1-sol。"
    )


def test_a_day_is_the_hosts_and_the_endpoints_own_word_counts_more() -> None:
    azure = Column(AZURE, "gpt-4o")
    (gone,) = endings([azure], today=date(2026, 11, 30))
    assert (gone.over, gone.day) == (True, date(2026, 10, 1))
    assert endings([azure], {"gpt-4o": date(2027, 6, 1)}, date(2026, 11, 30)) == []


def test_the_cheapest_successor_that_loses_nothing() -> None:
    cases = numbered(4)
    says = {"gpt-4o": [[R]] * 4, "gpt-4.1": [[W], [R], [R], [R]], "gpt-5": [[R]] * 4}
    report = report_of(stored(cases, says))
    best = cheapest_that_keeps(report)
    assert best
    assert best.after.setting.model == "gpt-5"
    assert list(successor_lines("en", report)) == [
        "Cheapest that loses nothing: gpt-5, $10.00 for 1,000 answers."
    ]
    lost = report_of(stored(cases, {**says, "gpt-5": [[W]] * 4}))
    assert list(successor_lines("en", lost)) == ["Every setting loses or shakes a case."]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_silent_successor_is_said(lang: str) -> None:
    report = report_of(stored(numbered(2), {"gemini-2.5-pro": [["gemini-3.8-flash: 23"], [R]]}))
    (line,) = successor_lines(lang, report)
    assert "gemini-3.8-flash" in line


def test_a_silent_successors_money_time_and_tokens_are_in_no_rate_of_the_model_asked() -> None:
    says = {"gemini-2.5-pro": [[R], ["gemini-3.8-flash: 23"]]}
    run = stored(numbered(2), says)
    dear = {"cost": Decimal(3), "ms_total": 90_000, "input_tokens": 10**6, "output_tokens": 10**6}
    answers = tuple(
        replace(each, result=replace(each.result, **dear))  # type: ignore[type-var]
        if each.result and each.result.model_answered == "gemini-3.8-flash"
        else each
        for each in run.answers
    )
    (column,) = report_of(replace(run, answers=answers)).columns
    assert column.cost == Decimal("3.01"), "it was paid all the same"
    assert column.per_thousand == Decimal(10)
    assert column.latency
    assert column.latency.p95 == 1000
    assert (column.input_tokens, column.output_tokens) == (0, 0)


def test_money_and_time_stand_beside_the_verdict() -> None:
    report = report_of(stored(numbered(3), {"gpt-4o": [[R]] * 3, "gpt-4.1": [[R]] * 3}))
    lines = list(compared_lines("en", report.compared[0]))
    assert "1,000 answers: $10.00 before, $10.00 after" in lines
    assert "Half within 1.0 s and 95% within 1.0 s before, 1.0 s and 1.0 s after" in lines


def test_recommended_ones_are_taken_where_they_are_offered_here_first() -> None:
    (ending,) = endings([Column(OPENAI, "gpt-4o")], today=date(2026, 11, 30))
    elsewhere, other = Column(AZURE, "gpt-6-luna"), Column(OPENAI, "gpt-5.4")
    luna, sol = Column(OPENAI, "gpt-6-luna"), Column(OPENAI, "gpt-6.1-sol")
    assert successors_among(ending, [elsewhere, sol, other, luna]) == [luna, sol]
    assert successors_among(ending, [other, elsewhere]) == [elsewhere]
    assert successors_among(ending, [other]) == []


def test_what_has_been_gone_for_long_is_no_news() -> None:
    found = endings([Column(AZURE, "gpt-4o")], today=date(2026, 11, 30))
    assert of_late(found, date(2026, 11, 30)) == found
    assert of_late(found, date(2026, 12, 1)) == []


def test_what_changed_in_the_request_is_said() -> None:
    cases = numbered(2)
    pictured = replace(cases.cases[0], input=(Message("user", (Image("images/x.png"),)),))
    cases = replace(cases, cases=(pictured, cases.cases[1]), images={"images/x.png": PNG})
    run = stored(cases, {"gpt-4o": [[R]] * 2, "gpt-6-luna": [[R]] * 2})
    answers = tuple(
        replace(a, result=replace(a.result, left_out=("temperature", "max_tokens")))
        if a.column == 1 and a.result
        else a
        for a in run.answers
    )
    lines = list(successor_lines("en", report_of(replace(run, answers=answers))))
    assert "gpt-6-luna doesn't take temperature: left out 2 times." in lines
    (auto,) = [line for line in lines if line.startswith("Detail auto")]
    assert auto == "Detail auto: gpt-4o takes it for high, gpt-6-luna for original."
