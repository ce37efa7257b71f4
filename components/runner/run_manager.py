"""The runs of one kind in this process: found, stopped, and kept for a while after their end."""

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import Any, Generic, TypeVar

from components.errors import StoreError
from components.runner.run import Run
from components.runner.runner import Runner

KEEP_DONE = 60.0  # seconds an ended run can still be asked for
AnyRun = TypeVar("AnyRun", bound=Run[Any])
_LOG = logging.getLogger(__name__)


class RunManager(ABC, Generic[AnyRun]):
    """Make one a kind and process. A run goes on whether anybody watches or not."""

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self._runs: dict[tuple[str, str], AnyRun] = {}
        self._lock = threading.Lock()
        runner.managers.append(self)

    @abstractmethod
    def write_progress(self, runs: Sequence[AnyRun]) -> Sequence[Collection[str] | None]:
        """A heartbeat, and what came so far. Of each run the cells that somebody asked to stop, in
        whichever process; None, all of them, where it isn't there (any more). Raises StoreError."""

    @abstractmethod
    def ask_stop_all(self, owner: str) -> None:
        """Ask whoever runs something of this owner's to end it. Raises StoreError."""

    def run(self, owner: str, run_id: str) -> AnyRun | None:
        """The one in progress (or one that ended a moment ago) of this id."""
        with self._lock:
            return self._runs.get((owner, run_id))

    @property
    def running(self) -> int:
        """How many cells are asked or wait for it."""
        return sum(run.waiting for run in self._all())

    def saving(self, run: AnyRun) -> bool:
        """Whether the store refused an end of it, and is asked again by itself."""
        return self.runner.writer.unsaved(run)

    def stop_cells(self, run: AnyRun, ids: Collection[str] | None = None) -> None:
        """End these cells of a run (None: all), keeping what came."""
        self.runner.stop(run, run.find(ids))

    def stop_all(self, owner: str) -> None:
        """End every run of an owner's, in other processes at their next heartbeat. Raises
        StoreError."""
        for run in self._all():
            if run.owner == owner:
                self.stop_cells(run)
        self.ask_stop_all(owner)

    def close(self) -> None:
        """Cut off all of them; what came is kept as interrupted."""
        self.runner.managers.remove(self)
        self.runner.cut(self._all())

    # For the runner ---------------------------------------------------------------------------

    def heartbeat(self) -> bool:
        """Write that they live, all in one write: a hundred would keep the disk, and everybody
        else's writes, busy. Whether the store took it."""
        running = [run for run in self._all() if run.begun and not run.done]
        return not running or self._note(running)

    def tidy(self) -> None:
        """Let go of what ended long ago."""
        for run in self._all():
            old = run.ended_at is not None and time.monotonic() - run.ended_at > KEEP_DONE
            if old and not self.saving(run):
                self._forget(run)

    def _note(self, running: Sequence[AnyRun]) -> bool:
        try:
            asked = self.write_progress(running)
        except StoreError as caught:
            _LOG.warning("what is running could not be written: %s", caught.code)
            return False
        except Exception as caught:
            _LOG.exception("what is running could not be written: %s", type(caught).__name__)
            if len(running) == 1:
                return True
            # One of them is at fault; the others live on.
            return all(self._note([run]) for run in running)
        for run, cells in zip(running, asked, strict=True):
            if cells is None or cells:
                self.stop_cells(run, cells)
        return True

    def _all(self) -> list[AnyRun]:
        with self._lock:
            return list(self._runs.values())

    def _forget(self, run: AnyRun) -> None:
        with self._lock:
            if self._runs.get(run.key) is run:
                del self._runs[run.key]
