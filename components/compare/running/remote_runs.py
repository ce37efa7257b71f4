"""A comparison that another process runs, as the store knows it (see
components.chat.running.remote_runs)."""

from decimal import Decimal
from typing import Protocol

from components.compare.running.run import Snapshot
from components.compare.store import CompareStore, Comparison, StoredComparison
from components.runner.remote_runs import LOOK, Looked, Shared


class Running(Protocol):
    """The reading side of Run, which this process runs, and of FollowedRun."""

    @property
    def comparison(self) -> Comparison: ...

    def wait(self, version: int, timeout: float) -> tuple[int, Snapshot]:
        """As Run.wait."""
        ...


class FollowedRun:
    """What the store tells of a comparison in progress elsewhere. It has ended when every cell has,
    or when its heartbeat has stopped."""

    def __init__(
        self, store: CompareStore, owner: str, logged: StoredComparison, every: float
    ) -> None:
        self.comparison = logged.comparison
        self._last = logged
        self._looked = Looked[StoredComparison | None](
            logged, lambda: store.comparison(owner, logged.comparison.id), _over, every
        )

    @property
    def done(self) -> bool:
        return self._looked.over

    def wait(self, version: int, timeout: float) -> tuple[int, Snapshot]:
        """As Run.wait."""
        version, seen = self._looked.wait(version, timeout)
        if seen is not None:
            self._last = seen
        return version, _snapshot(self._last, done=_over(seen))


class RemoteRuns:
    """Comparisons of other processes. One per process, so that all its tabs share what is read."""

    def __init__(self, store: CompareStore, every: float = LOOK) -> None:
        """every: seconds between two looks at the log."""
        self._store, self._every = store, every
        self._followed: Shared[FollowedRun] = Shared()

    def follow(self, owner: str, logged: StoredComparison) -> FollowedRun:
        """logged: as the store has just said that somebody is at it."""
        return self._followed.get(
            (owner, logged.comparison.id),
            lambda: FollowedRun(self._store, owner, logged, self._every),
            lambda followed: followed.done,
        )


def _over(logged: StoredComparison | None) -> bool:
    """A deleted one has ended, too."""
    return logged is None or not logged.running


def _snapshot(logged: StoredComparison, *, done: bool) -> Snapshot:
    """Pauses and the time left are known to the process alone that asks."""
    ended = [cell for cell in logged.cells if cell.ended]
    costs = [cell.result.cost for cell in ended if cell.result]
    known = [cost for cost in costs if cost is not None]
    return Snapshot(
        cells=logged.cells,
        ended=len(ended),
        done=done,
        retries={},
        pauses=(),
        seconds_left=None,
        cost=sum(known, Decimal(0)),
        cost_unknown=len(costs) - len(known),
        store_errors=(),
    )
