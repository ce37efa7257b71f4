"""Both who give the runner its work, behind one face: an answer of a chat, and a comparison of one
cell."""

from abc import ABC, abstractmethod
from typing import Any

from components.chat.running.answers import Answers
from components.chat.running.job import Job
from components.compare.plan import plan
from components.compare.running.run import ComparisonRun
from components.compare.running.run_manager import Runs
from components.compare.spec import Column
from components.providers.base import VisionClient
from components.runner.retry import POLICY, Policy
from components.runner.run import Run
from components.runner.run_manager import RunManager
from components.runner.runner import Runner
from components.runner.types import AttemptResult
from components.spending import Budget
from db.store import Store
from tests.unit.chat.questions import ENDPOINT, put, question
from tests.unit.compare.making import spec


class User(ABC):
    """A process with a store. owner is always "local"."""

    manager: RunManager[Any]

    def __init__(self, store: Any, policy: Policy = POLICY, budget: Budget | None = None) -> None:
        """store: passed on as it is, so that it may be one that fails."""
        self.store, self.policy = store, policy
        self.runner = Runner(budget=budget)
        self._closed = False

    def close(self) -> None:
        """End the process, once."""
        if not self._closed:
            self.runner.close()
        self._closed = True

    @abstractmethod
    def ask(self, client: VisionClient, **endpoint: Any) -> Run[Any]:
        """Begin a run of one cell. endpoint: `endpoint` and `model`."""

    @abstractmethod
    def kept(self, store: Store, run: Run[Any]) -> AttemptResult:
        """How its cell ended, as this store has it."""

    @abstractmethod
    def remote(self, run: Run[Any]) -> Any:
        """What this process sees of a run of another one; None when nobody is at it."""

    @abstractmethod
    def stop(self, run: Run[Any]) -> bool: ...


class Chat(User):
    def __init__(self, *args: Any, **other: Any) -> None:
        super().__init__(*args, **other)
        self.manager = self.answers = Answers(self.runner, self.store.conversations, self.policy)

    def ask(self, client: VisionClient, **endpoint: Any) -> Job:
        return put(self.answers, self.store, client, question(**endpoint))

    def kept(self, store: Store, run: Run[Any]) -> AttemptResult:
        found = store.conversations.conversation("local", run.id)
        assert found
        assert found.messages[1].attempt
        return found.messages[1].attempt.result

    def remote(self, run: Run[Any]) -> Any:
        return self.answers.answering(
            "local", self.store.conversations.conversation("local", run.id)
        )

    def stop(self, run: Run[Any]) -> bool:
        return self.answers.stop("local", run.id)


class Compare(User):
    def __init__(self, *args: Any, **other: Any) -> None:
        super().__init__(*args, **other)
        self.manager = self.runs = Runs(
            self.runner, self.store.comparisons, self.store.conversations.image, policy=self.policy
        )

    def ask(self, client: VisionClient, **endpoint: Any) -> ComparisonRun:
        column = Column(endpoint.get("endpoint", ENDPOINT), endpoint.get("model", "gpt-4o"))
        made = plan(spec(1, columns=(column,)))
        return self.runs.start("local", made, lambda _: client)

    def kept(self, store: Store, run: Run[Any]) -> AttemptResult:
        found = store.comparisons.comparison("local", run.id)
        assert found
        return found.cells[0].result or AttemptResult("running", "")

    def remote(self, run: Run[Any]) -> Any:
        found = self.store.comparisons.comparison("local", run.id)
        assert found
        return self.runs.follow("local", found)

    def stop(self, run: Run[Any]) -> bool:
        return self.runs.stop("local", run.id)


USERS: dict[str, type[User]] = {"chat": Chat, "compare": Compare}
