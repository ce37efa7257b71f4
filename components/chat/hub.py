"""Answers in progress: one asyncio loop for the whole process, in a thread of its own.

A page submits a question and attaches to the job; leaving the page, reloading or losing the
network changes nothing for the job. The loop never touches the log: one writer thread does, in
the order of submission, so that an answer can't be finished before it was begun.
"""

import asyncio
import itertools
import logging
import random
import threading
import time
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from components.chat.billing import bill_of
from components.chat.job import Job
from components.chat.log import AttemptResult, Log, NewTurn
from components.chat.retry import POLICY, Policy, RetryState, pause_before
from components.chat.settle import Ending, settle
from components.errors import AppError, LogError, ProviderError
from components.pricing import from_data
from components.providers.base import (
    Finish,
    LeftOut,
    Opened,
    TextDelta,
    VisionClient,
    VisionRequest,
)
from components.spending import Budget
from components.spending.log import Charge

HEARTBEAT = 1.0  # seconds between two writes of a running answer
KEEP_RESERVED = 10  # heartbeats between two signs of life of what is reserved
KEEP_DONE = 60.0  # seconds an ended job can still be asked for
Result = TypeVar("Result")
_LOG = logging.getLogger(__name__)


class ChatError(AppError):
    """A question that wasn't sent."""

    codes = frozenset({"already_running", "nothing_to_ask", "no_vision", "url_not_possible"})


class Hub:
    """Runs answers. Make one per process; `close` stops what is running."""

    def __init__(
        self,
        log: Log,
        retry: Policy = POLICY,
        after: Callable[[Job], None] | None = None,
        budget: Budget | None = None,
    ) -> None:
        """after: called with every ended job, in the writer's thread. budget: reserves before a
        question is sent and settles after; all that it has reserved is kept alive from here."""
        self._log = log
        self.budget = budget
        self._after = after
        self._retry = retry
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="tuwen-log")
        self._jobs: dict[tuple[str, str], Job] = {}
        self._lock = threading.Lock()
        self._writes: dict[str, Future[None]] = {}
        self._closing: list[VisionClient] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="tuwen-hub", daemon=True)
        self._thread.start()

    def submit(
        self,
        owner: str,
        turn: NewTurn,
        request: VisionRequest,
        make: Callable[[], VisionClient],
        charge: Charge | None = None,
    ) -> Job:
        """Send a question; returns when the log holds it, the request being under way already.

        make: gives the client; called on the hub's loop. charge: what it is about to spend.
        Raises ChatError("already_running") when this conversation has an answer in progress,
        SpendingError before anything is sent, LogError when it can't be kept (the request is then
        cancelled: nothing is answered that couldn't be found again).
        """
        job = Job(owner, turn.conversation_id, turn.attempt_id, request, builtin=not turn.host)
        key = (owner, turn.conversation_id)
        with self._lock:
            running = self._jobs.get(key)
            if running and not running.done:
                raise ChatError("already_running")
            self._jobs[key] = job
        self._reserve(job, charge)
        begun = self._writer.submit(self._log.begin_turn, owner, turn)
        self._loop.call_soon_threadsafe(self._start, job, turn, make)
        try:
            begun.result()
        except BaseException:
            self.stop(owner, turn.conversation_id)
            with self._lock:
                self._jobs.pop(key, None)
            raise
        return job

    def _reserve(self, job: Job, charge: Charge | None) -> None:
        if self.budget is None or charge is None:
            return
        try:
            job.reservation = self.budget.reserve(job.owner, charge)
        except BaseException:
            with self._lock:
                self._jobs.pop((job.owner, job.conversation_id), None)
            raise

    def job(self, owner: str, conversation_id: str) -> Job | None:
        """The answer in progress (or one that ended a moment ago) of a conversation."""
        with self._lock:
            return self._jobs.get((owner, conversation_id))

    @property
    def running(self) -> int:
        """How many answers are in progress."""
        with self._lock:
            return sum(not job.done for job in self._jobs.values())

    @property
    def busy(self) -> bool:
        """Whether any answer is in progress."""
        return self.running > 0

    def stop(self, owner: str, conversation_id: str) -> bool:
        """End a running answer, keeping what came. False when none is running."""
        job = self.job(owner, conversation_id)
        if job is None or job.done:
            return False
        job.stopped = True
        self._loop.call_soon_threadsafe(self._cancel, job)
        return True

    def stop_all(self, owner: str) -> None:
        """End every running answer of an owner, keeping what came."""
        with self._lock:
            mine = [conversation for whose, conversation in self._jobs if whose == owner]
        for conversation_id in mine:
            self.stop(owner, conversation_id)

    def call(self, work: Callable[[], Coroutine[Any, Any, Result]], timeout: float) -> Result:
        """Run `await work()` on the hub's loop (clients are bound to it) and wait.

        timeout: seconds. Raises TimeoutError, and whatever the work raises.
        """
        future = self.begin(work)
        try:
            return future.result(timeout)
        except TimeoutError:
            future.cancel()
            raise

    def begin(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> Future[Result]:
        """Run `await work()` on the hub's loop, without waiting. Cancel the future to end it."""
        return asyncio.run_coroutine_threadsafe(work(), self._loop)

    def close(self, clients: Iterable[VisionClient] = ()) -> None:
        """Cut off all that is running, keep what came as interrupted, end the threads.

        clients: closed on the loop, to which they are bound.
        """
        self._closing = list(clients)
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            self._loop.call_soon_threadsafe(self._cancel, job)
        deadline = time.monotonic() + 5
        for job in jobs:
            while not job.done and time.monotonic() < deadline:
                job.wait(1 << 30, 0.1)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._writer.shutdown()

    # On the loop ------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        beat = self._loop.create_task(self._beat())
        self._loop.run_forever()
        beat.cancel()
        ending = [beat, *(self._loop.create_task(client.close()) for client in self._closing)]
        self._loop.run_until_complete(asyncio.gather(*ending, return_exceptions=True))
        self._loop.close()

    def _start(self, job: Job, turn: NewTurn, make: Callable[[], VisionClient]) -> None:
        job.task = self._loop.create_task(self._answer(job, make))
        # A callback and not a `finally`: a task cancelled before its first step runs no line.
        job.task.add_done_callback(lambda task: self._ended(job, turn, task))

    @staticmethod
    def _cancel(job: Job) -> None:
        if job.task:
            job.task.cancel()

    async def _answer(self, job: Job, make: Callable[[], VisionClient]) -> Finish:
        client = make()
        while True:
            try:
                return await self._try(job, client)
            except ProviderError as error:
                pause = pause_before(error, job.attempts, random.random(), self._retry)
                if pause is None or job.text:
                    raise
                until = time.monotonic() + pause
                job.pause(RetryState(job.attempts + 1, self._retry.tries, until, error))
            await asyncio.sleep(pause)

    async def _try(self, job: Job, client: VisionClient) -> Finish:
        job.begin_try()
        finish = Finish(None, None, None)
        async for event in client.stream(job.request):
            match event:
                case Opened():
                    job.opened = event
                case TextDelta(text):
                    job.add(text, self._loop)
                case LeftOut(parameter):
                    job.left_out.append(parameter)
                case Finish():
                    finish = event
        return finish

    def _ended(self, job: Job, turn: NewTurn, task: asyncio.Task[Finish]) -> None:
        cut = task.cancelled()
        error = None if cut else _told(task.exception(), turn)
        ending = Ending(
            text=job.text,
            model=turn.model,
            estimated_input=turn.estimated_input_tokens,
            price=from_data(turn.prices),
            host=turn.host,
            attempts=job.attempts,
            opened=job.opened,
            paused_for=job.retry.error if job.retry else None,
            ms_first=round((job.first - job.started) * 1000) if job.first else None,
            ms_total=round((time.monotonic() - job.started) * 1000),
            left_out=job.left_out,
            finish=None if cut or error else task.result(),
            error=error,
            stopped=job.stopped,
        )
        self._writer.submit(self._keep, job, ending)

    async def _beat(self) -> None:
        for beat in itertools.count(1):
            await asyncio.sleep(HEARTBEAT)
            if self.budget and beat % KEEP_RESERVED == 0:
                self._writer.submit(self.budget.beat)
            with self._lock:
                jobs = list(self._jobs.items())
            for key, job in jobs:
                if not job.done:
                    self._write_progress(job)
                elif time.monotonic() - job.ended > KEEP_DONE:
                    with self._lock:
                        if self._jobs.get(key) is job:
                            del self._jobs[key]

    def _write_progress(self, job: Job) -> None:
        last = self._writes.get(job.attempt_id)
        if last is None or last.done():
            self._writes[job.attempt_id] = self._writer.submit(self._progress, job)

    # In the writer thread ---------------------------------------------------------------------

    def _progress(self, job: Job) -> None:
        if job.done:
            return
        try:
            self._log.progress(job.owner, job.attempt_id, job.text)
        except LogError as caught:
            _LOG.warning("a running answer could not be written: %s", caught.code)

    def _keep(self, job: Job, ending: Ending) -> None:
        failed: Exception | None = None
        result: AttemptResult
        try:
            result = settle(ending)
        except Exception as caught:
            _LOG.exception("an answer could not be settled: %s", type(caught).__name__)
            result = AttemptResult(outcome="interrupted", text=ending.text)
        if self.budget and job.reservation:
            self.budget.settle(job.reservation, bill_of(result))
        for pause in (0.0, 0.5, 2.0):
            time.sleep(pause)
            try:
                self._log.finish(job.owner, job.attempt_id, result)
                failed = None
                break
            except LogError as caught:
                failed = caught
                _LOG.warning("an answer could not be written: %s", caught.code)
            except Exception as caught:
                # A bug; the job ends all the same, or its pages would wait for ever.
                failed = caught
                _LOG.exception("an answer could not be written: %s", type(caught).__name__)
                break
        self._writes.pop(job.attempt_id, None)
        job.end(result, failed)
        if self._after:
            try:
                self._after(job)
            except Exception as caught:
                _LOG.exception("what follows an answer failed: %s", type(caught).__name__)


def _told(error: BaseException | None, turn: NewTurn) -> ProviderError | None:
    if error is None or isinstance(error, ProviderError):
        return error
    # The class alone: an exception's text or request may hold a key.
    _LOG.error("unexpected %s while answering", type(error).__name__)
    return ProviderError("stream_error", host=turn.host, model=turn.model)
