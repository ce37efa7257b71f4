"""price, run, resume, compare and report on the command line, with a real server."""

import io
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from components.cases.command import main
from components.cases.command.services import Services
from components.cases.keeping import contents_of
from components.cases.running.run_manager import CaseRuns
from components.providers.endpoints import BUILTIN, Endpoint
from components.runner.runner import Runner
from db.store import Store, open_store
from tests.support.databases import sqlite_url
from tests.support.loopback import answer
from tests.unit.cases.running.making import Answering, Asking, case_set, question_of

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def server() -> Iterator[Answering]:
    with Answering() as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(sqlite_url(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def command(store: Store, server: Answering) -> Iterator[Command]:
    """Runs it; (exit code, standard output, standard error)."""
    runner = Runner()
    runs = CaseRuns(runner, store.case_runs, store.conversations.image)
    asking = Asking(store, runner, runs, Endpoint("loop", base_url=server.base_url))
    endpoints = (asking.endpoint, BUILTIN)
    image_of = store.conversations.image
    services = Services("me", store.case_runs, store.cases, runs, endpoints, image_of, asking.make)

    def run(*argv: object) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        code = main([*map(str, argv), "--lang", "en"], out, err, lambda: services)
        return code, out.getvalue(), err.getvalue()

    yield run
    asking.close()
    runner.close()


def written(path: Path, count: int, value: str = "23") -> Path:
    """A set of so many questions as a file."""
    rows = [
        {"id": f"c{n}", "input": f"Question c{n}", "expect": [{"grader": "exact", "value": value}]}
        for n in range(count)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


def id_of(said: str) -> str:
    return next(line for line in said.splitlines() if line.startswith("Run "))[4:]


def test_the_price_is_said_and_nothing_is_sent(
    command: Command, server: Answering, tmp_path: Path
) -> None:
    cases = written(tmp_path / "cases.jsonl", 30)
    asked = ("--set", cases, "--model", "gpt-4o", "--model", "gpt-4.1", "--repeats", 3)
    code, said, wrong = command("price", *asked, "--max-tokens", 100)
    assert (code, wrong) == (0, "")
    lines = said.splitlines()
    assert lines[0].startswith("180 requests: $")
    assert " with answers" in lines[0]
    assert [line.partition(",")[0] for line in lines[1:]] == [
        "gpt-4o: 90 requests",
        "gpt-4.1: 90 requests",
    ]
    assert server.asked() == []


def test_the_exit_code_says_which_gate_failed(
    command: Command, server: Answering, tmp_path: Path
) -> None:
    """The second model loses a case of thirty."""

    def say(body: dict[str, Any]) -> Any:
        lost = body["model"] == "gpt-4.1" and question_of(body) == "Question c7"
        return answer("24" if lost else "23", model=body["model"])

    server.say = say
    cases, junit = written(tmp_path / "cases.jsonl", 30), tmp_path / "out" / "junit.xml"
    asked = ("--set", cases, "--model", "gpt-4o", "--model", "gpt-4.1", "--repeats", 3)
    code, said, _ = command("run", *asked, "--fail-on", "lost", "--out", junit)
    assert code == 1
    assert "A gate failed." in said
    assert "- c7" in said
    suites = list(ET.fromstring(junit.read_bytes()))
    assert sum(len(suite) for suite in suites) == 180
    assert command("run", *asked, "--fail-under", "0.5")[0] == 0
    assert len(server.asked()) == 180, "the second one was answered by the first"
    assert command("run", *asked, "--fail-on", "worse")[0] == 0
    assert command("run", *asked, "--fail-under", "98%")[0] == 1
    assert command("run", *asked, "--fail-under", "0.9", "--case-needs", "2/3")[0] == 0


@pytest.mark.parametrize(("count", "expected"), [(30, 4), (73, 0)])
def test_unchanged_cases_prove_something_when_there_are_enough(
    command: Command, tmp_path: Path, count: int, expected: int
) -> None:
    cases = written(tmp_path / "cases.jsonl", count)
    asked = ("--set", cases, "--model", "gpt-4o", "--model", "gpt-4.1")
    code, said, _ = command("run", *asked, "--not-worse-than", 5)
    assert code == expected
    assert ("Not enough cases for the gate." in said) == (expected == 4)


def test_a_run_at_its_budget_is_incomplete_and_goes_on(
    command: Command, server: Answering, tmp_path: Path
) -> None:
    cases = written(tmp_path / "cases.jsonl", 12)
    asked = ("--set", cases, "--model", "gpt-4o", "--max-tokens", 100)
    server.say = lambda body: answer("23", tokens=(10, 100), model=body["model"])
    code, said, _ = command("run", *asked, "--budget", "0.005", "--fail-under", "0.5")
    assert code == 3
    assert "Stopped by the budget" in said
    sent = len(server.asked())
    assert 0 < sent < 12
    code, said, _ = command("resume", id_of(said), "--budget", Decimal("1"))
    assert code == 0
    assert len(server.asked()) == 12


def test_a_baseline_is_a_run_or_its_report(
    command: Command, server: Answering, tmp_path: Path
) -> None:
    cases, report = written(tmp_path / "cases.jsonl", 10), tmp_path / "before.json"
    asked = ("--set", cases, "--model", "gpt-4o")
    _, said, _ = command("run", *asked, "--out", report)
    before = id_of(said)
    lost = {f"Question c{n}" for n in range(6)}
    server.say = lambda body: answer(
        "24" if question_of(body) in lost else "23", model=body["model"]
    )
    after = ("--set", cases, "--model", "gpt-4.1", "--fail-on", "worse")
    code, said, _ = command("run", *after, "--baseline", report)
    assert code == 1
    assert "Worse: of 10 cases 6 lost right answers and 0 gained some (p 0.031)." in said
    assert command("run", *after, "--baseline", before)[0] == 1
    code, said, _ = command("compare", before, id_of(said), "--fail-on", "lost")
    assert code == 1
    assert "Lost 6 · shaken 0 · gained 0" in said
    code, said, _ = command("report", before, "--format", "json")
    assert code == 0
    assert json.loads(said)["run"]["id"] == before


def test_the_built_in_reader_needs_no_key(command: Command, tmp_path: Path) -> None:
    cases = written(tmp_path / "cases.jsonl", 1)
    code, said, _ = command("run", "--set", cases, "--model", "builtin-reader")
    assert code == 0
    assert "Cost: $0" in said


def test_the_sets_that_come_with_the_app_are_called_by_their_names(
    command: Command, server: Answering
) -> None:
    code, said, _ = command("price", "--set", "trials", "--model", "gpt-4o")
    assert code == 0
    assert said.startswith("5 requests: $")
    assert server.asked() == []


def test_a_report_replaces_no_file_unasked(command: Command, tmp_path: Path) -> None:
    cases, report = written(tmp_path / "cases.jsonl", 1), tmp_path / "r.html"
    report.write_text("mine")
    asked = ("run", "--set", cases, "--model", "gpt-4o", "--out", report)
    assert command(*asked)[0] == 2
    assert report.read_text() == "mine"
    assert command(*asked, "--force")[0] == 0
    assert report.read_text().startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("run", "--set", "none.jsonl", "--model", "gpt-4o"), "can't be"),
        (("run", "--set", "SET", "--model", "gpt-4o", "--fail-on", "lost"), "--baseline"),
        (("run", "--set", "SET", "--model", "gpt-4o", "--repeats", "0"), "repeats"),
        (("run", "--set", "SET", "--model", "gpt-4o", "--fail-under", "7"), "--fail-under"),
        (("run", "--set", "SET", "--model", "gpt-4o", "--tags", "none"), "none"),
        (("run", "--set", "SET", "--model", "m", "--endpoint", "nowhere"), "nowhere"),
        (("run", "--set", "SET", "--model", "gpt-4o", "--baseline", "SET"), "report"),
        (("resume", "none"), "There is no run none."),
        (("report", "none"), "There is no run none."),
        (("compare", "none"), "There is no run none."),
    ],
)
def test_bad_input_is_said_in_one_line_with_exit_code_2(
    command: Command, tmp_path: Path, argv: tuple[str, ...], said: str
) -> None:
    cases = str(written(tmp_path / "cases.jsonl", 1))
    code, out, wrong = command(*(cases if each == "SET" else each for each in argv))
    assert (code, out, wrong.count("\n")) == (2, "", 1)
    assert said in wrong


def test_a_set_that_the_app_keeps_is_asked_by_its_id(
    command: Command, server: Answering, store: Store
) -> None:
    cases = case_set(2, image=True)
    store.cases.create("me", "0a1b", cases, contents_of(cases.images), "hand")
    asked = ("--set", "0a1b", "--model", "gpt-4o")
    code, said, wrong = command("price", *asked)
    assert (code, wrong) == (0, "")
    assert said.startswith("2 requests: $")
    code, said, _ = command("run", *asked)
    assert code == 0
    assert "image_url" in json.dumps(server.asked()[0].body)
    assert [each.run.set_id for each in store.case_runs.run_page("me")] == ["0a1b"]
    code, _, wrong = command("price", "--set", "0a1c", "--model", "gpt-4o")
    assert code == 2
    assert "0a1c" in wrong
    store.cases.create("you", "0a1c", cases, contents_of(cases.images), "hand")
    assert command("price", "--set", "0a1c", "--model", "gpt-4o")[0] == 2


def test_a_judge_is_asked_on_the_command_line_and_a_run_graded_again(
    command: Command, server: Answering, tmp_path: Path
) -> None:
    told = json.dumps({"reason": "A number.", "verdict": "right"})
    server.say = lambda body: answer(
        told if body["model"] == "judge-x" else "23", model=body["model"]
    )
    plain, judged = written(tmp_path / "plain.jsonl", 2, "24"), tmp_path / "judged.jsonl"
    rubric = {"grader": "rubric", "text": "Says a number."}
    rows = [{"id": f"c{n}", "input": f"Question c{n}", "expect": [rubric]} for n in range(2)]
    judged.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert command("price", "--set", judged, "--model", "m")[0] == 2
    assert not server.asked()
    code, said, _ = command("run", "--set", judged, "--model", "m", "--judge", "judge-x")
    assert (code, len(server.asked())) == (0, 4)
    assert "Judge judge-x: 2 requests" in said
    assert "2 of 2 cases right" in said
    code, said, _ = command("run", "--set", plain, "--model", "m", "--fail-under", "0.5")
    assert (code, len(server.asked())) == (1, 4), "the answers were there"
    run_id, out = id_of(said), tmp_path / "r.json"
    again = ("grade", run_id, "--set", judged, "--judge", "judge-x", "--fail-under", "0.5")
    code, said, _ = command(*again, "--out", out)
    assert (code, len(server.asked())) == (0, 4), "and so were the judge's"
    (column,) = json.loads(out.read_text("utf-8"))["columns"]
    assert column["states"] == {"right": 2}
    assert "judge-x says right: A number." in out.read_text("utf-8")
