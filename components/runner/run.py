"""A run in progress: its cells, shared between the loop, the writer and any number of readers."""

import asyncio
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from components.providers.base import VisionClient, VisionRequest
from components.runner.cell import RunningCell
from components.runner.endpoint_limiter import EndpointLimiter, EndpointLimiters
from components.runner.finalize import Ending
from components.runner.retry import Policy
from components.runner.types import AttemptResult
from components.spending.store import Charge

SHOW_EVERY = 0.04  # seconds between two looks at a growing text; the first letter wakes at once
SHOWN_A_SECOND = 250  # looks at all growing texts together, which cost about a millisecond each
SLOWEST = 0.4  # seconds between two looks, however many texts grow
Cell = TypeVar("Cell", bound=RunningCell)
Seen = TypeVar("Seen")
Store = TypeVar("Store")
After = TypeVar("After", bound=Callable[..., None])
Asked = tuple[VisionClient, VisionRequest]


class Pace:
    """How often growing texts are shown: less often the more of them there are.

    Reads and writes are single steps of Python's, so no lock is needed between the threads.
    """

    def __init__(self) -> None:
        self._growing: set[Run[Any]] = set()

    @property
    def every(self) -> float:
        """Seconds between two looks at one text."""
        return min(SLOWEST, max(SHOW_EVERY, len(self._growing) / SHOWN_A_SECOND))

    def begin(self, run: "Run[Any]") -> None:
        """Its first text is there."""
        self._growing.add(run)

    def end(self, run: "Run[Any]") -> None:
        self._growing.discard(run)


@dataclass(frozen=True)
class Kind(Generic[Store, After]):
    """What all runs of one kind share. after: told of ends, in the writer's thread."""

    store: Store
    limiters: EndpointLimiters
    policy: Policy
    after: After | None = None


class Run(ABC, Generic[Cell]):
    """Cells that are asked together, as one owner's. A kind of run says what is asked and where
    its ends are written; the runner does the rest."""

    goes_first = False  # waits for nobody's turn; others leave it a place

    def __init__(
        self, owner: str, run_id: str, cells: Iterable[Cell], policy: Policy, pace: Pace
    ) -> None:
        """policy: of tries. pace: how often readers are woken while a text grows."""
        self.owner, self.id, self.policy = owner, run_id, policy
        self.cells: dict[str, Cell] = {cell.id: cell for cell in cells}
        self.begun = False  # the store has it
        self._pace = pace
        self._changed = threading.Condition()
        self._version = 0
        self._listeners: list[Callable[[], None]] = []
        self._shown = 0.0
        self._show_due = False
        self.ended_at: float | None = None if self._open() else time.monotonic()

    # What a kind of run says of its cells ------------------------------------------------------

    @abstractmethod
    def limiter(self, cell: Cell) -> EndpointLimiter:
        """Of the endpoint that the cell is asked of."""

    @abstractmethod
    async def prepare(self, cell: Cell) -> Asked:
        """What to send, and by whom: once its turn has come. Raises AppError."""

    async def unasked(self, cell: Cell) -> AttemptResult | None:
        """How it ends without being asked, if it does; waited for before anything is reserved."""
        return None

    def charge(self, cell: Cell) -> Charge | None:
        """What it is about to spend; None where that is reserved already."""
        return None

    @abstractmethod
    def complete(self, cell: Cell, ending: Ending) -> tuple[Ending, Sequence[Any]]:
        """The ending with what is known by now, and pictures to keep with it. In the writer's
        thread, so it may take a moment."""

    @abstractmethod
    def write_end(self, cell: Cell, result: AttemptResult, pictures: Sequence[Any]) -> None:
        """Tell the store how a cell ended. Blocking, harmless to repeat. Raises StoreError."""

    def write_unsent(self, cells: Sequence[Cell]) -> None:
        """Tell it of cells that were stopped before they were sent."""
        raise NotImplementedError

    @abstractmethod
    def tell(self, cell: Cell) -> None:
        """Whoever wants to know of a cell's end. In the writer's thread."""

    # For readers ------------------------------------------------------------------------------

    @property
    def key(self) -> tuple[str, str]:
        return self.owner, self.id

    @property
    def done(self) -> bool:
        """Every cell has ended, and the store has been told (or has refused to be)."""
        return self.ended_at is not None

    @property
    def settled(self) -> bool:
        """It is done, and the store has it all: what it says counts from now on."""
        return self.done and not any(cell.store_error for cell in list(self.cells.values()))

    @property
    def waiting(self) -> int:
        """How many cells haven't ended."""
        return sum(not cell.ended for cell in list(self.cells.values()))

    def wait_for(self, version: int, timeout: float, look: Callable[[], Seen]) -> tuple[int, Seen]:
        """Wait until something is newer than `version`, or `timeout` seconds. Start with -1.

        look: what is wanted of it, asked while nothing changes.
        """
        with self._changed:
            if self._version <= version and not self.done:
                self._changed.wait(timeout)
            return self._version, look()

    @contextmanager
    def listening(self, listener: Callable[[], None]) -> Iterator[None]:
        """Within the block: called at each change, on whichever thread makes it. For readers that
        have no thread to wait in; it must return at once and raise nothing."""
        with self._changed:
            self._listeners.append(listener)
        try:
            yield
        finally:
            with self._changed:
                self._listeners.remove(listener)

    # Changes ----------------------------------------------------------------------------------

    def change(self, act: Callable[[], None] = lambda: None) -> None:
        """Do `act` and let readers see it at once."""
        with self._changed:
            act()
            self._version += 1
            self._changed.notify_all()
            for listener in self._listeners:
                listener()

    def add(self, cell: Cell, text: str, loop: asyncio.AbstractEventLoop) -> None:
        """More text (on the runner's loop). Readers are woken at once, then as the pace has it."""
        if cell.add(text):
            self._pace.begin(self)
        if self._show_due:
            return
        wait = self._pace.every - (time.monotonic() - self._shown)
        if wait <= 0:
            self._show()
        else:
            self._show_due = True
            loop.call_later(wait, self._show)

    def end(
        self, cells: Sequence[Cell], result: AttemptResult, store_error: Exception | None
    ) -> None:
        """These cells have ended in the same way."""

        def act() -> None:
            for cell in cells:
                cell.store_error = store_error
                cell.end(result)
            if not self._open():
                self.ended_at = time.monotonic()
                self._pace.end(self)

        self.change(act)

    def saved(self, cells: Sequence[Cell]) -> None:
        """The store has been told of these ends after all."""

        def act() -> None:
            for cell in cells:
                cell.store_error = None

        self.change(act)

    def find(self, ids: Collection[str] | None = None) -> list[Cell]:
        """The cells of these ids; None: all."""
        return [cell for cell in list(self.cells.values()) if ids is None or cell.id in ids]

    def _show(self) -> None:
        self._show_due, self._shown = False, time.monotonic()
        self.change()

    def _open(self) -> bool:
        return any(not cell.ended for cell in self.cells.values())
