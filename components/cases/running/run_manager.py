"""Runs of cases in progress: begun, held, taken up again, whichever process runs them."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from components.cases.errors import CaseError
from components.cases.plan import Plan
from components.cases.running.run import After, Make, RunningCases, Shown
from components.cases.snapshot import asked_of
from components.cases.store.runs import Held, RunStore, StoredRun
from components.chat.store import ImageOf
from components.compare.running.run import PATIENT
from components.compare.spec import Column
from components.runner.endpoint_limiter import EndpointLimiters
from components.runner.remote_runs import RemoteRun, RemoteRuns
from components.runner.retry import Policy
from components.runner.run import Kind
from components.runner.run_manager import RunManager
from components.runner.runner import Runner
from components.runner.types import AlreadyRunning


class RemoteCases(RemoteRun[StoredRun | None]):
    """The reading side of a run that another process asks, as the store knows it."""

    def __init__(self, store: RunStore, owner: str, stored: StoredRun) -> None:
        self._last = stored
        super().__init__(
            stored,
            lambda: store.case_run(owner, stored.run.id),
            lambda seen: seen is None or not seen.running,
        )

    def wait(self, version: int, timeout: float) -> tuple[int, Shown]:
        """As RunningCases.wait."""
        version, seen = self.wait_for(version, timeout)
        self._last = seen or self._last
        last = self._last
        shown = Shown(last.run, last.answers, self.over(seen), judgements=last.judgements)
        return version, shown


Running = RunningCases | RemoteCases


class CaseRuns(RunManager[RunningCases]):
    """Of all owners."""

    def __init__(
        self,
        runner: Runner,
        store: RunStore,
        image_of: ImageOf,
        *,
        policy: Policy = PATIENT,
        after: After | None = None,
        limiters: EndpointLimiters | None = None,
    ) -> None:
        """after: called with every end of a request that left, in the writer's thread. limiters:
        other than those that all runs share."""
        super().__init__(runner)
        self._store, self._image_of = store, image_of
        self._kind = Kind(store, limiters or runner.limiters, policy, after)
        self._elsewhere: RemoteRuns[RemoteCases] = RemoteRuns()

    def start(self, owner: str, plan: Plan, make: Make) -> RunningCases:
        """Begin to ask; returns when the store holds the run. A repeat returns the same run.

        make: gives an endpoint's client, called on the loop. Raises StoreError, and SpendingError
        or QuotaError when the whole doesn't fit into what may be used; nothing is sent then.
        """
        stored = StoredRun(plan.run, plan.snapshot, plan.answers, True, plan.judgements)
        run = self._made(owner, stored, plan, make)
        with self._lock:
            known = self._runs.setdefault(run.key, run)
        if known is not run:
            return known
        try:
            contents = plan.new_images()
            if self.runner.budget is not None:
                self._check(owner, run, plan)
            self.runner.writer.begin(
                run,
                lambda _: self._store.begin_run(
                    owner, plan.run, plan.snapshot, stored.requests, contents
                ),
            )
        except BaseException:
            self._forget(run)
            raise
        self._ask(run)
        return run

    def resume(
        self,
        owner: str,
        run_id: str,
        columns: Sequence[Column],
        make: Make,
        *,
        errors: bool = False,
        budget: Decimal | None = None,
    ) -> RunningCases | None:
        """Ask what has no answer yet; what is answered is never asked again.

        columns: whom it asks (run.whom) with their endpoints, in its order. errors: those, too.
        budget: of the run from now on, USD; None for the one that it has. None when there is no
        such run. Raises StoreError, and CaseError (case_already_running) when somebody is at it.
        """
        if (run := self.run(owner, run_id)) is not None and not run.done:
            raise CaseError("case_already_running")
        try:
            self.runner.writer.in_turn(
                (owner, run_id),
                lambda others: self._store.reopen_run(
                    owner, run_id, errors=errors, budget=budget, alone=others
                ),
            )
        except AlreadyRunning:
            raise CaseError("case_already_running") from None
        stored = self._store.case_run(owner, run_id)
        if stored is None:
            return None
        run = self._made(owner, stored, None, make, columns)
        run.begun = True
        with self._lock:
            self._runs[run.key] = run
        self._ask(run)
        return run

    def follow(self, owner: str, stored: StoredRun) -> Running | None:
        """The run in progress that the store has just given: of this process, or what the store
        tells of another's. None when nobody is at it."""
        run = self.run(owner, stored.run.id)
        if run is not None and not run.settled:
            return run
        if not stored.running:
            return None
        return self._elsewhere.follow(
            (owner, stored.run.id), lambda: RemoteCases(self._store, owner, stored)
        )

    def hold(self, owner: str, run_id: str, why: Held) -> bool:
        """Send no more. "pause": what is out is waited for; "stop": it is ended, too. In another
        process at its next heartbeat. False when there is no such run. Raises StoreError."""
        there = self._store.hold_run(owner, run_id, why)
        run = self.run(owner, run_id)
        if run is not None and not run.done:
            self._hold(run, why)
        return there

    def ask_stop_all(self, owner: str) -> None:
        self._store.stop_all_runs(owner)

    def write_progress(self, runs: Sequence[RunningCases]) -> list[Collection[str] | None]:
        asked: list[Collection[str] | None] = []
        for run in runs:
            told = self._store.run_progress(run.owner, run.id, run.progress())
            asked.append(None if told is None else ())
            if told and told != run.run.held:
                self._hold(run, told)
        return asked

    def _hold(self, run: RunningCases, why: Held) -> None:
        run.held(why)
        cells = run.find()
        if why != "stop":
            cells = [cell for cell in cells if cell.sent is None]
        self.runner.stop(run, cells)

    def _over(self, run: RunningCases, why: Held) -> None:
        """On the loop or in the writer's thread; the store is told with the end of the request."""
        if not run.run.held:
            self._hold(run, why)

    def _made(
        self,
        owner: str,
        stored: StoredRun,
        plan: Plan | None,
        make: Make,
        columns: Sequence[Column] = (),
    ) -> RunningCases:
        return RunningCases(
            self._kind,
            owner,
            stored.run,
            plan.asked if plan else asked_of(stored.snapshot),
            stored.requests,
            plan.columns if plan else columns,
            self._image_of,
            make,
            self._over,
        )

    def _ask(self, run: RunningCases) -> None:
        if chains := run.chains():
            self.runner.ask(run, chains)

    def _check(self, owner: str, run: RunningCases, plan: Plan) -> None:
        """The whole is looked at before its first request is asked."""
        assert self.runner.budget
        self.runner.budget.check(owner, [run.charge(cell) for cell in run.find() if not cell.ended])
        sizes = [(digest, len(data)) for digest, data in plan.contents.items()]
        self.runner.budget.make_room(owner, sizes)
