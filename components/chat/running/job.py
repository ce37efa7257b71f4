"""One answer in progress: text so far, shared between the runner's loop and any number of
readers."""

import asyncio
import threading
import time
from dataclasses import dataclass, field

from components.chat.store import AttemptResult
from components.providers.base import Finish, Opened, Spent, VisionRequest
from components.runner.retry import RetryState
from components.spending.store import Reservation

SHOW_EVERY = 0.04  # seconds between two looks at a growing text; the first letter wakes at once
SHOWN_A_SECOND = 250  # looks at all growing texts together, which cost about a millisecond each
SLOWEST = 0.4  # seconds between two looks, however many texts grow


class Pace:
    """How often growing texts are shown: less often the more of them there are.

    Reads and writes are single steps of Python's, so no lock is needed between the threads.
    """

    def __init__(self) -> None:
        self._growing: set[Job] = set()

    @property
    def every(self) -> float:
        """Seconds between two looks at one text."""
        return min(SLOWEST, max(SHOW_EVERY, len(self._growing) / SHOWN_A_SECOND))

    def begin(self, job: "Job") -> None:
        """Its first text is there."""
        self._growing.add(job)

    def end(self, job: "Job") -> None:
        self._growing.discard(job)


PACE = Pace()  # of the whole process


@dataclass(eq=False)
class Job:
    """An answer in progress. Written by the runner, read from any thread.

    started: time.monotonic() of the submission; first: of the first text, None before it.
    attempts: tries begun, of at most `tries`; retry: the pause before the next one, None outside of
    pauses; opened: the head of the latest response; spent: what it said before it failed.
    reservation: what it may spend, settled when it has ended.
    pace: how often a growing text is shown; the process's own, but for tests.
    result is set when the answer has ended and the store has been told (or `store_error` says not).
    """

    owner: str
    conversation_id: str
    attempt_id: str
    request: VisionRequest
    builtin: bool = False
    started: float = field(default_factory=time.monotonic)
    first: float | None = None
    left_out: list[str] = field(default_factory=list)
    attempts: int = 0
    tries: int = 1
    retry: RetryState | None = None
    opened: Opened | None = None
    spent: Spent | None = None
    result: AttemptResult | None = None
    store_error: Exception | None = None
    reservation: Reservation | None = None
    pace: Pace = PACE

    def __post_init__(self) -> None:
        self.pictures: list[str] = []  # data: URLs in the answer, not checked yet
        self._parts: list[str] = []
        self._text = ""
        self._reasoning: list[str] = []
        self._version = 0
        self._changed = threading.Condition()
        self._shown = 0.0
        self._notify_due = False
        self.stopped = False
        self.ended = 0.0  # time.monotonic() of the end
        self.task: asyncio.Task[Finish] | None = None

    @property
    def done(self) -> bool:
        return self.result is not None

    @property
    def model(self) -> str:
        """Which was asked."""
        return self.request.model

    @property
    def text(self) -> str:
        """The answer so far."""
        with self._changed:
            return self._joined()

    @property
    def reasoning(self) -> str:
        """What the model thought so far."""
        with self._changed:
            return "".join(self._reasoning)

    def wait(self, version: int, timeout: float) -> tuple[int, str, bool]:
        """Wait until something is newer than `version`, or `timeout` seconds.

        Returns (version, text so far, done). Start with version -1.
        """
        with self._changed:
            if self._version <= version and self.result is None:
                self._changed.wait(timeout)
            return self._version, self._joined(), self.result is not None

    def begin_try(self) -> None:
        """Another request leaves; what the one before it said of itself is forgotten."""
        self.attempts += 1
        self.retry, self.opened, self.spent = None, None, None
        self.left_out.clear()
        with self._changed:
            self._reasoning.clear()
        self._wake()

    def pause(self, state: RetryState) -> None:
        """A pause before another try begins."""
        self.retry, self.tries = state, state.of
        self._wake()

    def add(self, text: str, loop: asyncio.AbstractEventLoop) -> None:
        """Append text (on the runner's loop). Readers are woken at once, then as the pace has
        it."""
        now = time.monotonic()
        with self._changed:
            self._parts.append(text)
        if self.first is None:
            self.first = now
            self.pace.begin(self)
        if self._notify_due:
            return
        wait = self.pace.every - (now - self._shown)
        if wait <= 0:
            self._show()
        else:
            self._notify_due = True
            loop.call_later(wait, self._show)

    def think(self, text: str) -> None:
        """Append reasoning (on the runner's loop)."""
        with self._changed:
            self._reasoning.append(text)

    def retract(self) -> None:
        """The text so far was reasoning."""
        with self._changed:
            self._reasoning.append(self._joined())
            self._text = ""
        self._wake()

    def end(self, result: AttemptResult, store_error: Exception | None) -> None:
        """Nothing more will come."""
        self.pace.end(self)
        with self._changed:
            self.ended = time.monotonic()
            self.result = result
            self.store_error = store_error
            self._version += 1
            self._changed.notify_all()

    def saved(self) -> None:
        """The store has been told after all."""
        with self._changed:
            self.store_error = None
            self._version += 1
            self._changed.notify_all()

    def _show(self) -> None:
        self._notify_due = False
        self._shown = time.monotonic()
        self._wake()

    def _wake(self) -> None:
        with self._changed:
            self._version += 1
            self._changed.notify_all()

    def _joined(self) -> str:
        if self._parts:
            self._text += "".join(self._parts)
            self._parts.clear()
        return self._text
