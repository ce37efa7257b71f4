"""One request of a run, from its place in the queue to its end."""

import asyncio
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from components.providers.base import Finish, Opened, Spent
from components.runner.retry import RetryState
from components.runner.types import AttemptResult, Progress
from components.spending.store import Reservation


@dataclass(eq=False)
class RunningCell:
    """Written on the runner's loop and, at its end, by the writer; read from any thread.

    model, host, lang, estimated_input (tokens), prices: of what is asked, as the store has them.
    submitted: time.monotonic() from which its times count; None: from the latest try, as waiting
    for a turn isn't the model's time.
    """

    id: str
    model: str
    host: str = ""
    lang: str = "en"
    estimated_input: int | None = None
    prices: Mapping[str, str] = field(default_factory=dict)
    submitted: float | None = None
    sent: float | None = None  # time.monotonic() at which the latest try left, None before it
    first: float | None = None  # of its first text
    attempts: int = 0  # tries begun, of at most `tries`
    tries: int = 1
    retry: RetryState | None = None  # the pause before the next try, of this cell alone
    opened: Opened | None = None  # the head of the latest response
    spent: Spent | None = None  # what that said before it failed
    left_out: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list, repr=False)  # data: URLs, not checked yet
    stopped: bool = False  # by a person
    over: bool = False  # nothing more will be asked, though perhaps the store isn't told yet
    answered: bool = False  # and the text is a whole answer
    result: AttemptResult | None = None
    store_error: Exception | None = None  # why its end couldn't be written
    reservation: Reservation | None = None  # what it may spend, settled at its end
    task: asyncio.Task[Finish | AttemptResult] | None = None

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._parts: list[str] = []
        self._text = ""
        self._reasoning: list[str] = []

    @property
    def ended(self) -> bool:
        return self.result is not None

    @property
    def text(self) -> str:
        """The answer so far."""
        with self._lock:
            return self._joined()

    @property
    def reasoning(self) -> str:
        """What the model thought so far."""
        return self.progress.reasoning

    @property
    def progress(self) -> Progress:
        """Both as of one moment: what is thought may turn out of what looked like an answer."""
        with self._lock:
            return Progress(self._joined(), "".join(self._reasoning))

    @property
    def ms_first(self) -> int | None:
        return self._ms(self.first)

    @property
    def ms_total(self) -> int:
        return self._ms(time.monotonic()) or 0

    def begin_try(self) -> None:
        """Another request leaves; what the one before it said of itself is forgotten."""
        self.sent, self.first = time.monotonic(), None
        self.attempts += 1
        self.retry, self.opened, self.spent = None, None, None
        self.left_out.clear()
        with self._lock:
            self._reasoning.clear()

    def add(self, text: str) -> bool:
        """Append text; whether it is the first of this try."""
        with self._lock:
            self._parts.append(text)
        if self.first is not None:
            return False
        self.first = time.monotonic()
        return True

    def think(self, text: str) -> None:
        """Append reasoning."""
        with self._lock:
            self._reasoning.append(text)

    def retract(self) -> None:
        """The text so far was reasoning."""
        with self._lock:
            self._reasoning.append(self._joined())
            self._text = ""

    def end(self, result: AttemptResult) -> None:
        """Nothing more will come."""
        self.result = result

    def forget(self) -> None:
        """Let go of what it said, where the result has that."""
        with self._lock:
            self._parts.clear()
            self._text = ""
            self._reasoning.clear()

    def _ms(self, at: float | None) -> int | None:
        since = self.submitted or self.sent
        return round((at - since) * 1000) if at and since else None

    def _joined(self) -> str:
        if self._parts:
            self._text += "".join(self._parts)
            self._parts.clear()
        return self._text
