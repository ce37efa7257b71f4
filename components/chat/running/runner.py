"""Answers in progress: one asyncio loop for the whole process, in a thread of its own.

A page submits a question and attaches to the job; leaving the page, reloading or losing the
network changes nothing for the job. The loop never touches the store: see keeping. What other
processes run on the same store is in elsewhere.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import Future
from typing import Any, TypeVar

from components.chat.running.attempts import answer, ending
from components.chat.running.job import Job
from components.chat.running.loops import new_loop
from components.chat.running.remote_runs import RemoteRuns, running_message
from components.chat.running.result_writer import ResultWriter
from components.chat.running.running_answer import Answering
from components.chat.store import AlreadyRunning, NewTurn, Store, StoredConversation
from components.errors import AppError
from components.providers.base import Finish, VisionClient, VisionRequest
from components.runner.finalize import Ending
from components.runner.retry import POLICY, Policy
from components.spending import Budget
from components.spending.store import Charge

HEARTBEAT = 1.0  # seconds between two writes of a running answer
KEEP_DONE = 60.0  # seconds an ended job can still be asked for
Result = TypeVar("Result")
_LOG = logging.getLogger(__name__)


class ChatError(AppError):
    """A question that wasn't sent."""

    codes = frozenset(
        {"already_running", "nothing_to_ask", "no_vision", "over_context", "url_not_possible"}
    )


class Runner:
    """Runs answers. Make one per process; `close` stops what is running."""

    def __init__(
        self,
        store: Store,
        retry: Policy = POLICY,
        after: Callable[[Job], None] | None = None,
        budget: Budget | None = None,
    ) -> None:
        """after: called with every ended job, in the writer's thread. budget: reserves before a
        question is sent and settles after; all that it has reserved is kept alive from here."""
        self._store = store
        self.budget = budget
        self._retry = retry
        self._writer = ResultWriter(store, budget, after, self._stop)
        self._elsewhere = RemoteRuns(store)
        self._jobs: dict[tuple[str, str], Job] = {}
        self._lock = threading.Lock()
        self._closing: list[VisionClient] = []
        self._loop = new_loop()
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
        """Send a question; returns when the store holds it, the request being under way already.

        make: gives the client; called on the runner's loop. charge: what it is about to spend.
        Raises ChatError("already_running") when this conversation has an answer in progress, here
        or in another process (the request has left by then, and is cancelled); SpendingError
        before anything is sent; StoreError when it can't be kept (the request is then cancelled:
        nothing is answered that couldn't be found again).
        """
        job = Job(owner, turn.conversation_id, turn.attempt_id, request, builtin=not turn.host)
        key = (owner, turn.conversation_id)
        with self._lock:
            before = self._jobs.get(key)
            if before and not before.done:
                raise ChatError("already_running")
            self._jobs[key] = job
        try:
            self._reserve(job, charge)
            self._writer.expect(job)
            self._loop.call_soon_threadsafe(self._start, job, turn, make)
            self._writer.begin(job, turn)
        except AlreadyRunning:
            self._take_back(job, before)
            raise ChatError("already_running") from None
        except BaseException:
            self._take_back(job, before)
            raise
        return job

    def _reserve(self, job: Job, charge: Charge | None) -> None:
        if self.budget is not None and charge is not None:
            job.reservation = self.budget.reserve(job.owner, charge)

    def _take_back(self, job: Job, before: Job | None) -> None:
        """The job isn't asked; an answer before it that isn't saved yet stays in sight."""
        self._stop(job)
        key = (job.owner, job.conversation_id)
        with self._lock:
            self._jobs.pop(key, None)
            if before and self._writer.unsaved(before):
                self._jobs[key] = before

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

    def saving(self, job: Job) -> bool:
        """Whether the store refused the end of this job, and is asked again by itself."""
        return self._writer.unsaved(job)

    def answering(self, owner: str, conversation: StoredConversation) -> Answering | None:
        """The answer in progress of a conversation as the store has just given it: one of this
        process, or what the store tells of another's."""
        job = self.job(owner, conversation.id)
        if job and not job.done:
            return job
        message = running_message(conversation)
        if message is None or message.attempt is None:
            return None
        if job and job.attempt_id == message.attempt.id:
            return None  # it has ended, and the store doesn't know yet
        if self._writer.lost(owner, conversation.id, message.attempt.id):
            return None  # nor ever will
        return self._elsewhere.follow(owner, message.attempt)

    def stop(self, owner: str, conversation_id: str) -> bool:
        """End a running answer, keeping what came: at once, or in another process at its next
        heartbeat. False when none is running. Raises StoreError."""
        job = self.job(owner, conversation_id)
        if job and not job.done:
            self._stop(job)
            return True
        return self._store.ask_stop(owner, conversation_id)

    def stop_all(self, owner: str) -> None:
        """End every running answer of an owner, as `stop` does. Raises StoreError."""
        with self._lock:
            mine = [job for (whose, _), job in self._jobs.items() if whose == owner]
        for job in mine:
            if not job.done:
                self._stop(job)
        self._store.ask_stop_all(owner)

    def _stop(self, job: Job) -> None:
        job.stopped = True
        self._loop.call_soon_threadsafe(self._cancel, job)

    def call(self, work: Callable[[], Coroutine[Any, Any, Result]], timeout: float) -> Result:
        """Run `await work()` on the runner's loop (clients are bound to it) and wait.

        timeout: seconds. Raises TimeoutError, and whatever the work raises.
        """
        future = self.begin(work)
        try:
            return future.result(timeout)
        except TimeoutError:
            future.cancel()
            raise

    def begin(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> Future[Result]:
        """Run `await work()` on the runner's loop, without waiting. Cancel the future to end it."""
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
        self._writer.close()

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
        job.task = self._loop.create_task(answer(job, make, self._retry))
        # A callback and not a `finally`: a task cancelled before its first step runs no line.
        job.task.add_done_callback(lambda task: self._ended(job, turn, task))

    @staticmethod
    def _cancel(job: Job) -> None:
        if job.task:
            job.task.cancel()

    def _ended(self, job: Job, turn: NewTurn, task: asyncio.Task[Finish]) -> None:
        self._writer.end(job, _ending(job, turn, task))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            self._writer.beat()
            with self._lock:
                for key, job in list(self._jobs.items()):
                    if self._can_go(job):
                        del self._jobs[key]

    def _can_go(self, job: Job) -> bool:
        old = job.done and time.monotonic() - job.ended > KEEP_DONE
        return old and not self._writer.unsaved(job)


def _ending(job: Job, turn: NewTurn, task: asyncio.Task[Finish]) -> Ending:
    """Whatever goes wrong in working it out, there is an end."""
    try:
        return ending(job, turn, task)
    except Exception as caught:
        _LOG.exception("the end of an answer is unclear: %s", type(caught).__name__)
        return Ending(job.text, turn.model, None, None, None, 0)
