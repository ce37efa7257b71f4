"""Answers in progress: asked, followed and stopped, whichever process runs them."""

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime

from components.chat.running.job import Job
from components.chat.store import (
    AlreadyRunning,
    ConversationStore,
    NewTurn,
    StoredAttempt,
    StoredConversation,
    StoredMessage,
)
from components.errors import AppError
from components.providers.base import VisionClient, VisionRequest
from components.runner.remote_runs import RemoteRun, RemoteRuns
from components.runner.retry import POLICY, Policy, RetryState
from components.runner.run import Kind
from components.runner.run_manager import RunManager
from components.runner.runner import Runner
from components.runner.types import Progress
from components.spending.store import Charge

SENDS = 2.0  # seconds within which a question has left


class ChatError(AppError):
    """A question that wasn't sent."""

    codes = frozenset(
        {"already_running", "nothing_to_ask", "no_vision", "over_context", "url_not_possible"}
    )


class RemoteAnswer(RemoteRun[StoredAttempt | None]):
    """The reading side of a Job that another process runs, as the store knows it. It has ended
    when the store says so, or when its heartbeat has stopped; a deleted one has ended, too."""

    attempts = 1
    tries = 1
    retry: RetryState | None = None

    def __init__(self, store: ConversationStore, owner: str, attempt: StoredAttempt) -> None:
        self.attempt_id, self.model = attempt.id, attempt.model
        self.builtin = not attempt.host
        passed = (datetime.now(UTC) - attempt.started_at).total_seconds()
        self.started = time.monotonic() - max(0.0, passed)
        super().__init__(
            attempt,
            lambda: store.attempt(owner, attempt.id),
            lambda seen: seen is None or seen.result.outcome != "running",
        )

    @property
    def text(self) -> str:
        """The answer as of the last look."""
        return self.seen.result.text if self.seen else ""

    @property
    def reasoning(self) -> str:
        """What the model had thought by then."""
        return self.seen.result.reasoning if self.seen else ""

    def wait(self, version: int, timeout: float) -> tuple[int, str, bool]:
        """As Job.wait."""
        version, seen = self.wait_for(version, timeout)
        return version, seen.result.text if seen else "", self.over(seen)


Answering = Job | RemoteAnswer


def running_message(conversation: StoredConversation) -> StoredMessage | None:
    """The answer that somebody is at, by the store's heartbeats; None when nobody is."""
    for message in reversed(conversation.messages):
        if message.attempt and message.attempt.result.outcome == "running":
            return message
    return None


class Answers(RunManager[Job]):
    """Of all chats; one to a conversation at a time."""

    def __init__(
        self,
        runner: Runner,
        store: ConversationStore,
        policy: Policy = POLICY,
        after: Callable[[Job], None] | None = None,
    ) -> None:
        """after: called with every ended job, in the writer's thread."""
        super().__init__(runner)
        self._store, self._kind = store, Kind(store, runner.limiters, policy, after)
        self._elsewhere: RemoteRuns[RemoteAnswer] = RemoteRuns()

    @property
    def sending(self) -> bool:
        """Whether a question is on its way: just asked, with nothing of its answer here."""
        now = time.monotonic()
        return any(
            job.waiting and not job.text and now - job.started < SENDS for job in self._all()
        )

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
        own = charge is not None and charge.kind == "own"
        job = Job(self._kind, owner, turn, request, make, own=own)
        with ExitStack() as undo:
            undo.callback(self._put_back, job, self._claim(job))
            if self.runner.budget is not None and charge is not None:
                job.cell.reservation = self.runner.budget.reserve(owner, charge)
            undo.callback(self.stop_cells, job)
            self.runner.writer.expect(job)
            self.runner.ask(job, [[job.cell]])
            try:
                self.runner.writer.begin(
                    job, lambda alone: self._store.begin_turn(owner, turn, alone=alone)
                )
            except AlreadyRunning:
                raise ChatError("already_running") from None
            undo.pop_all()
        return job

    def _claim(self, job: Job) -> Job | None:
        """Take the conversation's place. Returns who had it."""
        with self._lock:
            before = self._runs.get(job.key)
            if before and not before.done:
                raise ChatError("already_running")
            self._runs[job.key] = job
        return before

    def _put_back(self, job: Job, before: Job | None) -> None:
        """The job isn't asked; an answer before it that isn't saved yet stays in sight."""
        self._forget(job)
        if before and self.saving(before):
            with self._lock:
                self._runs.setdefault(before.key, before)

    def answering(self, owner: str, conversation: StoredConversation) -> Answering | None:
        """The answer in progress of a conversation as the store has just given it: one of this
        process, or what the store tells of another's."""
        job = self.run(owner, conversation.id)
        if job and not job.done:
            return job
        message = running_message(conversation)
        if message is None or message.attempt is None:
            return None
        attempt = message.attempt
        if job and job.attempt_id == attempt.id:
            return None  # it has ended, and the store doesn't know yet
        if self.runner.writer.lost((owner, conversation.id), attempt.id):
            return None  # nor ever will
        return self._elsewhere.follow(
            (owner, attempt.id), lambda: RemoteAnswer(self._store, owner, attempt)
        )

    def attempt(self, owner: str, attempt_id: str) -> Job | None:
        """An owner's answer of this process, in progress or ended a moment ago."""
        mine = (job for job in self._all() if job.owner == owner)
        return next((job for job in mine if job.attempt_id == attempt_id), None)

    def stop(self, owner: str, conversation_id: str) -> bool:
        """End a running answer, keeping what came: at once, or in another process at its next
        heartbeat. False when none is running. Raises StoreError."""
        job = self.run(owner, conversation_id)
        if job and not job.done:
            self.stop_cells(job)
            return True
        return self._store.ask_stop(owner, conversation_id)

    def ask_stop_all(self, owner: str) -> None:
        self._store.ask_stop_all(owner)

    def write_progress(self, runs: Sequence[Job]) -> list[Collection[str] | None]:
        so_far: defaultdict[str, dict[str, Progress]] = defaultdict(dict)
        for job in runs:
            so_far[job.owner][job.attempt_id] = job.cell.progress
        asked = self._store.progress_of_all(so_far)
        # Stopped, or deleted: the one cell that it has.
        return [None if asked[job.owner][job.attempt_id] in (None, True) else () for job in runs]
