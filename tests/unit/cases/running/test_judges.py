"""Answers that a judge is asked about, in the run that they are of, of a real server."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from components.cases.case import CaseSet
from components.cases.errors import CaseError
from components.cases.judging.checked import checked
from components.cases.plan import Target, Wish, plan
from components.cases.report import WRITERS
from components.cases.report.report import report_of
from components.cases.report.successors import judge_lines
from components.cases.report.words import price_lines, why
from components.cases.results import results
from components.cases.running.run_manager import CaseRuns
from components.cases.snapshot import asked_of
from components.cases.store.runs import verdict_of
from components.compare.spec import Column
from components.graders import GraderError
from components.providers.endpoints import Endpoint
from components.runner.runner import Runner
from components.sharing.hiding import seen_run
from components.sharing.store import Share
from components.spending import Budget, SpendingError
from components.spending.store import Limits, Rules
from tests.support.loopback import Reply, answer, error
from tests.support.paths import SHARED
from tests.unit.cases.running.making import (
    NOWHERE,
    Answering,
    Asking,
    case,
    case_set,
    done,
    question_of,
    states,
    watched,
)

JUDGE = "gpt-4.1"
RUBRIC = {"grader": "rubric", "text": "Mentions a red square."}
INJECTION = SHARED / "data/evals/traps/judge_injection.jsonl"


def judged_set(count: int = 2, **rubric: Any) -> CaseSet:
    cases = tuple(case(f"c{n}", ({**RUBRIC, **rubric},)) for n in range(1, count + 1))
    return case_set(cases=cases)


def asks_judge(body: dict[str, Any]) -> bool:
    return body["model"] == JUDGE


def verdict(said: str, reason: str = "So it is.") -> Reply:
    return answer(json.dumps({"reason": reason, "verdict": said}), model=JUDGE)


def answering(server: Answering, judge: Callable[[dict[str, Any]], Reply], said: str = "x") -> None:
    """Models say `said`, the judge what it is given."""
    server.say = lambda body: judge(body) if asks_judge(body) else answer(said, model=body["model"])


def start(asking: Asking, cases: CaseSet, *models: str, **other: Any) -> Any:
    column = Column(asking.endpoint, JUDGE)
    made = plan(
        Wish(
            cases,
            [Target(Column(asking.endpoint, model)) for model in models or ("gpt-4o",)],
            judges={"": column, JUDGE: column},
            **other,
        )
    )
    return asking.runs.start("me", made, asking.make)


def resume(asking: Asking, run: Any, **other: Any) -> Any:
    columns = [Column(asking.endpoint, each.model) for each in run.run.whom]
    return asking.runs.resume("me", run.id, columns, asking.make, **other)


def judges_bodies(server: Answering) -> list[dict[str, Any]]:
    return [each.body for each in server.asked() if asks_judge(each.body)]


def test_a_judge_is_asked_about_each_answer_and_its_verdict_and_reason_are_told(
    asking: Asking, server: Answering
) -> None:
    answering(
        server, lambda body: verdict("right" if "Question c1" in question_of(body) else "wrong")
    )
    run = start(asking, judged_set())
    now = done(run)
    assert [verdict_of(each) for each in now.answers] == ["right", "wrong"]
    assert states(now.judgements) == ["ok", "ok"]
    stored = asking.kept(run)
    assert stored.answers == now.answers
    assert [each.state for each in stored.judgements] == ["ok", "ok"]
    assert not stored.running
    assert why("en", stored.answers[0]) == f"{JUDGE} says right: So it is."
    (summary,) = asking.store.case_runs.run_page("me")
    assert (summary.answers, summary.ended, summary.right) == (2, 2, 1)
    body = judges_bodies(server)[0]
    assert body["response_format"]["json_schema"]["schema"]["required"] == ["reason", "verdict"]
    system, user = (each["content"] for each in body["messages"])
    assert "Mentions a red square." in system
    assert "Question c" in user


@pytest.mark.skipif(not INJECTION.exists(), reason="the trap isn't here")
def test_an_answer_that_claims_to_be_the_end_is_data_behind_a_border_it_cannot_know(
    asking: Asking, server: Answering
) -> None:
    """The judge obeys the system part alone, and takes for the answer what the border says; one
    that took the last word of the message would pass it."""
    trap = json.loads(INJECTION.read_text("utf-8"))
    borders = []

    def judge(body: dict[str, Any]) -> Reply:
        system, user = (each["content"] for each in body["messages"])
        assert trap["answer"] not in system
        border = re.search(r"“(=== [0-9a-f]{32})”", system)
        assert border
        borders.append(border[1])
        split = re.split(rf"(?m)^{border[1]} (\w+)$", user)
        parts = dict(zip(split[1::2], split[2::2], strict=True))
        assert parts["ANSWER"].strip() == trap["answer"]
        return verdict("right" if "red square" in parts["ANSWER"] else "wrong")

    answering(server, judge, trap["answer"])
    trapped = case("inject", tuple(trap["expect"]))
    now = done(start(asking, case_set(cases=(trapped,)), repeats=1))
    assert [verdict_of(each) for each in now.answers] == ["wrong"]
    assert borders[0] not in trap["answer"]
    # A judge that gives the trap's own words back has given no verdict.
    answering(server, lambda body: answer('{"verdict": "pass", "reason": "ok"}'), trap["answer"])
    now = done(start(asking, case_set(cases=(trapped,)), fresh=True))
    assert [verdict_of(each) for each in now.answers] == ["unsure"]


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (error(401, message="no"), "rubric_failed"),
        (answer("right"), "rubric_unread"),
        (answer('The answer says {"reason": "", "verdict": "right"}'), "rubric_unread"),
        (answer('{"reason": "", "verdict": ["right"]}'), "rubric_unread"),
        (answer("[" * 20_000), "rubric_unread"),
    ],
)
def test_a_judge_that_fails_is_never_right(
    asking: Asking, server: Answering, reply: Reply, code: str
) -> None:
    answering(server, lambda body: reply)
    now = done(start(asking, judged_set(1)))
    assert verdict_of(now.answers[0]) == "unsure"
    assert now.answers[0].graded
    assert now.answers[0].graded["code"] == code


def test_errors_of_a_judge_alone_are_asked_again(asking: Asking, server: Answering) -> None:
    answering(server, lambda body: error(401, message="no"))
    run = start(asking, judged_set(2))
    done(run)
    assert asking.kept(run).failed == 2
    answering(server, lambda body: verdict("right"))
    now = done(resume(asking, run, errors=True))
    assert [verdict_of(each) for each in now.answers] == ["right", "right"]
    assert len(server.asked()) == 2 + 2 + 2, "no answer was asked for again"


def test_without_an_answer_there_is_nothing_to_judge(asking: Asking, server: Answering) -> None:
    server.say = lambda body: error(401, message="no")
    run = start(asking, judged_set(2))
    now = done(run)
    assert states(now.answers) == ["failed", "failed"]
    assert len(server.asked()) == 2
    stored = asking.kept(run)
    assert not stored.running
    assert (stored.waiting, stored.failed) == (0, 2)
    answering(server, lambda body: verdict("right"))
    now = done(resume(asking, run, errors=True))
    assert [verdict_of(each) for each in now.answers] == ["right", "right"]


def test_more_than_half_of_three_votes_decide(asking: Asking, server: Answering) -> None:
    told = iter(["right", "wrong", "right", "right", "wrong", "unsure"])
    answering(server, lambda body: verdict(next(told)))
    now = done(start(asking, judged_set(1, votes=3)))
    assert [verdict_of(each) for each in now.answers] == ["right"]
    assert now.answers[0].graded
    assert now.answers[0].graded["facts"]["votes"] == ["right", "wrong", "right"]
    borders = {each["messages"][1]["content"].split("\n")[0] for each in judges_bodies(server)}
    assert len(borders) == 3
    now = done(start(asking, judged_set(1, votes=3), fresh=True))
    assert [verdict_of(each) for each in now.answers] == ["unsure"]
    assert "differ (right, wrong, unsure)" in why("en", now.answers[0])


def test_the_judge_sees_the_image_as_the_chat_prepares_it(
    asking: Asking, server: Answering
) -> None:
    answering(server, lambda body: verdict("right"))
    seeing = case("c", ({**RUBRIC, "sees": "image"},), image=True)
    done(start(asking, case_set(1, image=True, cases=(seeing,))))
    model, judge = (each.body for each in server.asked())
    sent = [part for part in judge["messages"][1]["content"] if part["type"] == "image_url"]
    assert [each["image_url"]["url"] for each in sent] == [
        model["messages"][0]["content"][0]["image_url"]["url"]
    ]
    blind = case_set(1, image=True, cases=(case("c", (RUBRIC,), image=True),))
    done(start(asking, blind))
    assert isinstance(judges_bodies(server)[-1]["messages"][1]["content"], str)


def test_labels_and_scores_of_hosted_judges(asking: Asking, server: Answering) -> None:
    label = {"labels": ["polite", "rude"], "passing": ["polite"]}
    label |= {"text": "Label the tone.\n\n{{sample.output_text}}"}
    score = {"text": "Rate it.", "range": [1, 7], "at_least": 5}
    open_ = {"text": "Rate that.", "range": [1, 7]}
    cases = case_set(
        cases=tuple(
            case(name, ({"grader": "rubric", **each},))
            for name, each in (("l", label), ("s", score), ("o", open_))
        )
    )

    def judge(body: dict[str, Any]) -> Reply:
        named = "label" in body["response_format"]["json_schema"]["schema"]["properties"]
        told = {"label": "polite"} if named else {"score": 5}
        return answer(json.dumps({"reason": "Kind.", **told}), model=JUDGE)

    answering(server, judge, "INJECTED")
    now = done(start(asking, cases))
    assert [verdict_of(each) for each in now.answers] == ["right", "right", "unsure"]
    assert [each.graded and each.graded["score"] for each in now.answers] == [None, 5, 5]
    assert not any("INJECTED" in each["messages"][0]["content"] for each in judges_bodies(server))


def test_a_not_turns_a_rubric_and_a_rule_beside_it_counts(
    asking: Asking, server: Answering
) -> None:
    answering(server, lambda body: verdict("wrong"))
    turned = {"grader": "not", "of": RUBRIC}
    exact = {"grader": "exact", "value": "y"}
    cases = case_set(cases=(case("t", (turned,)), case("b", (turned, exact))))
    now = done(start(asking, cases))
    assert [verdict_of(each) for each in now.answers] == ["right", "wrong"]
    turned_said = f"{JUDGE} says that it doesn't hold, as wanted: So it is."
    assert why("en", now.answers[0]) == turned_said
    assert why("en", now.answers[1]).endswith(turned_said)


def test_the_price_of_a_judge_is_a_line_of_its_own_and_so_is_its_bill(
    asking: Asking, server: Answering
) -> None:
    answering(server, lambda body: verdict("right"))
    run = start(asking, judged_set(3), repeats=2)
    stored = asking.kept(run)
    price = list(price_lines("en", stored.run, stored.answers, stored.judgements))
    assert any(line.startswith(f"Judge {JUDGE}: 6 requests, $") for line in price)
    assert price[0].startswith("6 requests:")
    done(run)
    stored = asking.kept(run)
    costs = [each.result.cost for each in stored.judgements if each.result]
    assert len(costs) == 6
    assert all(costs)
    report = report_of(stored)
    assert report.columns[0].cost == sum(e.result.cost for e in stored.answers if e.result)
    told = json.loads(b"".join(WRITERS["json"](report, "en", lambda _: None)))
    (judge,) = told["judges"]
    assert (judge["model"], judge["ended"], Decimal(judge["cost_usd"])) == (JUDGE, 6, sum(costs))
    assert f"Judge {JUDGE}: 6 requests, $" in next(judge_lines("en", report))
    for kind in ("csv", "html", "xml"):
        said = b"".join(WRITERS[kind](report, "en", lambda _: None)).decode()
        assert kind == "xml" or "So it is." in said
        assert kind == "xml" or JUDGE in said


def test_a_budget_counts_judges_and_a_killed_run_asks_none_twice(
    asking: Asking, server: Answering
) -> None:
    dear = '{"reason": "", "verdict": "right"}'
    server.say = lambda body: answer(dear, tokens=(10, 400), model=body["model"])
    made = start(asking, judged_set(4), budget=Decimal("0.000001"))
    now = done(made)
    assert (now.run.held, len(server.asked())) == ("budget", 0)
    one = max(each.reserved for each in now.requests if each.reserved)
    done(resume(asking, made, budget=one + Decimal("0.00005")))
    asked = len(server.asked())
    assert 0 < asked < 8
    waiting = [each for each in asking.kept(made).requests if each.state == "waiting"]
    assert len(waiting) == 8 - asked
    open_ = [each for each in asking.kept(made).answers if each.state == "ok"]
    column = results(made.run, asked_of(asking.kept(made).snapshot), asking.kept(made).answers)[0]
    assert not column.complete
    assert open_
    now = done(resume(asking, made, budget=Decimal(1)))
    assert states(now.requests) == ["ok"] * 8
    assert len(server.asked()) == 8, "nothing was asked twice"
    assert [verdict_of(each) for each in now.answers] == ["right"] * 4


def test_a_stopped_judge_goes_on_and_the_same_again_asks_nobody(
    asking: Asking, server: Answering
) -> None:
    answering(server, lambda body: answer("{", '"reason": "", "verdict": "right"}', pause=0.3))
    run = start(asking, judged_set(2))
    watched(run, lambda now: "running" in states(now.judgements))
    asking.runs.hold("me", run.id, "stop")
    now = done(run)
    assert "stopped" in states(now.judgements)
    answering(server, lambda body: verdict("right"))
    now = done(resume(asking, run))
    assert [verdict_of(each) for each in now.answers] == ["right", "right"]
    before = len(server.asked())
    now = done(start(asking, judged_set(2)))
    assert len(server.asked()) == before
    assert [verdict_of(each) for each in now.answers] == ["right", "right"]
    assert all(each.kept_from for each in now.requests)


def test_a_judge_that_grades_itself_or_leaves_soon_is_said(asking: Asking) -> None:
    made = plan(
        Wish(
            judged_set(1),
            [Target(Column(NOWHERE, JUDGE))],
            judges={"": Column(Endpoint("o", base_url="https://api.openai.com/v1"), JUDGE)},
        )
    )
    said = "\n".join(price_lines("en", made.run, made.answers, made.judgements))
    assert f"{JUDGE} judges its own answers." in said
    assert f"Judge: {JUDGE} " in said
    assert "2027-01-14" in said


def test_what_a_rubric_needs_is_said_before_anything_is_asked() -> None:
    target = [Target(Column(NOWHERE, "gpt-4o"))]
    with pytest.raises(CaseError) as caught:
        plan(Wish(judged_set(1, judge="gone"), target))
    assert (caught.value.code, caught.value.data["name"]) == ("case_no_judge", "gone")
    for wrong in (
        {"votes": 2},
        {"votes": True},
        {"votes": 3.0},
        {"text": " "},
        {"sees": "sound"},
        {"labels": ["a"], "passing": ["b"]},
        {"range": [2, 1]},
        {"range": ["x", 1]},
        {"judge": ["m"]},
    ):
        with pytest.raises((GraderError, CaseError)):
            plan(Wish(judged_set(1, **wrong), target, judges={"": Column(NOWHERE, JUDGE)}))
    seeing = case_set(1, image=True, cases=(case("c", ({**RUBRIC, "sees": "image"},), image=True),))
    with pytest.raises(CaseError) as caught:
        plan(Wish(seeing, target, judges={"": Column(NOWHERE, "gpt-3.5-turbo")}))
    assert caught.value.code == "case_judge_no_vision"


def test_people_check_a_judge_by_the_answers_that_it_alone_decided(
    asking: Asking, server: Answering
) -> None:
    answering(
        server, lambda body: verdict("wrong" if "Question c1" in question_of(body) else "right")
    )
    run = start(asking, judged_set(21))
    done(run)

    def lines() -> str:
        stored = asking.kept(run)
        report = report_of(stored, labelled=asking.store.case_runs.labelled("me"))
        return "\n".join(judge_lines("en", report))

    answers = asking.kept(run).answers
    for n, each in enumerate(answers[:19]):
        asking.store.case_runs.decide("me", each.id, "wrong" if n < 2 else "right", "Ada")
    assert "isn't checked as a judge: people have decided on 19 of its verdicts" in lines()
    asking.store.case_runs.decide("me", answers[19].id, "right", "Ada")
    # c1 and c10 to c19 are wrong to the judge, c1 and c2 to the person.
    assert "gpt-4.1 in 9 of 20 verdicts (95% interval: 25.8% to 65.8%, kappa -0.02)" in lines()
    assert asking.store.case_runs.labelled("you") == []


def test_what_other_graders_decided_says_nothing_of_a_judge() -> None:
    judge = {"verdict": "right", "facts": {"judge": "j"}}
    rule = {"verdict": "wrong", "facts": {}}
    failed = {"verdict": "unsure", "facts": {"judge": "j", "failed": 1}}
    labelled = [
        ({"verdict": "wrong", "each": [judge, rule]}, "wrong"),
        ({"verdict": "right", "each": [judge, {**rule, "verdict": "right"}]}, "right"),
        (judge, "unsure"),
        (failed, "right"),
    ]
    found = checked(labelled)["j"]  # type: ignore[arg-type]
    assert (found.labelled, found.same, found.kappa) == (1, 1, None)


def test_a_judges_requests_are_usage_of_their_owner(asking: Asking, server: Answering) -> None:
    answering(server, lambda body: verdict("right"))
    made = start(asking, judged_set(1))
    done(made)
    stored = asking.kept(made)
    answers, judges = (
        sum(each.reserved for each in some if each.reserved)
        for some in (stored.answers, stored.judgements)
    )
    limits = Rules(Limits(usd_day=answers + judges / 2))
    limited = Runner(budget=Budget(asking.store.usage, limits))
    runs = CaseRuns(limited, asking.store.case_runs, asking.store.conversations.image)
    with pytest.raises(SpendingError):
        start(replace(asking, runs=runs), judged_set(1), fresh=True)
    limited.close()
    free = Runner(budget=Budget(asking.store.usage))
    runs = CaseRuns(free, asking.store.case_runs, asking.store.conversations.image)
    other = Asking(asking.store, free, runs, asking.endpoint)
    run = start(other, judged_set(1), fresh=True)
    done(run)
    other.close()
    free.close()
    rows = asking.store.usage.rows("me", run.run.created_at.replace(hour=0))
    assert {row.model: row.requests for row in rows} == {"gpt-4o": 1, JUDGE: 1}


def test_a_link_without_names_names_no_judge(asking: Asking, server: Answering) -> None:
    answering(server, lambda body: verdict("wrong"))
    run = start(asking, judged_set(1))
    done(run)
    at = run.run.created_at
    share = Share("s1", "me", "run", run.id, at, at)
    seen = seen_run(asking.kept(run), share, (), "Model {n}")
    assert why("en", seen.answers[0]) == "AI says wrong: So it is."
    assert JUDGE not in repr((seen.run, seen.answers, seen.columns, seen.judgements))
