"""The one thread that writes comparisons to the log, in the order of submission."""

import logging
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from components.chat.billing import bill_of
from components.chat.log import AttemptResult
from components.compare.live import Live
from components.compare.log import CompareLog
from components.compare.plan import Plan
from components.compare.run import Run
from components.compare.settled import NEVER_SENT
from components.compare.wish import Column
from components.errors import LogError
from components.spending import Budget

_LOG = logging.getLogger(__name__)
After = Callable[[Column, AttemptResult], None]


class Keeper:
    """Writes in a thread of its own. `begin` and `reopen` wait and raise LogError; the rest
    returns at once, and tells the run when it is done."""

    def __init__(
        self, log: CompareLog, budget: Budget | None = None, after: After | None = None
    ) -> None:
        """after: called with every cell's end and whom it was for, in the thread."""
        self._log, self._budget, self._after = log, budget, after
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="tuwen-compare")
        self._beats: dict[Run, Future[None]] = {}

    def begin(self, owner: str, plan: Plan) -> None:
        """The comparison, its cells, its images."""
        self._writer.submit(
            self._log.begin_comparison, owner, plan.comparison, plan.cells, plan.contents
        ).result()

    def reopen(self, owner: str, comparison_id: str, cells: Collection[str]) -> list[str]:
        """Which of the cells wait again."""
        return self._writer.submit(self._log.reopen_cells, owner, comparison_id, cells).result()

    def beat(self, run: Run) -> None:
        """A heartbeat and the texts so far, unless the last one is still being written."""
        last = self._beats.get(run)
        if last is None or last.done():
            self._beats[run] = self._writer.submit(self._progress, run)

    def forget(self, run: Run) -> None:
        """It has ended."""
        self._beats.pop(run, None)

    def end(self, run: Run, live: Live, end: Callable[[], AttemptResult]) -> None:
        """How a cell ended. end: works the result out, which takes a moment."""
        self._writer.submit(self._end, run, live, end)

    def unsent(self, run: Run, lives: Sequence[Live]) -> None:
        """Cells that were stopped before they were sent."""
        self._writer.submit(self._unsent, run, lives)

    def close(self) -> None:
        """Write what is waiting to be written, and end the thread."""
        self._writer.shutdown()

    # In the thread ----------------------------------------------------------------------------

    def _progress(self, run: Run) -> None:
        _, now = run.wait(-1, 0)
        texts = {cell.id: cell.answer for cell in now.cells if cell.state == "running"}
        try:
            self._log.comparison_progress(run.owner, run.id, texts)
        except LogError as caught:
            _LOG.warning("a running comparison could not be written: %s", caught.code)

    def _end(self, run: Run, live: Live, end: Callable[[], AttemptResult]) -> None:
        try:
            result = end()
        except Exception as caught:
            _LOG.exception("a cell could not be settled: %s", type(caught).__name__)
            result = AttemptResult("interrupted", live.text)
        if self._budget and live.reservation:
            self._budget.settle(live.reservation, bill_of(result))
        failed = _written(self._log.finish_cell, run.owner, live.cell.id, result)
        run.end([live], result, failed)
        self._tell(run, [live], result)

    def _unsent(self, run: Run, lives: Sequence[Live]) -> None:
        ids = [live.cell.id for live in lives]
        failed = _written(self._log.stop_cells, run.owner, run.id, ids)
        run.end(lives, NEVER_SENT, failed)
        self._tell(run, lives, NEVER_SENT)

    def _tell(self, run: Run, lives: Sequence[Live], result: AttemptResult) -> None:
        if self._after is None:
            return
        try:
            for live in lives:
                self._after(run.columns[live.cell.column], result)
        except Exception as caught:
            _LOG.exception("what follows a cell failed: %s", type(caught).__name__)


def _written(write: Callable[..., None], *arguments: object) -> Exception | None:
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
