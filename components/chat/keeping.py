"""Answers on their way into the log: begun, so far, ended.

Beginnings and ends are written by one thread in the order of submission, so that an answer can't
be finished before it was begun. Heartbeats, and what the log refused before, have a thread of
their own: nobody's question waits behind them while a database is slow or away.
"""

import itertools
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from components.chat.billing import bill_of
from components.chat.job import Job
from components.chat.late import LateWrites
from components.chat.log import AttemptResult, Log, NewTurn
from components.chat.settle import Ending, settle
from components.errors import LogError
from components.spending import Budget

KEEP_RESERVED = 10  # heartbeats between two signs of life of what is reserved
_LOG = logging.getLogger(__name__)


class Keeper:
    """Writes. Every method but `close` returns at once."""

    def __init__(
        self,
        log: Log,
        budget: Budget | None,
        after: Callable[[Job], None] | None,
        stop: Callable[[Job], None],
    ) -> None:
        """after: called with every ended job, in the writer's thread. stop: with those that
        somebody asked to stop, in whichever process, or has deleted."""
        self._log, self._budget, self._after, self._stop = log, budget, after, stop
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="tuwen-log")
        self._beater = ThreadPoolExecutor(1, thread_name_prefix="tuwen-log-beat")
        self._begun: dict[str, Job] = {}
        self._late = LateWrites()
        self._first = 0
        self._beats = itertools.count(1)
        self._beating: Future[None] | None = None

    def begin(self, job: Job, turn: NewTurn) -> Future[None]:
        """Its result raises AlreadyRunning and LogError."""
        return self._writer.submit(self._begin, job, turn)

    def end(self, job: Job, ending: Ending) -> None:
        """The job has ended once it was tried to be written."""
        self._writer.submit(self._end, job, ending)

    def beat(self) -> None:
        """Heartbeats and texts so far, unless the last ones are still being written."""
        if self._beating is None or self._beating.done():
            self._beating = self._beater.submit(self._beat, next(self._beats))

    def unsaved(self, job: Job) -> bool:
        """Whether its end is still to be written."""
        return self._late.holds(_place(job))

    def close(self) -> None:
        """Write what is waiting to be written, and end the threads."""
        self._writer.shutdown()
        self._beater.shutdown()
        self._late.last()

    # In the writer's thread -------------------------------------------------------------------

    def _begin(self, job: Job, turn: NewTurn) -> None:
        # An end that isn't written yet looks to the log like an answer that goes on.
        self._late.now(_place(job))
        self._log.begin_turn(job.owner, turn, alone=True)
        self._begun[job.attempt_id] = job

    def _end(self, job: Job, ending: Ending) -> None:
        result = _settled(ending)
        if self._budget and job.reservation:
            self._budget.settle(job.reservation, bill_of(result))
        failed: Exception | None = None
        try:
            self._log.finish(job.owner, job.attempt_id, result)
        except LogError as caught:
            failed = caught
            _LOG.warning("an answer could not be written: %s", caught.code)
        except Exception as caught:
            # A bug; the job ends all the same, or its pages would wait for ever.
            failed = caught
            _LOG.exception("an answer could not be written: %s", type(caught).__name__)
        begun = self._begun.pop(job.attempt_id, None)
        job.end(result, failed)
        if begun and isinstance(failed, LogError):
            self._late.add(
                _place(job),
                lambda: self._log.finish(job.owner, job.attempt_id, result),
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
        jobs = list(self._begun.values())
        for n, job in enumerate(jobs[self._first :] + jobs[: self._first], 1):
            if not job.done and not self._progress(job):
                # The others might only wait as long; next time they come before this one.
                self._first = (self._first + n) % len(jobs)
                break
        if self._budget and number % KEEP_RESERVED == 0:
            self._budget.beat()
        self._late.again()

    def _progress(self, job: Job) -> bool:
        try:
            asked = self._log.progress(job.owner, job.attempt_id, job.text)
        except LogError as caught:
            _LOG.warning("a running answer could not be written: %s", caught.code)
            return False
        if asked is None or asked:
            self._stop(job)
        return True


def _place(job: Job) -> tuple[str, str]:
    return job.owner, job.conversation_id


def _settled(ending: Ending) -> AttemptResult:
    try:
        return settle(ending)
    except Exception as caught:
        _LOG.exception("an answer could not be settled: %s", type(caught).__name__)
        return AttemptResult(outcome="interrupted", text=ending.text)
