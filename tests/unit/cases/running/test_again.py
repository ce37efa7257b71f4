"""A run graded again, by what its set expects now: only judges are asked."""

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from components.cases.again import graded_again
from components.cases.case import CaseSet
from components.cases.errors import CaseError
from components.cases.results import results
from components.cases.snapshot import asked_of
from components.cases.store.runs import StoredRun, verdict_of
from components.compare.spec import Column
from tests.support.loopback import answer, error
from tests.unit.cases.running.making import (
    Answering,
    Asking,
    case,
    case_set,
    done,
    question_of,
    states,
)


def again(
    asking: Asking, stored: StoredRun, cases: CaseSet, judges: Mapping[str, Column] | None = None
) -> StoredRun:
    made = graded_again(stored, cases, judges or {})
    done(asking.runs.start("me", made, asking.make))
    return asking.kept_of("me", made.run.id)


def test_other_graders_are_other_verdicts_and_nothing_is_asked(
    asking: Asking, server: Answering
) -> None:
    cases = case_set(3, image=True)
    first = asking.start(cases, "gpt-4o", "gpt-4.1", repeats=2, detail="low")
    done(first)
    before = asking.kept(first)
    other = tuple(case(f"c{n:02}", ("24",), image=True) for n in (2, 1, 3, 4))
    found = again(asking, before, replace(cases, cases=other))
    assert len(server.asked()) == 12
    assert {verdict_of(each) for each in found.answers} == {"wrong"}
    assert states(found.answers) == ["ok"] * 12
    assert found.run.settings == before.run.settings
    assert found.run.id != before.run.id
    assert {verdict_of(each) for each in asking.kept(first).answers} == {"right"}
    column = results(found.run, asked_of(found.snapshot), found.answers)[0]
    assert (column.cost, column.kept) == (0, 6)
    assert column.kept_cost == sum(
        each.result.cost for each in before.answers if each.column == 0 and each.result
    )
    twice = again(asking, found, cases)
    assert {verdict_of(each) for each in twice.answers} == {"right"}
    assert {each.kept_from for each in twice.answers} == {each.id for each in before.answers}


def test_what_asks_something_else_or_was_never_answered_is_left_out(
    asking: Asking, server: Answering
) -> None:
    server.say = lambda body: (
        error(401, message="no") if question_of(body) == "Question c02" else answer("23")
    )
    run = asking.start(case_set(3))
    done(run)
    edited = replace(case("c03"), input=case("other").input)
    now = case_set(cases=(case("c01"), case("c02"), edited))
    found = again(asking, asking.kept(run), now)
    asked = asked_of(found.snapshot)
    assert [asked.cases[each.case].id for each in found.answers] == ["c01"]
    assert len(server.asked()) == 3
    with pytest.raises(CaseError) as caught:
        graded_again(asking.kept(run), case_set(cases=(case("c02"), edited)), {})
    assert caught.value.code == "case_none_again"


def test_a_rubric_asks_its_judge_about_the_answers_that_are_there(
    asking: Asking, server: Answering
) -> None:
    run = asking.start(case_set(2))
    done(run)
    told = json.dumps({"reason": "A number.", "verdict": "right"})
    server.say = lambda body: answer(told, model=body["model"])
    rubric = {"grader": "rubric", "text": "Says a number.", "judge": "gpt-4.1"}
    now = case_set(cases=tuple(case(f"c{n:02}", (rubric,)) for n in (1, 2)))
    judges = {"gpt-4.1": Column(asking.endpoint, "gpt-4.1")}
    made = graded_again(asking.kept(run), now, judges)
    assert [verdict_of(each) for each in made.answers] == ["unsure", "unsure"]
    assert sum(each.reserved or 0 for each in made.judgements) > Decimal(0)
    found = again(asking, asking.kept(run), now, judges)
    assert [each.body["model"] for each in server.asked()] == ["gpt-4o"] * 2 + ["gpt-4.1"] * 2
    assert [verdict_of(each) for each in found.answers] == ["right", "right"]
