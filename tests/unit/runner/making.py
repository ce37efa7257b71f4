"""A run of a kind that neither chat nor comparisons have, kept in memory."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from components.providers.base import Message, VisionClient, VisionRequest
from components.runner.cell import RunningCell
from components.runner.endpoint_limiter import EndpointLimiter
from components.runner.finalize import Ending
from components.runner.retry import POLICY, Policy
from components.runner.run import Asked, Pace, Run
from components.runner.run_manager import RunManager
from components.runner.runner import Runner
from components.runner.types import AttemptResult
from tests.support.waiting import until


class FakeRun(Run[RunningCell]):
    """kept: how each cell ended, as its store has it."""

    def __init__(
        self,
        client: VisionClient | None = None,
        cells: int = 1,
        *,
        owner: str = "me",
        name: str = "r",
        first: bool = False,
        limiter: EndpointLimiter | None = None,
        policy: Policy = POLICY,
        pace: Pace | None = None,
    ) -> None:
        made = [RunningCell(f"{name}-{n}", "m") for n in range(cells)]
        super().__init__(owner, name, made, policy, pace or Pace())
        self.goes_first = first
        self.kept: dict[str, AttemptResult] = {}
        self.told: list[str] = []
        self._client, self._limiter = client, limiter or EndpointLimiter("loop", 4)

    @property
    def cell(self) -> RunningCell:
        """Its first."""
        return self.find()[0]

    def chains(self) -> list[list[RunningCell]]:
        return [[cell] for cell in self.find()]

    def limiter(self, cell: RunningCell) -> EndpointLimiter:
        return self._limiter

    async def prepare(self, cell: RunningCell) -> Asked:
        assert self._client
        return self._client, VisionRequest("m", (Message("user", cell.id),))

    def complete(self, cell: RunningCell, ending: Ending) -> tuple[Ending, tuple[()]]:
        return ending, ()

    def write_end(self, cell: RunningCell, result: AttemptResult, pictures: Sequence[Any]) -> None:
        self.kept[cell.id] = result

    def write_unsent(self, cells: Sequence[RunningCell]) -> None:
        self.kept |= {cell.id: AttemptResult("stopped", "", attempts=0) for cell in cells}

    def tell(self, cell: RunningCell) -> None:
        self.told.append(cell.id)


class FakeRuns(RunManager[FakeRun]):
    """progress: what the store says to heartbeats; None for a run that is gone."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.progress: Callable[[Sequence[FakeRun]], Sequence[Collection[str] | None]]
        self.progress = lambda runs: [() for _ in runs]
        self.asked_to_stop: list[str] = []

    def write_progress(self, runs: Sequence[FakeRun]) -> Sequence[Collection[str] | None]:
        return self.progress(runs)

    def ask_stop_all(self, owner: str) -> None:
        self.asked_to_stop.append(owner)

    def start(self, run: FakeRun) -> FakeRun:
        with self._lock:
            self._runs[run.key] = run
        self.runner.writer.begin(run, lambda _: None)
        self.runner.ask(run, run.chains())
        return run


def ended(run: FakeRun, seconds: float = 20) -> FakeRun:
    until(lambda: run.done, seconds, "the run has not ended")
    return run
