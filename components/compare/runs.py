"""Comparisons in progress: the process's runner, on the hub's loop.

A run goes on whether anybody watches or not. The loop never touches the log: see keeping.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Coroutine, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Protocol

from components.chat.retry import Policy
from components.compare.asking import PATIENT, ask, chains
from components.compare.ending import ended, is_answer
from components.compare.gate import Gate
from components.compare.keeping import After, Keeper
from components.compare.kept import pictures_of
from components.compare.live import Live
from components.compare.log import CompareLog
from components.compare.plan import Plan
from components.compare.price import cell_charge
from components.compare.run import Make, Run
from components.compare.wish import Column
from components.providers.base import Finish
from components.providers.endpoints import Endpoint
from components.spending import Budget

HEARTBEAT = 1.0  # seconds between two writes of a running comparison
KEEP_DONE = 60.0  # seconds an ended run can still be asked for


class Loop(Protocol):
    """An event loop in a thread of its own; components.chat.hub.Hub is one."""

    def begin(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> Future[Any]:
        """Run `await work()` there, without waiting."""
        ...


class Runs:
    """Runs comparisons. Make one per process; `close` it before the loop."""

    def __init__(
        self,
        loop: Loop,
        log: CompareLog,
        *,
        per_endpoint: int = 4,
        policy: Policy = PATIENT,
        budget: Budget | None = None,
        after: After | None = None,
    ) -> None:
        """per_endpoint: cells at once at one endpoint, of all comparisons together. budget:
        each cell is reserved before it is asked and settled after. after: called with every
        cell's end, in the writer's thread."""
        self._loop, self._log, self._keeper = loop, log, Keeper(log, budget, after)
        self._budget = budget
        self._per_endpoint, self._policy = per_endpoint, policy
        self._runs: dict[tuple[str, str], Run] = {}
        self._gates: dict[tuple[str, str], Gate] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._lock = threading.Lock()
        self._beating = loop.begin(self._beat)

    def start(self, owner: str, plan: Plan, make: Make) -> Run:
        """Begin to ask; returns when the log holds the comparison. A repeat returns the same run.

        make: gives an endpoint's client, called on the loop. Raises LogError, and SpendingError or
        QuotaError when the whole doesn't fit into what may be used; nothing is sent then.
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
            self._keeper.begin(owner, plan)
        except BaseException:
            self._forget(run)
            raise
        self._go_on(run, list(run.lives.values()))
        return run

    def run(self, owner: str, comparison_id: str) -> Run | None:
        """The comparison in progress (or one that ended a moment ago) of this id."""
        with self._lock:
            return self._runs.get((owner, comparison_id))

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
        kept. False when nothing is running under this id."""
        run = self.run(owner, comparison_id)
        if run is None or run.done:
            return False
        lives = run.find(cells, column)

        async def stop() -> None:
            self._stop(run, lives)

        self._loop.begin(stop)
        return True

    def stop_all(self, owner: str) -> None:
        """End every comparison of an owner's that is in progress."""
        with self._lock:
            mine = [run_id for whose, run_id in self._runs if whose == owner]
        for run_id in mine:
            self.stop(owner, run_id)

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
        progress as on one of the log. None when there is no such comparison. Raises LogError;
        CompareError and ImageError for images that can't be had any more. Nothing is asked then.
        """
        run, pictures = self.run(owner, comparison_id), None
        if run is None:
            there = self._log.comparison(owner, comparison_id)
            if there is None:
                return None
            pictures = pictures_of(self._log, owner, there.comparison)
        again = self._keeper.reopen(owner, comparison_id, cells)
        now = self._log.comparison(owner, comparison_id)
        if now is None:
            return None
        if run is not None:
            run.make = make
            lives = run.reopen([cell for cell in now.cells if cell.id in again])
        else:
            gates = self._gates_of(owner, columns)
            run = Run(owner, now.comparison, now.cells, pictures or {}, columns, make, gates)
            with self._lock:
                self._runs[owner, comparison_id] = run
            lives = run.find(set(again), None)
        self._go_on(run, lives)
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
        self._keeper.close()

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
        self._keeper.forget(run)
        with self._lock:
            self._runs.pop((run.owner, run.id), None)

    def _gates_of(self, owner: str, columns: Sequence[Column]) -> list[Gate]:
        return [self._gate(owner, column.endpoint) for column in columns]

    def _gate(self, owner: str, endpoint: Endpoint) -> Gate:
        """The server's endpoints are everybody's, a typed one is its owner's alone."""
        key = (owner if endpoint.own else "", endpoint.name)
        with self._lock:
            return self._gates.setdefault(key, Gate(endpoint.name, self._per_endpoint))

    def _go_on(self, run: Run, lives: Sequence[Live]) -> None:
        if lives:
            self._loop.begin(lambda: self._work_on(run, lives))

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
                live.task = asyncio.get_running_loop().create_task(
                    ask(run, live, self._policy, self._budget)
                )
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
            self._keeper.unsent(run, unsent)

    def _ended(self, run: Run, live: Live, task: asyncio.Task[Finish]) -> None:
        live.over, live.answered = True, is_answer(task)
        column = run.columns[live.cell.column]
        self._keeper.end(run, live, ended(live, task, column))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            with self._lock:
                runs = list(self._runs.values())
            for run in runs:
                if run.ended_at is None:
                    self._keeper.beat(run)
                elif time.monotonic() - run.ended_at > KEEP_DONE:
                    self._forget(run)
