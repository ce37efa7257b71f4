"""Comparisons in progress: the process's runner, on the runner's loop.

A run goes on whether anybody watches or not. The loop never touches the store: see keeping. What
other processes run on the same store is in elsewhere.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Collection, Coroutine, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Protocol

from components.chat.store import AlreadyRunning
from components.compare.errors import CompareError
from components.compare.plan import Plan
from components.compare.price import cell_charge
from components.compare.rerun import pictures_of
from components.compare.running.cell_runner import PATIENT
from components.compare.running.remote_runs import RemoteRuns, Running
from components.compare.running.result_writer import After, ResultWriter
from components.compare.running.run import Make, Run
from components.compare.running.running_cell import RunningCell
from components.compare.running.workers import Workers
from components.compare.spec import Column
from components.compare.store import CompareStore, StoredComparison
from components.runner.endpoint_limiter import EndpointLimiter, EndpointLimiters
from components.runner.retry import Policy
from components.spending import Budget

HEARTBEAT = 1.0  # seconds between two writes of a running comparison
KEEP_DONE = 60.0  # seconds an ended run can still be asked for


class Loop(Protocol):
    """An event loop in a thread of its own; components.chat.running.runner.Runner is one."""

    def begin(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> Future[Any]:
        """Run `await work()` there, without waiting."""
        ...


class Runs:
    """Runs comparisons. Make one per process; `close` it before the loop."""

    def __init__(
        self,
        loop: Loop,
        store: CompareStore,
        *,
        per_endpoint: int = 4,
        policy: Policy = PATIENT,
        budget: Budget | None = None,
        after: After | None = None,
    ) -> None:
        """per_endpoint: cells at once at one endpoint, of all comparisons together. budget:
        each cell is reserved before it is asked and settled after. after: called with every
        cell's end, in the writer's thread."""
        self._loop, self._store, self._budget = loop, store, budget
        self._writer = ResultWriter(store, budget, after)
        self._workers = Workers(self._writer, policy, budget)
        self._gates = EndpointLimiters(per_endpoint)
        self._elsewhere = RemoteRuns(store)
        self._runs: dict[tuple[str, str], Run] = {}
        self._begun: set[Run] = set()
        self._lock = threading.Lock()
        self._beating = loop.begin(self._beat)

    def start(self, owner: str, plan: Plan, make: Make) -> Run:
        """Begin to ask; returns when the store holds the comparison. A repeat returns the same run.

        make: gives an endpoint's client, called on the loop. Raises StoreError, and SpendingError
        or QuotaError when the whole doesn't fit into what may be used; nothing is sent then.
        """
        asked = plan.comparison
        gates = self._gates_of(owner, plan.columns)
        run = Run(owner, asked, plan.cells, plan.pictures, plan.columns, make, gates)
        with self._lock:
            known = self._runs.setdefault((owner, asked.id), run)
        if known is not run:
            return known
        try:
            self._check(owner, plan)
            self._writer.begin(owner, plan)
        except BaseException:
            self._forget(run)
            raise
        self._begun.add(run)
        self._go_on(run, list(run.lives.values()))
        return run

    def run(self, owner: str, comparison_id: str) -> Run | None:
        """The comparison in progress (or one that ended a moment ago) of this id."""
        with self._lock:
            return self._runs.get((owner, comparison_id))

    def follow(self, owner: str, logged: StoredComparison) -> Running | None:
        """The comparison in progress that the store has just given: of this process, or what the
        store tells of another's. None when nobody is at it."""
        run = self.run(owner, logged.comparison.id)
        if run is not None and not run.settled:
            return run
        return self._elsewhere.follow(owner, logged) if logged.running else None

    @property
    def running(self) -> int:
        """How many cells are asked or wait for it, of all comparisons."""
        with self._lock:
            runs = list(self._runs.values())
        return sum(run.waiting for run in runs)

    def stop(
        self,
        owner: str,
        comparison_id: str,
        *,
        cells: Collection[str] | None = None,
        column: int | None = None,
    ) -> bool:
        """End the cells of these ids, of one model's column, or (neither given) all; what came is
        kept. Those of another process end at its next heartbeat. False when nothing is running
        under this id. Raises StoreError."""
        run = self.run(owner, comparison_id)
        if run is None or run.done:
            return self._store.ask_stop_cells(owner, comparison_id, cells=cells, column=column)
        self._stop(run, cells, column)
        return True

    def stop_all(self, owner: str) -> None:
        """End every comparison of an owner's that is in progress. Raises StoreError."""
        with self._lock:
            mine = [run for (whose, _), run in self._runs.items() if whose == owner]
        for run in mine:
            self._stop(run)
        self._store.ask_stop_all_cells(owner)

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
        progress as on one of the log. None when there is no such comparison. Raises StoreError;
        CompareError (compare_already_running) when another process is at it; CompareError and
        ImageError for images that can't be had any more. Nothing is asked then.
        """
        run, pictures = self.run(owner, comparison_id), None
        if run is None:
            there = self._store.comparison(owner, comparison_id)
            if there is None:
                return None
            pictures = pictures_of(self._store, owner, there.comparison)
        try:
            alone = run is None or run.done
            again = self._writer.reopen(owner, comparison_id, cells, alone=alone)
        except AlreadyRunning:
            raise CompareError("compare_already_running") from None
        now = self._store.comparison(owner, comparison_id)
        if now is None:
            return None
        if run is not None:
            run.make = make
            lives = run.reopen(now.cells, again)
        else:
            gates = self._gates_of(owner, columns)
            run = Run(owner, now.comparison, now.cells, pictures or {}, columns, make, gates)
            lives = run.find(set(again), None)
        with self._lock:
            self._runs[owner, comparison_id] = run
        self._begun.add(run)
        self._go_on(run, lives)
        return run

    def close(self) -> None:
        """Cut off all that is running, keep what came as interrupted, end the thread."""
        self._beating.cancel()
        with self._lock:
            runs = list(self._runs.values())

        with suppress(TimeoutError):
            self._loop.begin(lambda: self._workers.cut(runs)).result(5)
        self._writer.close()

    def _gates_of(self, owner: str, columns: Sequence[Column]) -> list[EndpointLimiter]:
        return [self._gates.of(owner, column.endpoint) for column in columns]

    def _check(self, owner: str, plan: Plan) -> None:
        """The whole is looked at before its first cell is asked."""
        if self._budget is None:
            return
        waiting = [cell for cell in plan.cells if cell.state == "waiting"]
        asked, columns = plan.comparison, plan.columns
        self._budget.check(
            owner, [cell_charge(asked, cell, columns[cell.column]) for cell in waiting]
        )
        self._budget.make_room(owner, [(c.hash, len(c.content)) for c in plan.contents])

    def _forget(self, run: Run) -> None:
        self._begun.discard(run)
        with self._lock:
            self._runs.pop((run.owner, run.id), None)

    def _go_on(self, run: Run, lives: Sequence[RunningCell]) -> None:
        if lives:
            self._loop.begin(lambda: self._workers.work_on(run, lives))

    def _stop(
        self, run: Run, cells: Collection[str] | None = None, column: int | None = None
    ) -> None:
        self._loop.begin(lambda: self._workers.stop(run, run.find(cells, column)))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            begun = list(self._begun)
            self._writer.beat([run for run in begun if not run.done], self._stop)
            for run in begun:
                ended = run.ended_at
                old = ended is not None and time.monotonic() - ended > KEEP_DONE
                if old and not self._writer.unsaved(run):
                    self._forget(run)
