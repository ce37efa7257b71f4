"""Sets, runs and a server that answers each question as a test wants."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from components.cases.case import Case, CaseSet, Image, Message, Text
from components.cases.plan import Plan, Target, Wish, plan
from components.cases.running.run import RunningCases, Shown
from components.cases.running.run_manager import CaseRuns
from components.cases.store.runs import Answer, StoredRun
from components.compare.spec import Column
from components.providers.base import VisionClient
from components.providers.endpoints import Endpoint
from components.providers.registry import client_for
from components.runner.runner import Runner
from db.store import Store
from tests.support.loopback import Loopback, Reply, answer
from tests.support.loopback.server import Recorded
from tests.unit.chat.pictures import picture

NOWHERE = Endpoint("nowhere", base_url="http://127.0.0.1:9/v1")
PNG = "images/x.png"


class Answering(Loopback):
    """`say` gets the body of a request and gives its reply; `most`: open at once."""

    def __init__(self, say: Callable[[dict[str, Any]], Reply] | None = None) -> None:
        super().__init__()
        self.say = say or (lambda body: answer("23", model=body["model"]))
        self.most = self._open = 0
        self._counting = threading.Lock()

    async def _answer(self, recorded: Recorded, *streams: Any) -> bool:
        with self._counting:
            self._open += 1
            self.most = max(self.most, self._open)
        try:
            return await super()._answer(recorded, *streams)
        finally:
            with self._counting:
                self._open -= 1

    async def _reply(self, recorded: Recorded) -> Reply:
        if self._queue or not isinstance(recorded.body, dict):
            return await super()._reply(recorded)
        return self.say(recorded.body)


def question_of(body: Mapping[str, Any]) -> str:
    """The last text of a request."""
    content = body["messages"][-1]["content"]
    return content if isinstance(content, str) else content[-1]["text"]


def case(name: str, expect: Any = ("23",), *, image: bool = False, **other: Any) -> Case:
    """A question that is called as the case is, with a grader `exact` for each text of expect."""
    parts = (*([Image(PNG)] if image else []), Text(f"Question {name}"))
    graders = tuple(
        each if isinstance(each, dict) else {"grader": "exact", "value": each} for each in expect
    )
    return Case(name, (Message("user", parts),), expect=graders, **other)


def case_set(count: int = 3, *, image: bool = False, **other: Any) -> CaseSet:
    cases = tuple(case(f"c{n:02}", image=image) for n in range(1, count + 1))
    values = {"name": "signs", "cases": cases}
    values |= {"images": {PNG: picture(64, 48)}} if image else {}
    return CaseSet(**(values | other))


def planned(cases: CaseSet, *models: str, endpoint: Endpoint = NOWHERE, **other: Any) -> Plan:
    target = {key: other.pop(key) for key in ("detail", "prompt", "crop") if key in other}
    targets = [Target(Column(endpoint, model), **target) for model in models or ("gpt-4o",)]
    return plan(Wish(cases, targets, **other))


@dataclass
class Asking:
    """A runner with what it needs; clients are made once, on the runner's loop."""

    store: Store
    runner: Runner
    runs: CaseRuns
    endpoint: Endpoint
    clients: dict[str, VisionClient] = field(default_factory=dict)

    def make(self, endpoint: Endpoint) -> VisionClient:
        if endpoint.name not in self.clients:
            self.clients[endpoint.name] = client_for(endpoint)
        return self.clients[endpoint.name]

    def start(self, cases: CaseSet, *models: str, owner: str = "me", **other: Any) -> RunningCases:
        made = planned(cases, *models, endpoint=self.endpoint, **other)
        return self.runs.start(owner, made, self.make)

    def resume(self, run: RunningCases, **other: Any) -> RunningCases:
        columns = [Column(self.endpoint, each.model) for each in run.run.settings]
        found = self.runs.resume(run.owner, run.id, columns, self.make, **other)
        assert found
        return found

    def kept(self, run: RunningCases) -> StoredRun:
        return self.kept_of(run.owner, run.id)

    def kept_of(self, owner: str, run_id: str) -> StoredRun:
        found = self.store.case_runs.case_run(owner, run_id)
        assert found
        return found

    def close(self) -> None:
        self.runs.close()

        async def end() -> None:
            for client in self.clients.values():
                await client.close()

        self.runner.call(end, 5)


def watched(run: RunningCases, what: Callable[[Shown], bool], seconds: float = 30) -> Shown:
    """Watch a run until `what` holds of it."""
    deadline, version = time.monotonic() + seconds, -1
    while time.monotonic() < deadline:
        version, now = run.wait(version, 0.1)
        if what(now):
            return now
    raise AssertionError(f"it has not come to that: {states(now.answers)}")


def done(run: RunningCases, seconds: float = 30) -> Shown:
    return watched(run, lambda now: now.done, seconds)


def states(answers: tuple[Answer, ...]) -> list[str]:
    return [answer.state for answer in answers]
