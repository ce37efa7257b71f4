"""Answers on their way into the store: begun, so far, ended.

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

from components.chat.made import pictures_of
from components.chat.running.job import Job
from components.chat.store import AnswerPicture, AttemptResult, Beats, NewTurn, Store
from components.errors import StoreError
from components.runner.finalize import Ending, bill_of, settle, without_figures
from components.runner.write_retry_queue import WriteRetryQueue
from components.spending import Budget
from components.spending.store import Reservation

KEEP_RESERVED = 10  # heartbeats between two signs of life of what is reserved
_LOG = logging.getLogger(__name__)


class ResultWriter:
    """Writes. Every method but `begin` and `close` returns at once."""

    def __init__(
        self,
        store: Store,
        budget: Budget | None,
        after: Callable[[Job], None] | None,
        stop: Callable[[Job], None],
    ) -> None:
        """after: called with every ended job, in the writer's thread. stop: with those that
        somebody asked to stop, in whichever process, or has deleted."""
        self._store, self._budget, self._after, self._stop = store, budget, after, stop
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="tuwen-log")
        self._beater = ThreadPoolExecutor(1, thread_name_prefix="tuwen-log-beat")
        self._lock = threading.Lock()
        self._beginning: dict[str, Ending | None] = {}
        self._begun: dict[str, Job] = {}
        self._late = WriteRetryQueue()
        self._lost: dict[tuple[str, str], str] = {}  # place -> attempt
        self._beats = itertools.count(1)
        self._beating: Future[None] | None = None

    def expect(self, job: Job) -> None:
        """Its request is about to leave, and `begin` to be called."""
        with self._lock:
            self._beginning[job.attempt_id] = None

    def begin(self, job: Job, turn: NewTurn) -> None:
        """Write its beginning. Raises AlreadyRunning and StoreError."""
        try:
            # An end that isn't written yet looks to the store like an answer that goes on.
            self._late.now(_place(job))
            # One that could never be written does so for as long as its last heartbeat counts.
            self._store.begin_turn(job.owner, turn, alone=_place(job) not in self._lost)
            self._lost.pop(_place(job), None)
            self._begun[job.attempt_id] = job
        finally:
            with self._lock:
                ending = self._beginning.pop(job.attempt_id, None)
            if ending:
                self._writer.submit(self._end, job, ending)

    def end(self, job: Job, ending: Ending) -> None:
        """The job has ended once it was tried to be written."""
        with self._lock:
            if job.attempt_id in self._beginning:
                self._beginning[job.attempt_id] = ending
                return
        self._writer.submit(self._end, job, ending)

    def beat(self) -> None:
        """Heartbeats and texts so far, unless the last ones are still being written."""
        if self._beating is None or self._beating.done():
            self._beating = self._beater.submit(self._beat, next(self._beats))

    def unsaved(self, job: Job) -> bool:
        """Whether its end is still to be written."""
        return self._late.holds(_place(job))

    def lost(self, owner: str, conversation_id: str, attempt_id: str) -> bool:
        """Whether this answer has ended and the store, which refused that for good, says that it
        goes on."""
        return self._lost.get((owner, conversation_id)) == attempt_id

    def close(self) -> None:
        """Write what is waiting to be written, and end the threads."""
        self._writer.shutdown()
        self._beater.shutdown()
        self._late.last()

    # In the writer's thread -------------------------------------------------------------------

    def _end(self, job: Job, ending: Ending) -> None:
        ending, pictures = _with_pictures(ending)
        result = _settled(ending)
        settled(self._budget, job.reservation, result)
        failed = written(
            lambda: self._store.finish(job.owner, job.attempt_id, result, pictures),
            lambda: self._store.finish(job.owner, job.attempt_id, without_figures(result)),
        )
        begun = self._begun.pop(job.attempt_id, None)
        if begun and failed and not isinstance(failed, StoreError):
            self._lost[_place(job)] = job.attempt_id
        job.end(result, failed)
        if begun and isinstance(failed, StoreError):
            self._late.add(
                _place(job),
                lambda: self._store.finish(job.owner, job.attempt_id, result, pictures),
                job.saved,
            )
        self._tell(job)

    def _tell(self, job: Job) -> None:
        if self._after:
            try:
                self._after(job)
            except Exception as caught:
                _LOG.exception("what follows an answer failed: %s", type(caught).__name__)

    # In the other thread ----------------------------------------------------------------------

    def _beat(self, number: int) -> None:
        running = [job for job in list(self._begun.values()) if not job.done]
        texts: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for job in running:
            texts[job.owner][job.attempt_id] = job.text
        if texts:
            self._note(running, texts)
        if self._budget and number % KEEP_RESERVED == 0:
            self._budget.beat()
        self._late.again()

    def _note(self, running: Sequence[Job], texts: Beats) -> None:
        """All in one write: a hundred would keep the disk, and everybody else's writes, busy."""
        try:
            asked = self._store.progress_of_all(texts)
        except StoreError as caught:
            _LOG.warning("running answers could not be written: %s", caught.code)
            return
        except Exception as caught:
            _LOG.exception("running answers could not be written: %s", type(caught).__name__)
            if len(running) > 1:  # one of them is at fault; the others live on
                for job in running:
                    self._note([job], {job.owner: {job.attempt_id: job.text}})
            return
        for job in running:
            if asked[job.owner][job.attempt_id] in (None, True):
                self._stop(job)


def settled(budget: Budget | None, reserved: Reservation | None, result: AttemptResult) -> None:
    """Put what it came to in the place of what was reserved. Whatever goes wrong with that, the
    answer ends."""
    if budget is None or reserved is None:
        return
    try:
        budget.settle(reserved, bill_of(result))
    except Exception as caught:
        _LOG.exception("a request could not be settled: %s", type(caught).__name__)


def written(write: Callable[[], None], plainly: Callable[[], None]) -> Exception | None:
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


def _place(job: Job) -> tuple[str, str]:
    return job.owner, job.conversation_id


def _with_pictures(ending: Ending) -> tuple[Ending, tuple[AnswerPicture, ...]]:
    try:
        return pictures_of(ending)
    except Exception as caught:
        _LOG.exception("pictures of an answer were lost: %s", type(caught).__name__)
        return ending, ()


def _settled(ending: Ending) -> AttemptResult:
    try:
        return settle(ending)
    except Exception as caught:
        _LOG.exception("an answer could not be settled: %s", type(caught).__name__)
        return AttemptResult(outcome="interrupted", text=ending.text)
