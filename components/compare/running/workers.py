"""What asks the cells of all comparisons of this process. Everything here is on the runner's
loop."""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Sequence
from functools import partial

from components.chat.store import AttemptResult
from components.compare.running.cell_runner import ask, chains
from components.compare.running.finalize import ended, is_answer
from components.compare.running.result_writer import ResultWriter
from components.compare.running.run import Run
from components.compare.running.running_cell import RunningCell
from components.providers.base import Finish
from components.runner.endpoint_limiter import EndpointLimiter
from components.runner.retry import Policy
from components.spending import Budget

_LOG = logging.getLogger(__name__)


class Workers:
    """Tasks that take cells from queues until these are empty."""

    def __init__(self, writer: ResultWriter, policy: Policy, budget: Budget | None) -> None:
        self._writer, self._policy, self._budget = writer, policy, budget
        self._working: set[asyncio.Task[None]] = set()

    async def work_on(self, run: Run, lives: Sequence[RunningCell]) -> None:
        """Begin to ask all of `lives`. Each comparison stands in an endpoint's queue with no more
        cells than it may ask at once, so that a large one doesn't keep a small one waiting."""
        queues: dict[EndpointLimiter, deque[list[RunningCell]]] = {}
        for chain in chains(lives, run.comparison.again):
            queues.setdefault(run.gates[chain[0].cell.column], deque()).append(chain)
        for gate, queue in queues.items():
            for _ in range(min(gate.at_once, len(queue))):
                task = asyncio.get_running_loop().create_task(self._work(run, queue))
                self._working.add(task)
                task.add_done_callback(self._working.discard)

    async def stop(self, run: Run, lives: Iterable[RunningCell]) -> None:
        """End those that haven't; what came is kept."""
        unsent = []
        for live in lives:
            if live.over or live.cell.ended:
                continue
            live.stopped = True
            if live.task is None:
                live.over = True
                unsent.append(live)
            else:
                live.task.cancel()
        if unsent:
            self._writer.unsent(run, unsent)

    async def cut(self, runs: Iterable[Run]) -> None:
        """Cut off all of it, and wait for that."""
        for live in (live for run in runs for live in run.lives.values()):
            live.over = True
            if live.task:
                live.task.cancel()
        await asyncio.gather(*self._working, return_exceptions=True)

    async def _work(self, run: Run, queue: deque[list[RunningCell]]) -> None:
        while queue:
            for live in queue.popleft():
                if live.over or live.cell.ended:
                    continue
                live.task = asyncio.get_running_loop().create_task(
                    ask(run, live, self._policy, self._budget)
                )
                await asyncio.wait([live.task])
                self._ended(run, live, live.task)

    def _ended(self, run: Run, live: RunningCell, task: asyncio.Task[Finish]) -> None:
        live.over = True
        try:
            live.answered = is_answer(task)
            end = ended(live, task, run.columns[live.cell.column])
        except Exception as caught:  # or neither this cell nor those behind it would ever end
            _LOG.exception("the end of a cell is unclear: %s", type(caught).__name__)
            end = partial(AttemptResult, "interrupted", live.text)
        self._writer.end(run, live, end)
