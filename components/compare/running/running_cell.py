"""One cell in progress. Written on the loop and, at its end, by the writer; see Run."""

import asyncio
import time
from dataclasses import dataclass, field, replace

from components.chat.store import AttemptResult
from components.compare.store import Cell, state_of
from components.providers.base import Finish, Opened, Spent
from components.runner.retry import RetryState
from components.spending.store import Reservation


@dataclass(eq=False)
class RunningCell:
    """sent: time.monotonic() at which the latest try left, None before the first; first: of its
    first text. attempts: tries begun. retry: the pause before the next one, of this cell alone.
    over: nothing more will be asked, though perhaps the store isn't told yet; answered: and the
    text is a whole answer. stopped: by a person. before: what was answered in its conversation.
    reservation: what it may spend, settled at its end. reasoning: what the model
    thought, in pieces.
    """

    cell: Cell
    sent: float | None = None
    first: float | None = None
    attempts: int = 0
    retry: RetryState | None = None
    opened: Opened | None = None
    spent: Spent | None = None
    left_out: list[str] = field(default_factory=list)
    stopped: bool = False
    over: bool = False
    answered: bool = False
    before: tuple[str, ...] = ()
    task: asyncio.Task[Finish] | None = None
    store_error: Exception | None = None
    reservation: Reservation | None = None
    lang: str = "en"
    pictures: list[str] = field(default_factory=list)
    reasoning: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)

    def begin_try(self) -> None:
        """Another request leaves; what the one before it said of itself is forgotten."""
        self.sent, self.first = time.monotonic(), None
        self.attempts += 1
        self.retry, self.opened, self.spent = None, None, None
        self.left_out.clear()
        self.reasoning.clear()

    def retract(self) -> None:
        """The text so far was reasoning."""
        self.reasoning.append(self.text)
        self._parts.clear()

    def add(self, text: str) -> None:
        if self.first is None:
            self.first = time.monotonic()
        self._parts.append(text)

    @property
    def text(self) -> str:
        """The answer so far."""
        if len(self._parts) > 1:
            self._parts[:] = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    @property
    def ms_first(self) -> int | None:
        """From the latest try's sending: waiting for a turn isn't the model's time."""
        return self._ms(self.first)

    @property
    def ms_total(self) -> int:
        return self._ms(time.monotonic()) or 0

    def end(self, result: AttemptResult) -> None:
        """Nothing more will come."""
        self.cell = replace(self.cell, state=state_of(result), result=result)
        self._parts.clear()
        self.reasoning.clear()

    def view(self) -> Cell:
        """The cell as it stands now."""
        if self.cell.ended or not self.attempts:
            return self.cell
        so_far = AttemptResult("running", self.text, attempts=self.attempts, ms_first=self.ms_first)
        return replace(self.cell, state="running", result=so_far)

    def _ms(self, at: float | None) -> int | None:
        return round((at - self.sent) * 1000) if at and self.sent else None
