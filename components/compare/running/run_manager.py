"""Comparisons in progress: begun, stopped, asked again, whichever process runs them."""

from collections.abc import Collection, Sequence

from components.chat.store import AlreadyRunning, ImageOf
from components.compare.errors import CompareError
from components.compare.plan import Plan
from components.compare.price import cell_charge
from components.compare.rerun import pictures_of
from components.compare.running.cell import ComparisonCell
from components.compare.running.run import PATIENT, After, ComparisonRun, Make, Snapshot
from components.compare.spec import Column
from components.compare.store import CompareStore, StoredComparison
from components.runner.endpoint_limiter import EndpointLimiters
from components.runner.remote_runs import RemoteRun, RemoteRuns
from components.runner.retry import Policy
from components.runner.run import Kind
from components.runner.run_manager import RunManager
from components.runner.runner import Runner


class RemoteComparison(RemoteRun[StoredComparison | None]):
    """The reading side of a comparison that another process runs, as the store knows it. It has
    ended when every cell has, or when its heartbeat has stopped; a deleted one has ended, too."""

    def __init__(self, store: CompareStore, owner: str, stored: StoredComparison) -> None:
        self.comparison = stored.comparison
        self._last = stored
        super().__init__(
            stored,
            lambda: store.comparison(owner, stored.comparison.id),
            lambda seen: seen is None or not seen.running,
        )

    def wait(self, version: int, timeout: float) -> tuple[int, Snapshot]:
        """As ComparisonRun.wait."""
        version, seen = self.wait_for(version, timeout)
        self._last = seen or self._last
        return version, Snapshot(self._last.cells, self.over(seen))


Running = ComparisonRun | RemoteComparison


class Runs(RunManager[ComparisonRun]):
    """Of all comparisons."""

    def __init__(
        self,
        runner: Runner,
        store: CompareStore,
        image_of: ImageOf,
        *,
        policy: Policy = PATIENT,
        after: After | None = None,
        limiters: EndpointLimiters | None = None,
    ) -> None:
        """after: called with every cell's end, in the writer's thread. limiters: other than those
        that all runs share."""
        super().__init__(runner)
        self._store, self._image_of = store, image_of
        self._kind = Kind(store, limiters or runner.limiters, policy, after)
        self._elsewhere: RemoteRuns[RemoteComparison] = RemoteRuns()

    def start(self, owner: str, plan: Plan, make: Make) -> ComparisonRun:
        """Begin to ask; returns when the store holds the comparison. A repeat returns the same run.

        make: gives an endpoint's client, called on the loop. Raises StoreError, and SpendingError
        or QuotaError when the whole doesn't fit into what may be used; nothing is sent then.
        """
        parts = plan.comparison, plan.cells
        run = ComparisonRun(self._kind, owner, *parts, plan.pictures, plan.columns, make)
        with self._lock:
            known = self._runs.setdefault(run.key, run)
        if known is not run:
            return known
        try:
            self._check(owner, plan)
            self.runner.writer.begin(
                run, lambda _: self._store.begin_comparison(owner, *parts, plan.contents)
            )
        except BaseException:
            self._forget(run)
            raise
        self._ask(run, run.find())
        return run

    def follow(self, owner: str, stored: StoredComparison) -> Running | None:
        """The comparison in progress that the store has just given: of this process, or what the
        store tells of another's. None when nobody is at it."""
        run = self.run(owner, stored.comparison.id)
        if run is not None and not run.settled:
            return run
        if not stored.running:
            return None
        return self._elsewhere.follow(
            (owner, stored.comparison.id), lambda: RemoteComparison(self._store, owner, stored)
        )

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
        self.runner.stop(run, run.find(cells, column))
        return True

    def ask_stop_all(self, owner: str) -> None:
        self._store.ask_stop_all_cells(owner)

    def retry(
        self,
        owner: str,
        comparison_id: str,
        cells: Collection[str],
        columns: Sequence[Column],
        make: Make,
    ) -> ComparisonRun | None:
        """Ask cells again that failed, were stopped or interrupted; others are left alone.

        columns: the comparison's models with their endpoints, in its order. Works on a run in
        progress as on one of the store. None when there is no such comparison. Raises StoreError;
        CompareError (compare_already_running) when another process is at it; CompareError and
        ImageError for images that can't be had any more. Nothing is asked then.
        """
        run, pictures = self.run(owner, comparison_id), None
        if run is None:
            there = self._store.comparison(owner, comparison_id)
            if there is None:
                return None
            pictures = pictures_of(self._image_of, owner, there.comparison)
        alone = run is None or run.done
        try:
            again = self.runner.writer.in_turn(
                (owner, comparison_id),
                lambda others: self._store.reopen_cells(
                    owner, comparison_id, cells, alone=alone and others
                ),
            )
        except AlreadyRunning:
            raise CompareError("compare_already_running") from None
        now = self._store.comparison(owner, comparison_id)
        if now is None:
            return None
        if run is not None:
            run.make = make
            reopened = run.reopen(now.cells, again)
        else:
            parts = now.comparison, now.cells
            run = ComparisonRun(self._kind, owner, *parts, pictures or {}, columns, make)
            run.begun = True
            reopened = run.find(set(again))
        with self._lock:
            self._runs[run.key] = run
        self._ask(run, reopened)
        return run

    def write_progress(self, runs: Sequence[ComparisonRun]) -> list[Collection[str] | None]:
        return [self._store.comparison_progress(run.owner, run.id, run.progress()) for run in runs]

    def _ask(self, run: ComparisonRun, cells: Sequence[ComparisonCell]) -> None:
        if cells:
            self.runner.ask(run, run.chains(cells))

    def _check(self, owner: str, plan: Plan) -> None:
        """The whole is looked at before its first cell is asked."""
        budget = self.runner.budget
        if budget is None:
            return
        waiting = [cell for cell in plan.cells if cell.state == "waiting"]
        asked, columns = plan.comparison, plan.columns
        budget.check(owner, [cell_charge(asked, cell, columns[cell.column]) for cell in waiting])
        budget.make_room(owner, [(c.hash, len(c.content)) for c in plan.contents])
