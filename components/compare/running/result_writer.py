"""Comparisons on their way into the log.

Beginnings and ends are written by one thread, in the order of submission. Heartbeats, and what
the store refused before, have a thread of their own: nobody's comparison waits behind them.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from components.chat.running.result_writer import settled, written
from components.chat.store import AttemptResult
from components.compare.plan import Plan
from components.compare.running.run import Run
from components.compare.running.running_cell import RunningCell
from components.compare.spec import Column
from components.compare.store import CompareStore
from components.errors import StoreError
from components.runner.finalize import NEVER_SENT, without_figures
from components.runner.write_retry_queue import WriteRetryQueue
from components.spending import Budget

_LOG = logging.getLogger(__name__)
After = Callable[[Column, AttemptResult], None]
Stop = Callable[[Run, Collection[str] | None], None]


class ResultWriter:
    """`begin` and `reopen` wait and raise StoreError; the rest returns at once, and tells the run
    when it is done."""

    def __init__(self, store: CompareStore, budget: Budget | None, after: After | None) -> None:
        """after: called with every cell's end and whom it was for, in the writer's thread."""
        self._store, self._budget, self._after = store, budget, after
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="tuwen-compare")
        self._beater = ThreadPoolExecutor(1, thread_name_prefix="tuwen-compare-beat")
        self._late = WriteRetryQueue()
        self._lost: set[tuple[str, str]] = (
            set()
        )  # comparisons with ends that the store will not take
        self._beating: Future[None] | None = None

    def begin(self, owner: str, plan: Plan) -> None:
        """The comparison, its cells, its images."""
        self._writer.submit(
            self._store.begin_comparison, owner, plan.comparison, plan.cells, plan.contents
        ).result()

    def reopen(
        self, owner: str, comparison_id: str, cells: Collection[str], *, alone: bool
    ) -> list[str]:
        """Which of the cells wait again. alone: raise AlreadyRunning when somebody is at it."""

        def reopen() -> list[str]:
            self._late.now((owner, comparison_id))  # or an end would come after the new beginning
            # Cells whose end could never be written seem to go on for a while.
            mine = (owner, comparison_id) in self._lost
            return self._store.reopen_cells(owner, comparison_id, cells, alone=alone and not mine)

        return self._writer.submit(reopen).result()

    def beat(self, runs: Sequence[Run], stop: Stop) -> None:
        """Heartbeats and texts so far, unless the last ones are still being written. stop: called
        with cells that somebody asked to stop, in whichever process; None: with all."""
        if self._beating is None or self._beating.done():
            self._beating = self._beater.submit(self._beat, runs, stop)

    def end(self, run: Run, live: RunningCell, end: Callable[[], AttemptResult]) -> None:
        """How a cell ended. end: works the result out, which takes a moment."""
        self._writer.submit(self._end, run, live, end)

    def unsent(self, run: Run, lives: Sequence[RunningCell]) -> None:
        """Cells that were stopped before they were sent."""
        self._writer.submit(self._unsent, run, lives)

    def unsaved(self, run: Run) -> bool:
        """Whether ends of its cells are still to be written."""
        return self._late.holds((run.owner, run.id))

    def close(self) -> None:
        """Write what is waiting to be written, and end the threads."""
        self._writer.shutdown()
        self._beater.shutdown()
        self._late.last()

    # In the writer's thread -------------------------------------------------------------------

    def _end(self, run: Run, live: RunningCell, end: Callable[[], AttemptResult]) -> None:
        try:
            result = end()
        except Exception as caught:
            _LOG.exception("a cell could not be settled: %s", type(caught).__name__)
            result = AttemptResult("interrupted", live.text)
        settled(self._budget, live.reservation, result)
        cell_id = live.cell.id
        self._write(
            run,
            [live],
            result,
            lambda: self._store.finish_cell(run.owner, cell_id, result),
            lambda: self._store.finish_cell(run.owner, cell_id, without_figures(result)),
        )

    def _unsent(self, run: Run, lives: Sequence[RunningCell]) -> None:
        ids = [live.cell.id for live in lives]
        write = partial(self._store.stop_cells, run.owner, run.id, ids)
        self._write(run, lives, NEVER_SENT, write, write)

    def _write(
        self,
        run: Run,
        lives: Sequence[RunningCell],
        result: AttemptResult,
        write: Callable[[], None],
        plainly: Callable[[], None],
    ) -> None:
        failed = written(write, plainly)
        if failed and not isinstance(failed, StoreError):
            self._lost.add((run.owner, run.id))
        run.end(lives, result, failed)
        if isinstance(failed, StoreError):
            self._late.add((run.owner, run.id), write, lambda: run.saved(lives))
        self._tell(run, lives, result)

    def _tell(self, run: Run, lives: Sequence[RunningCell], result: AttemptResult) -> None:
        if self._after is None:
            return
        try:
            for live in lives:
                self._after(run.columns[live.cell.column], result)
        except Exception as caught:
            _LOG.exception("what follows a cell failed: %s", type(caught).__name__)

    # In the other thread ----------------------------------------------------------------------

    def _beat(self, runs: Sequence[Run], stop: Stop) -> None:
        for run in runs:
            if not self._progress(run, stop):
                break  # the others would only wait as long
        self._late.again()

    def _progress(self, run: Run, stop: Stop) -> bool:
        _, now = run.wait(-1, 0)
        texts = {cell.id: cell.answer for cell in now.cells if cell.state == "running"}
        try:
            asked = self._store.comparison_progress(run.owner, run.id, texts)
        except StoreError as caught:
            _LOG.warning("a running comparison could not be written: %s", caught.code)
            return False
        except Exception as caught:
            _LOG.exception("a running comparison could not be written: %s", type(caught).__name__)
            return True  # it is this one's fault; the others live on
        if asked is None or asked:
            stop(run, asked)
        return True
