"""Comparisons in progress: the process's runner, on the hub's loop.

A run goes on whether anybody watches or not. The loop never touches the log: one writer thread
does, in the order of submission.
"""

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Coroutine, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Protocol

from components.chat.log import AttemptResult
from components.chat.retry import Policy
from components.compare.asking import PATIENT, ask
from components.compare.ending import ended, is_answer
from components.compare.gate import Gate
from components.compare.kept import reopened
from components.compare.live import Live
from components.compare.log import CompareLog
from components.compare.plan import Plan
from components.compare.run import Make, Run
from components.compare.settled import NEVER_SENT
from components.compare.wish import Column
from components.errors import LogError
from components.providers.base import Finish
from components.providers.endpoints import Endpoint

HEARTBEAT = 1.0  # seconds between two writes of a running comparison
KEEP_DONE = 60.0  # seconds an ended run can still be asked for
_LOG = logging.getLogger(__name__)


class Loop(Protocol):
    """An event loop in a thread of its own; components.chat.hub.Hub is one."""

    def begin(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> Future[Any]:
        """Run `await work()` there, without waiting."""
        ...


class Runs:
    """Runs comparisons. Make one per process; `close` it before the loop."""

    def __init__(
        self, loop: Loop, log: CompareLog, *, per_endpoint: int = 4, policy: Policy = PATIENT
    ) -> None:
        """per_endpoint: cells at once at one endpoint, of all comparisons together."""
        self._loop, self._log = loop, log
        self._per_endpoint, self._policy = per_endpoint, policy
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="tuwen-compare")
        self._runs: dict[tuple[str, str], Run] = {}
        self._gates: dict[tuple[str, str], Gate] = {}
        self._beats: dict[Run, Future[None]] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._lock = threading.Lock()
        self._beating = loop.begin(self._beat)

    def start(self, owner: str, plan: Plan, make: Make) -> Run:
        """Begin to ask; returns when the log holds the comparison. A repeat returns the same run.

        make: gives an endpoint's client, called on the loop. Raises LogError; nothing is sent then.
        """
        known = self.run(owner, plan.comparison.id)
        if known is not None:
            return known
        run = Run(
            owner,
            plan.comparison,
            plan.cells,
            plan.pictures,
            plan.columns,
            make,
            [self._gate(owner, column.endpoint) for column in plan.columns],
        )
        self._writer.submit(
            self._log.begin_comparison, owner, plan.comparison, plan.cells, plan.contents
        ).result()
        self._enter(run)
        self._loop.begin(lambda: self._work_on(run, list(run.lives.values())))
        return run

    def run(self, owner: str, comparison_id: str) -> Run | None:
        """The comparison in progress (or one that ended a moment ago) of this id."""
        with self._lock:
            return self._runs.get((owner, comparison_id))

    def stop(
        self,
        owner: str,
        comparison_id: str,
        *,
        cells: Collection[str] | None = None,
        column: int | None = None,
    ) -> bool:
        """End the cells of these ids, of one model's column, or (neither given) all; what came is
        kept. False when nothing is running under this id."""
        run = self.run(owner, comparison_id)
        if run is None or run.done:
            return False
        lives = run.find(cells, column)

        async def stop() -> None:
            self._stop(run, lives)

        self._loop.begin(stop)
        return True

    def retry(
        self,
        owner: str,
        comparison_id: str,
        cells: Collection[str],
        columns: Sequence[Column],
        make: Make,
    ) -> Run | None:
        """Ask cells again that failed, were stopped or interrupted; others are left alone.

        columns: the comparison's models with their endpoints, in its order. Works on a run in
        progress as on one of the log. None when there is no such comparison. Raises LogError,
        CompareError and ImageError for images that can't be had any more.
        """
        again = self._writer.submit(self._log.reopen_cells, owner, comparison_id, cells).result()
        run = self.run(owner, comparison_id)
        found = reopened(self._log, owner, comparison_id, None if run is None else run.pictures)
        if found is None:
            return None
        logged, pictures = found
        lives: list[Live] = []
        if run is None:
            gates = [self._gate(owner, column.endpoint) for column in columns]
            run = Run(owner, logged.comparison, logged.cells, pictures, columns, make, gates)
            self._enter(run)
            lives = run.find(set(again), None)
        else:
            run.make = make
            lives = run.reopen([cell for cell in logged.cells if cell.id in again])
        going = run
        if lives:
            self._loop.begin(lambda: self._work_on(going, lives))
        return run

    def close(self) -> None:
        """Cut off all that is running, keep what came as interrupted, end the thread."""
        self._beating.cancel()
        with self._lock:
            runs = list(self._runs.values())

        async def cut() -> None:
            for live in (live for run in runs for live in run.lives.values()):
                live.over = True
                if live.task:
                    live.task.cancel()
            await asyncio.gather(*self._working, return_exceptions=True)

        with suppress(TimeoutError):
            self._loop.begin(cut).result(5)
        self._writer.shutdown()

    def _enter(self, run: Run) -> None:
        with self._lock:
            self._runs[run.owner, run.id] = run

    def _gate(self, owner: str, endpoint: Endpoint) -> Gate:
        """The server's endpoints are everybody's, a typed one is its owner's alone."""
        key = (owner if endpoint.own else "", endpoint.name)
        with self._lock:
            return self._gates.setdefault(key, Gate(endpoint.name, self._per_endpoint))

    # On the loop ------------------------------------------------------------------------------

    async def _work_on(self, run: Run, lives: Sequence[Live]) -> None:
        """Ask all of `lives`. Each comparison stands in an endpoint's queue with no more cells
        than it may ask at once, so that a large one doesn't keep a small one waiting."""
        queues: dict[Gate, deque[list[Live]]] = {}
        for chain in chains(lives, run.comparison.again):
            queues.setdefault(run.gates[chain[0].cell.column], deque()).append(chain)
        for gate, queue in queues.items():
            for _ in range(min(gate.at_once, len(queue))):
                task = asyncio.get_running_loop().create_task(self._work(run, queue))
                self._working.add(task)
                task.add_done_callback(self._working.discard)

    async def _work(self, run: Run, queue: deque[list[Live]]) -> None:
        while queue:
            for live in queue.popleft():
                if live.over or live.cell.ended:
                    continue
                live.task = asyncio.get_running_loop().create_task(ask(run, live, self._policy))
                await asyncio.wait([live.task])
                self._ended(run, live, live.task)

    def _stop(self, run: Run, lives: Sequence[Live]) -> None:
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
            self._writer.submit(self._keep_unsent, run, unsent)

    def _ended(self, run: Run, live: Live, task: asyncio.Task[Finish]) -> None:
        live.over = True
        live.answered = is_answer(task)
        end = ended(live, task, run.columns[live.cell.column], run.comparison.lang)
        self._writer.submit(self._keep, run, live, end)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            with self._lock:
                runs = list(self._runs.values())
            for run in runs:
                if run.ended_at is None:
                    last = self._beats.get(run)
                    if last is None or last.done():
                        self._beats[run] = self._writer.submit(self._progress, run)
                elif time.monotonic() - run.ended_at > KEEP_DONE:
                    self._forget(run)

    def _forget(self, run: Run) -> None:
        self._beats.pop(run, None)
        with self._lock:
            self._runs.pop((run.owner, run.id), None)

    # In the writer thread ---------------------------------------------------------------------

    def _progress(self, run: Run) -> None:
        _, now = run.wait(-1, 0)
        texts = {cell.id: cell.answer for cell in now.cells if cell.state == "running"}
        try:
            self._log.comparison_progress(run.owner, run.id, texts)
        except LogError as caught:
            _LOG.warning("a running comparison could not be written: %s", caught.code)

    def _keep(self, run: Run, live: Live, end: Callable[[], AttemptResult]) -> None:
        try:
            result = end()
        except Exception as caught:
            _LOG.exception("a cell could not be settled: %s", type(caught).__name__)
            result = AttemptResult("interrupted", live.text)
        failed = self._written(self._log.finish_cell, run.owner, live.cell.id, result)
        run.end(live, result, failed)

    def _keep_unsent(self, run: Run, lives: Sequence[Live]) -> None:
        ids = [live.cell.id for live in lives]
        failed = self._written(self._log.stop_cells, run.owner, run.id, ids)
        for live in lives:
            run.end(live, NEVER_SENT, failed)

    def _written(self, write: Callable[..., None], *arguments: object) -> Exception | None:
        """What kept it from being written after a few tries; None when it was."""
        failed: Exception | None = None
        for pause in (0.0, 0.5, 2.0):
            time.sleep(pause)
            try:
                write(*arguments)
                return None
            except LogError as caught:
                failed = caught
                _LOG.warning("a cell could not be written: %s", caught.code)
            except Exception as caught:
                # A bug; the cell ends all the same, or its pages would wait for ever.
                _LOG.exception("a cell could not be written: %s", type(caught).__name__)
                return caught
        return failed


def chains(lives: Sequence[Live], again: bool) -> list[list[Live]]:
    """Cells that must be asked one after the other: rounds of one conversation."""
    if not again:
        return [[live] for live in lives]
    found: dict[tuple[object, ...], list[Live]] = {}
    for live in sorted(lives, key=lambda live: live.cell.repeat):
        place = (live.cell.letters, live.cell.question, live.cell.column)
        found.setdefault(place, []).append(live)
    return list(found.values())
