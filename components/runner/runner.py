"""What asks: one asyncio loop for the whole process, in a thread of its own.

A page begins a run and attaches to it; leaving the page, reloading or losing the network changes
nothing for the run. The loop never touches the store: see result_writer. What other processes run
on the same store is in remote_runs.
"""

import asyncio
import logging
import sys
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from components.providers.base import Finish, VisionClient
from components.runner.attempts import ask, ending_of, is_answer
from components.runner.endpoint_limiter import EndpointLimiter, EndpointLimiters
from components.runner.finalize import Ending
from components.runner.result_writer import ResultWriter
from components.runner.run import Cell, Run
from components.runner.types import AttemptResult
from components.spending import Budget

if TYPE_CHECKING:
    from components.runner.run_manager import RunManager

HEARTBEAT = 1.0  # seconds between two writes of what runs
CUT = 5.0  # seconds that the end of what runs is waited for when it is cut off
Result = TypeVar("Result")
_LOG = logging.getLogger(__name__)


class Runner:
    """Asks the cells of runs. Make one per process; `close` stops what is running."""

    def __init__(self, *, budget: Budget | None = None, per_endpoint: int = 4) -> None:
        """budget: reserves before a request is sent and settles after; all that it has reserved is
        kept alive from here. per_endpoint: cells at once at one endpoint, of all runs together."""
        self.budget = budget
        self.limiters = EndpointLimiters(per_endpoint)
        self.writer = ResultWriter(budget)
        self.managers: list[RunManager[Any]] = []  # whose runs get a heartbeat
        self._working: set[asyncio.Task[None]] = set()
        self._closing: list[VisionClient] = []
        self._loop = _new_loop()
        self._thread = threading.Thread(target=self._run, name="tuwen-runner", daemon=True)
        self._thread.start()

    def ask(self, run: Run[Cell], chains: Sequence[Sequence[Cell]]) -> None:
        """Begin to ask. chains: cells that must be asked one after the other."""
        self._loop.call_soon_threadsafe(self._queue, run, chains)

    def stop(self, run: Run[Cell], cells: Sequence[Cell]) -> None:
        """End those that haven't; what came is kept."""
        self._loop.call_soon_threadsafe(self._stop, run, cells)

    def cut(self, runs: Sequence[Run[Any]]) -> None:
        """Cut off all of these, and wait until their ends are written, but not for ever."""

        cells = [cell for run in runs for cell in run.find()]

        async def cut() -> None:
            for cell in cells:
                if cell.task and not cell.over:
                    cell.task.cancel()
                cell.over = True

        with suppress(TimeoutError):
            self.call(cut, CUT)
        deadline = time.monotonic() + CUT
        for cell in cells:
            while cell.task and not cell.ended and time.monotonic() < deadline:
                time.sleep(0.01)

    def call(self, work: Callable[[], Coroutine[Any, Any, Result]], timeout: float) -> Result:
        """Run `await work()` on the runner's loop (clients are bound to it) and wait.

        timeout: seconds. Raises TimeoutError, and whatever the work raises.
        """
        future = self.begin(work)
        try:
            return future.result(timeout)
        except TimeoutError:
            future.cancel()
            raise

    def begin(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> Future[Result]:
        """Run `await work()` on the runner's loop, without waiting. Cancel the future to end it."""
        return asyncio.run_coroutine_threadsafe(work(), self._loop)

    def close(self, clients: Iterable[VisionClient] = ()) -> None:
        """Cut off all that is running, keep what came as interrupted, end the threads.

        clients: closed on the loop, to which they are bound.
        """
        self._closing = list(clients)
        for manager in list(self.managers):
            manager.close()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self.writer.close()

    # On the loop ------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        beat = self._loop.create_task(self._beat())
        self._loop.run_forever()
        beat.cancel()
        ending = [beat, *(self._loop.create_task(client.close()) for client in self._closing)]
        self._loop.run_until_complete(asyncio.gather(*ending, return_exceptions=True))
        self._loop.close()

    def _begin(self, run: Run[Cell], cell: Cell) -> asyncio.Task[Finish | AttemptResult]:
        cell.task = self._loop.create_task(ask(run, cell, self.budget))
        # A callback and not a `finally`: a task cancelled before its first step runs no line.
        cell.task.add_done_callback(lambda task: self._ended(run, cell, task))
        return cell.task

    def _queue(self, run: Run[Cell], chains: Sequence[Sequence[Cell]]) -> None:
        """Each run stands in an endpoint's queue with no more cells than it may ask at once, so
        that a large one doesn't keep a small one waiting. What goes first stands in none."""
        if run.goes_first:
            for chain in chains:
                self._begin(run, chain[0])
            return
        queues: defaultdict[EndpointLimiter, deque[Sequence[Cell]]] = defaultdict(deque)
        for chain in chains:
            queues[run.limiter(chain[0])].append(chain)
        for limiter, queue in queues.items():
            for _ in range(min(limiter.at_once, len(queue))):
                task = self._loop.create_task(self._work(run, queue))
                self._working.add(task)
                task.add_done_callback(self._working.discard)

    async def _work(self, run: Run[Cell], queue: deque[Sequence[Cell]]) -> None:
        while queue:
            for cell in queue.popleft():
                if not (cell.over or cell.ended):
                    await asyncio.wait([self._begin(run, cell)])

    def _stop(self, run: Run[Cell], cells: Sequence[Cell]) -> None:
        unsent = []
        for cell in cells:
            if cell.over or cell.ended:
                continue
            cell.stopped = True
            if cell.task is None:
                cell.over = True
                unsent.append(cell)
            else:
                cell.task.cancel()
        if unsent:
            self.writer.unsent(run, unsent)

    def _ended(
        self, run: Run[Cell], cell: Cell, task: asyncio.Task[Finish | AttemptResult]
    ) -> None:
        cell.over = True
        run.change()  # the last words don't wait until the store has been told
        ending: Ending | AttemptResult
        try:
            cell.answered = is_answer(task)
            ending = ending_of(cell, task)
        except Exception as caught:  # or neither this cell nor those behind it would ever end
            _LOG.exception("the end of an answer is unclear: %s", type(caught).__name__)
            ending = AttemptResult("interrupted", cell.text)
        self.writer.end(run, cell, ending)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            managers = list(self.managers)
            self.writer.beat([manager.heartbeat for manager in managers])
            for manager in managers:
                manager.tidy()


def _new_loop() -> asyncio.AbstractEventLoop:
    """libuv's, but for Windows: with a hundred answers at once a token costs half the time."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()
