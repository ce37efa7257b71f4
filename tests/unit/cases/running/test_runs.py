"""Runs of cases asked of a real server: all of them, within a budget, held, taken up, kept."""

import base64
import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image

from components.cases.errors import CaseError
from components.cases.grading import grade_again
from components.cases.price import whole
from components.cases.snapshot import asked_of
from components.cases.store.runs import verdict_of
from components.graders import GraderError
from components.providers.base import Parameters
from tests.support.loopback import Reply, answer, error
from tests.support.waiting import until
from tests.unit.cases.running.making import (
    Answering,
    Asking,
    case,
    case_set,
    done,
    planned,
    question_of,
    states,
    watched,
)


def size_of(url: str) -> tuple[int, int]:
    """In pixels, of an image as a data URL."""
    return Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).size


def test_thirty_cases_by_two_models_three_times_are_180_requests_four_at_once(
    asking: Asking, server: Answering
) -> None:
    server.say = lambda body: answer("23", pause=0.002, model=body["model"])
    run = asking.start(case_set(30, image=True), "gpt-4o", "gpt-4.1", repeats=3)
    now = done(run, 60)
    assert states(now.answers) == ["ok"] * 180
    assert len(server.asked()) == 180
    assert server.most <= 4
    kept = asking.kept(run)
    assert kept.answers == now.answers
    assert {verdict_of(each) for each in kept.answers} == {"right"}
    assert not kept.running


def test_at_its_budget_nothing_more_leaves_and_with_more_money_it_goes_on(
    asking: Asking, server: Answering
) -> None:
    cases = case_set(60, cases=tuple(case(f"c{n}", ("x",)) for n in range(60)))
    made = planned(cases, endpoint=asking.endpoint)
    tokens = made.answers[0].estimated_input_tokens
    assert tokens
    # As much as makes a cent of it, reserved as billed.
    output = (10_000 - tokens * 5 // 2) // 10
    cent = Decimal(tokens) * Decimal("0.0000025") + output * Decimal("0.00001")
    server.say = lambda body: answer("x", tokens=(tokens, output), model=body["model"])
    made = planned(
        cases,
        endpoint=asking.endpoint,
        repeats=3,
        budget=5 * cent,
        parameters=Parameters(max_tokens=output),
    )
    assert {each.reserved for each in made.answers} == {cent}
    run = asking.runs.start("me", made, asking.make)
    now = done(run)
    assert len(server.asked()) == 5
    assert states(now.answers).count("waiting") == 175
    assert now.run.held == "budget"
    until(lambda: asking.kept(run).run.held == "budget")
    assert not asking.kept(run).running
    again = asking.resume(run, budget=180 * cent)
    assert states(done(again, 60).answers) == ["ok"] * 180
    asked = [question_of(each.body) for each in server.asked()]
    assert len(asked) == 180
    assert {asked.count(question) for question in asked} == {3}
    assert asking.kept(run).run.held == ""
    assert sum(each.result.cost for each in asking.kept(run).answers if each.result) == 180 * cent


def test_room_that_a_cheap_answer_leaves_is_used(asking: Asking, server: Answering) -> None:
    """Two fit as they are reserved, eight as they are billed."""
    server.say = lambda body: answer("23", tokens=(10, 1), pause=0.01, model=body["model"])
    cases = case_set(8)
    one = planned(cases, parameters=Parameters(max_tokens=1000)).answers[0].reserved
    assert one
    run = asking.start(cases, budget=2 * one, parameters=Parameters(max_tokens=1000))
    assert states(done(run).answers) == ["ok"] * 8
    assert server.most <= 2


def test_the_same_again_is_not_asked_but_a_repeat_is(asking: Asking, server: Answering) -> None:
    cases = case_set(3, image=True)
    done(asking.start(cases, repeats=2))
    assert len(server.asked()) == 6, "repeats are never served from one answer"
    now = done(asking.start(cases, repeats=2))
    assert len(server.asked()) == 6
    assert {(each.result.cost, each.result.attempts) for each in now.answers if each.result} == {
        (0, 0)
    }
    assert all(each.kept_from and each.kept_at for each in now.answers)
    other = replace(cases, cases=tuple(case(f"c{n:02}", ("24",), image=True) for n in (1, 2, 3)))
    now = done(asking.start(other, repeats=2))
    assert len(server.asked()) == 6, "another grader asks for nothing"
    assert {verdict_of(each) for each in now.answers} == {"wrong"}
    done(asking.start(cases, repeats=2, detail="low"))
    assert len(server.asked()) == 12
    details = [each.body["messages"][0]["content"][0]["image_url"] for each in server.asked()]
    assert [each["detail"] for each in details] == ["auto"] * 6 + ["low"] * 6
    done(asking.start(cases, repeats=2, fresh=True))
    assert len(server.asked()) == 18
    done(asking.start(cases, owner="you"))
    assert len(server.asked()) == 21, "nobody is served another person's answers"


def test_a_pause_waits_for_what_is_out_and_a_stop_ends_it(
    asking: Asking, server: Answering
) -> None:
    server.say = lambda body: answer("2", "3", pause=0.3, model=body["model"])
    run = asking.start(case_set(12))
    watched(run, lambda now: states(now.answers).count("running") == 4)
    assert asking.runs.hold("me", run.id, "pause")
    now = done(run)
    assert states(now.answers).count("ok") == 4
    assert states(now.answers).count("waiting") == 8
    assert (now.run.held, asking.kept(run).running) == ("pause", False)
    again = asking.resume(run)
    watched(again, lambda now: states(now.answers).count("running") == 4)
    asking.runs.hold("me", run.id, "stop")
    now = done(again)
    assert states(now.answers) == ["ok"] * 4 + ["stopped"] * 4 + ["waiting"] * 4
    assert states(done(asking.resume(run)).answers) == ["ok"] * 12
    asked = [question_of(each.body) for each in server.asked()]
    assert all(asked.count(f"Question c{n:02}") == 1 for n in (1, 2, 3, 4)), "they were answered"


def test_another_process_holds_it_at_its_next_heartbeat(asking: Asking, server: Answering) -> None:
    server.say = lambda body: answer("2", "3", pause=0.2, model=body["model"])
    run = asking.start(case_set(40))
    watched(run, lambda now: "running" in states(now.answers))
    asking.store.case_runs.hold_run("me", run.id, "pause")
    now = done(run)
    assert 0 < states(now.answers).count("ok") < 40
    assert set(states(now.answers)) == {"ok", "waiting"}


def test_a_run_that_goes_on_is_not_taken_up_twice(asking: Asking, server: Answering) -> None:
    server.say = lambda body: answer("23", pause=0.5, model=body["model"])
    run = asking.start(case_set(2))
    with pytest.raises(CaseError) as caught:
        asking.resume(run)
    assert caught.value.code == "case_already_running"
    done(run)


def test_errors_are_no_answers_and_are_asked_again_if_wanted(
    asking: Asking, server: Answering
) -> None:
    broken = {"Question c02"}

    def say(body: dict[str, Any]) -> Reply:
        failing = question_of(body) in broken
        return error(401, message="no") if failing else answer("23", model=body["model"])

    server.say = say
    run = asking.start(case_set(3))
    now = done(run)
    assert states(now.answers) == ["ok", "failed", "ok"]
    assert verdict_of(now.answers[1]) is None
    assert states(done(asking.resume(run)).answers) == ["ok", "failed", "ok"]
    assert len(server.asked()) == 3
    broken.clear()
    assert states(done(asking.resume(run, errors=True)).answers) == ["ok"] * 3
    assert len(server.asked()) == 4


def test_a_limit_of_the_endpoint_pauses_it_and_not_the_run(
    asking: Asking, server: Answering
) -> None:
    server.enqueue(*[error(429, {"Retry-After": "1"}, message="slow down")] * 4)
    run = asking.start(case_set(6))
    now = watched(run, lambda now: bool(now.pauses))
    assert not now.run.held
    assert states(done(run).answers) == ["ok"] * 6


def test_choices_are_asked_in_every_order_and_right_only_if_all_are(
    asking: Asking, server: Answering
) -> None:
    """This model always takes the first option."""
    server.say = lambda body: answer("A", model=body["model"])
    circular = {"grader": "choice", "value": "A", "choices": ["red", "green"], "circular": True}
    plain = {"grader": "choice", "value": "red", "choices": ["red", "green"]}
    cases = case_set(
        cases=(
            case("turned", (circular,), choices=("red", "green")),
            case("once", (plain,), choices=("red", "green")),
        )
    )
    now = done(asking.start(cases))
    asked = [question_of(each.body).splitlines()[:3] for each in server.asked()]
    assert sorted(asked) == [
        ["Question once", "A. red", "B. green"],
        ["Question turned", "A. green", "B. red"],
        ["Question turned", "A. red", "B. green"],
    ]
    assert [verdict_of(each) for each in now.answers] == ["wrong", None, "right"]


def test_prompt_and_crop_of_a_setting(asking: Asking, server: Answering) -> None:
    run = asking.start(
        case_set(1, image=True), prompt="{question} Say a number.", crop=(0.0, 0.0, 0.5, 1.0)
    )
    done(run)
    parts = server.asked()[0].body["messages"][0]["content"]
    assert parts[1]["text"] == "Question c01 Say a number."
    assert size_of(parts[0]["image_url"]["url"]) == (32, 48)


def test_grading_again_asks_for_nothing_and_a_persons_verdict_stays(
    asking: Asking, server: Answering
) -> None:
    run = asking.start(case_set(2))
    first = done(run).answers[0]
    assert asking.store.case_runs.decide("me", first.id, "wrong", "Ada")
    assert asking.store.case_runs.decide("me", first.id, "unsure", "Bea")
    stored = asking.kept(run)
    found = grade_again(asked_of(stored.snapshot), stored.run, stored.answers)
    asking.store.case_runs.grade_answers("me", found)
    kept = asking.kept(run).answers
    assert [verdict_of(each) for each in kept] == ["unsure", "right"]
    assert kept[0].decided
    assert (kept[0].decided.by, kept[0].graded and kept[0].graded["verdict"]) == ("Bea", "right")
    assert not asking.store.case_runs.decide("you", first.id, "right", "")
    assert len(server.asked()) == 2


def test_what_cannot_be_run_is_said_before_anything_is_asked() -> None:
    for wrong, code in (
        ({"repeats": 0}, "case_too_many"),
        ({"budget": Decimal(0)}, "case_budget"),
        ({"prompt": "Say a number."}, "case_prompt"),
        ({"crop": (0.5, 0.0, 0.5, 1.0)}, "case_crop"),
    ):
        with pytest.raises(CaseError) as caught:
            planned(case_set(1), **wrong)
        assert caught.value.code == code
    with pytest.raises(GraderError):
        planned(case_set(cases=(case("c", ({"grader": "regex", "value": "("},)),)))


def test_the_price_before_is_the_sum_of_all_estimates() -> None:
    made = planned(case_set(30, image=True), "gpt-4o", "gpt-4.1", repeats=3)
    price = whole(made.run, made.answers)
    assert price.cells == 180
    assert price.cost == sum(each.estimated_cost or 0 for each in made.answers)
    assert price.tokens == sum(each.estimated_input_tokens or 0 for each in made.answers)
    assert [model.cells for model in price.models] == [90, 90]
    unknown = planned(case_set(2), "nobody-knows-this")
    assert whole(unknown.run, unknown.answers).cost_unknown == 2
