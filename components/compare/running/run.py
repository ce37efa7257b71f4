"""A comparison in progress: cells so far, shared between the loop, the writer and any readers."""

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from components.chat.store import AttemptResult
from components.compare.running.eta import seconds_left
from components.compare.running.running_cell import RunningCell
from components.compare.spec import Column, SpecImage
from components.compare.store import Cell, Comparison
from components.providers.base import VisionClient
from components.providers.endpoints import Endpoint
from components.runner.endpoint_limiter import EndpointLimiter, Pause
from components.runner.retry import RetryState

Make = Callable[[Endpoint], VisionClient]
SHOW_EVERY = 0.04  # seconds between two looks at growing texts; the first change wakes at once


@dataclass(frozen=True)
class Snapshot:
    """A comparison at one moment. cells: all, in order, with their texts so far.

    ended: how many have. retries: cells that pause before another try, by id; pauses: endpoints
    at which everything waits. Their `until` is a time.monotonic(). seconds_left: a guess from
    what has ended, None before anything has. cost: USD, what is known so far; cost_unknown: cells
    that ended without one. store_errors: ids of cells whose end couldn't be written.
    """

    cells: tuple[Cell, ...]
    ended: int
    done: bool
    retries: Mapping[str, RetryState]
    pauses: tuple[Pause, ...]
    seconds_left: float | None
    cost: Decimal
    cost_unknown: int
    store_errors: tuple[str, ...]

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return self.ended / len(self.cells) if self.cells else 1.0


def place_of(cell: Cell) -> tuple[object, ...]:
    """What the repeats of a cell have in common."""
    return cell.letters, cell.question, cell.column


class Run:
    """A comparison in progress. Readers call `wait`; the rest is for
    components.compare.running.run_manager."""

    def __init__(
        self,
        owner: str,
        comparison: Comparison,
        cells: Sequence[Cell],
        pictures: Mapping[str, SpecImage],
        columns: Sequence[Column],
        make: Make,
        gates: Sequence[EndpointLimiter],
    ) -> None:
        """gates: of each column's endpoint."""
        self.owner, self.comparison = owner, comparison
        self.pictures, self.columns = pictures, tuple(columns)
        self.make, self.gates = make, tuple(gates)
        self.lives = {cell.id: RunningCell(cell) for cell in cells}
        self.ended_at: float | None = None if self._open() else time.monotonic()
        self._changed = threading.Condition()
        self._version = 0
        self._shown = 0.0

    @property
    def id(self) -> str:
        return self.comparison.id

    @property
    def done(self) -> bool:
        """Every cell has ended, and the store knows."""
        return self.ended_at is not None

    @property
    def settled(self) -> bool:
        """It is done, and the store has it all: what it says counts from now on."""
        with self._changed:
            return self.done and not any(live.store_error for live in self.lives.values())

    @property
    def waiting(self) -> int:
        """How many cells haven't ended."""
        with self._changed:
            return sum(not live.cell.ended for live in self.lives.values())

    def wait(self, version: int, timeout: float) -> tuple[int, Snapshot]:
        """Wait until something is newer than `version`, or `timeout` seconds. Start with -1.

        A pause of an endpoint that another comparison met is seen at the timeout.
        """
        with self._changed:
            if self._version <= version and not self.done:
                self._changed.wait(timeout)
            return self._version, self._snapshot()

    def find(self, ids: Collection[str] | None, column: int | None) -> list[RunningCell]:
        """The cells of these ids (None: any) in this column (None: any)."""
        return [
            live
            for live in self.lives.values()
            if (ids is None or live.cell.id in ids) and column in (None, live.cell.column)
        ]

    def answers_before(self, cell: Cell) -> tuple[str, ...]:
        """The answers of the same conversation that were given before this cell, in order; cut
        at the first that is missing."""
        said = {
            live.cell.repeat: live
            for live in self.lives.values()
            if place_of(live.cell) == place_of(cell)
        }
        answers: list[str] = []
        for repeat in range(1, cell.repeat):
            live = said.get(repeat)
            if live is None or not (live.answered or live.cell.state == "ok"):
                break
            # Its end moves the text into the cell, then lets go of it.
            answers.append(live.text or live.cell.answer)
        return tuple(answers)

    # Changes ----------------------------------------------------------------------------------

    def change(self, act: Callable[[], None] = lambda: None) -> None:
        """Do `act` and let readers see it at once."""
        with self._changed:
            act()
            self._version += 1
            self._changed.notify_all()

    def add(self, live: RunningCell, text: str, later: Callable[[float], None]) -> None:
        """More text; readers are woken at once, then every SHOW_EVERY. later(seconds): is asked
        to call `show` then."""
        with self._changed:
            live.add(text)
        due = self._shown + SHOW_EVERY - time.monotonic()
        if due <= 0:
            self.show()
        elif self._shown != float("inf"):
            self._shown = float("inf")
            later(due)

    def show(self) -> None:
        self._shown = time.monotonic()
        self.change()

    def end(
        self, lives: Sequence[RunningCell], result: AttemptResult, store_error: Exception | None
    ) -> None:
        """These cells have ended in the same way."""

        def act() -> None:
            for live in lives:
                live.store_error = store_error
                live.end(result)
            if not self._open():
                self.ended_at = time.monotonic()

        self.change(act)

    def saved(self, lives: Sequence[RunningCell]) -> None:
        """The store has been told of these ends after all."""

        def act() -> None:
            for live in lives:
                live.store_error = None

        self.change(act)

    def reopen(self, cells: Sequence[Cell], again: Collection[str]) -> list[RunningCell]:
        """The cells of these ids wait again, as if they had never been asked.

        cells: all, as the store has them. Where this run had ended, the others are taken from
        there,
        too: another process may have asked some of them since.
        """

        def act() -> None:
            fresh = [cell for cell in cells if cell.id in again or self._from_log(cell)]
            self.lives.update({cell.id: RunningCell(cell) for cell in fresh})
            self.ended_at = None if self._open() else self.ended_at

        self.change(act)
        return self.find(set(again), None)

    # In the lock ------------------------------------------------------------------------------

    def _from_log(self, cell: Cell) -> bool:
        """Whether the store knows better: not where it never took the end of the cell."""
        live = self.lives.get(cell.id)
        return self.done and not (live and live.store_error)

    def _open(self) -> bool:
        return any(not live.cell.ended for live in self.lives.values())

    def _snapshot(self) -> Snapshot:
        lives = list(self.lives.values())
        cells = tuple(live.view() for live in lives)
        ended = [cell for cell in cells if cell.ended]
        costs = [cell.result.cost for cell in ended if cell.result]
        pauses = {p.endpoint: p for gate in self.gates if (p := gate.paused)}
        return Snapshot(
            cells=cells,
            ended=len(ended),
            done=self.done,
            retries={live.cell.id: live.retry for live in lives if live.retry},
            pauses=() if self.done else tuple(pauses.values()),
            seconds_left=seconds_left(lives, self.gates),
            cost=sum((cost for cost in costs if cost is not None), Decimal(0)),
            cost_unknown=sum(cost is None for cost in costs),
            store_errors=tuple(live.cell.id for live in lives if live.store_error),
        )
