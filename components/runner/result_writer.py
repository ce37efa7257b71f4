"""Runs on their way into the store: begun, so far, ended.

A beginning is written by whoever asks, who has to wait for it anyway; an end by a thread for all,
and never before its beginning was. Heartbeats, and what the store refused before, have a thread of
their own: nobody's question waits behind them while a database is slow or away.
"""

import itertools
import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from components.errors import StoreError
from components.runner.finalize import (
    NEVER_SENT,
    Ending,
    bill_of,
    settle,
    without_figures,
)
from components.runner.run import Cell, Run
from components.runner.types import AttemptResult
from components.runner.write_retry_queue import WriteRetryQueue
from components.spending import Budget

KEEP_RESERVED = 10  # heartbeats between two signs of life of what is reserved
Result = TypeVar("Result")
_LOG = logging.getLogger(__name__)


class ResultWriter:
    """Writes, for all runs of the process. Every method but `begin`, `in_turn` and `close` returns
    at once, and a run is told when its end was tried to be written."""

    def __init__(self, budget: Budget | None) -> None:
        self._budget = budget
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="tuwen-log")
        self._beater = ThreadPoolExecutor(1, thread_name_prefix="tuwen-log-beat")
        self._lock = threading.Lock()
        self._held: dict[Run[Any], list[Callable[[], None]]] = {}  # ends before the beginning
        self._late = WriteRetryQueue()
        # Of each run the cells whose end the store will never take.
        self._lost: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._beats = itertools.count(1)
        self._beating: Future[None] | None = None

    def expect(self, run: Run[Any]) -> None:
        """Its requests are about to leave, and `begin` to be called."""
        with self._lock:
            self._held[run] = []

    def begin(self, run: Run[Any], write: Callable[[bool], None]) -> None:
        """Write its beginning. write: told whether nobody else may be at what has this id. Raises
        what that does, and StoreError."""
        try:
            self._after_late(run.key, write)
            self._lost.pop(run.key, None)
            run.begun = True
        finally:
            with self._lock:
                for end in self._held.pop(run, ()):
                    self._writer.submit(end)

    def in_turn(self, key: tuple[str, str], write: Callable[[bool], Result]) -> Result:
        """The same for a run that is taken up again: after all ends that were given before."""
        return self._writer.submit(self._after_late, key, write).result()

    def end(self, run: Run[Cell], cell: Cell, ending: Ending | AttemptResult) -> None:
        """How a cell ended."""
        work = partial(self._end, run, cell, ending)
        with self._lock:
            if (held := self._held.get(run)) is not None:
                held.append(work)
                return
        self._writer.submit(work)

    def unsent(self, run: Run[Cell], cells: Sequence[Cell]) -> None:
        """Cells that were stopped before they were sent."""
        write = partial(run.write_unsent, cells)
        self._writer.submit(self._write, run, cells, NEVER_SENT, write, write)

    def beat(self, heartbeats: Sequence[Callable[[], bool]]) -> None:
        """Write these, up to the first that the store refuses (the others would only wait as
        long), unless the last ones are still being written."""
        if self._beating is None or self._beating.done():
            self._beating = self._beater.submit(self._beat, next(self._beats), heartbeats)

    def unsaved(self, run: Run[Any]) -> bool:
        """Whether an end of it is still to be written."""
        return self._late.holds(run.key)

    def lost(self, key: tuple[str, str], cell_id: str) -> bool:
        """Whether this cell has ended and the store, which refused that for good, says that it
        goes on."""
        return cell_id in self._lost.get(key, ())

    def close(self) -> None:
        """Write what is waiting to be written, and end the threads."""
        self._writer.shutdown()
        self._beater.shutdown()
        self._late.last()

    def _after_late(self, key: tuple[str, str], write: Callable[[bool], Result]) -> Result:
        # An end that isn't written yet looks to the store like an answer that goes on.
        self._late.now(key)
        # One that could never be written does so for as long as its last heartbeat counts.
        return write(key not in self._lost)

    # In the writer's thread -------------------------------------------------------------------

    def _end(self, run: Run[Cell], cell: Cell, ending: Ending | AttemptResult) -> None:
        result, pictures = _settled(run, cell, ending)
        self._pay(cell, result)
        self._write(
            run,
            [cell],
            result,
            lambda: run.write_end(cell, result, pictures),
            lambda: run.write_end(cell, without_figures(result), ()),
        )

    def _pay(self, cell: Cell, result: AttemptResult) -> None:
        """Put what it came to in the place of what was reserved. Whatever goes wrong with that,
        the answer ends."""
        if self._budget is None or cell.reservation is None:
            return
        try:
            self._budget.settle(cell.reservation, bill_of(result))
        except Exception as caught:
            _LOG.exception("a request could not be settled: %s", type(caught).__name__)

    def _write(
        self,
        run: Run[Cell],
        cells: Sequence[Cell],
        result: AttemptResult,
        write: Callable[[], None],
        plainly: Callable[[], None],
    ) -> None:
        failed = _written(write, plainly)
        if run.begun and failed and not isinstance(failed, StoreError):
            self._lost[run.key] |= {cell.id for cell in cells}
        run.end(cells, result, failed)
        if run.begun and isinstance(failed, StoreError):
            self._late.add(run.key, write, lambda: run.saved(cells))
        for cell in cells:
            try:
                run.tell(cell)
            except Exception as caught:
                _LOG.exception("what follows an answer failed: %s", type(caught).__name__)

    # In the other thread ----------------------------------------------------------------------

    def _beat(self, number: int, heartbeats: Sequence[Callable[[], bool]]) -> None:
        all(heartbeat() for heartbeat in heartbeats)
        if self._budget and number % KEEP_RESERVED == 0:
            self._budget.beat()
        self._late.again()


def _settled(
    run: Run[Cell], cell: Cell, ending: Ending | AttemptResult
) -> tuple[AttemptResult, Sequence[Any]]:
    """Whatever goes wrong in working it out, there is an end."""
    if isinstance(ending, AttemptResult):
        return ending, ()
    pictures: Sequence[Any] = ()
    try:
        ending, pictures = run.complete(cell, ending)
    except Exception as caught:
        _LOG.exception("a part of an answer was lost: %s", type(caught).__name__)
    try:
        return settle(ending), pictures
    except Exception as caught:
        _LOG.exception("an answer could not be settled: %s", type(caught).__name__)
        return AttemptResult("interrupted", ending.text), pictures


def _written(write: Callable[[], None], plainly: Callable[[], None]) -> Exception | None:
    """Why an end couldn't be written; None when it was.

    plainly: writes it without figures, where the whole of it is more than the store can take. That
    is a bug; but an answer that the store takes for a running one would be in the way for good.
    """
    for attempt in (write, plainly):
        try:
            attempt()
        except StoreError as caught:
            _LOG.warning("an end could not be written: %s", caught.code)
            return caught
        except Exception as caught:
            failed = caught
            _LOG.exception("an end could not be written: %s", type(caught).__name__)
        else:
            return None
    return failed
