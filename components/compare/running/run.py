"""A comparison in progress: a run with many cells."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from components.chat.made import pictures_of
from components.chat.store import AnswerPicture
from components.compare.price import cell_charge
from components.compare.request import request_of
from components.compare.running.cell import ComparisonCell
from components.compare.running.eta import seconds_left
from components.compare.spec import Column, SpecImage
from components.compare.store import Cell, CellPicture, CompareStore, Comparison
from components.images.pool import shared_pool
from components.providers.base import VisionClient
from components.providers.endpoints import Endpoint
from components.runner.endpoint_limiter import EndpointLimiter, Pause
from components.runner.finalize import Ending
from components.runner.retry import POLICY, Policy, RetryState
from components.runner.run import Asked, Kind, Pace, Run
from components.runner.types import AttemptResult, Progress
from components.spending.store import Charge
from components.tokens import count_text_tokens

# Many cells meet one limit: whoever is late in its queue is turned away more often than a chat.
PATIENT: Policy = replace(POLICY, tries=5)
Make = Callable[[Endpoint], VisionClient]
After = Callable[[Column, AttemptResult], None]


@dataclass(frozen=True)
class Snapshot:
    """A comparison at one moment. cells: all, in order, with their texts so far.

    retries: cells that pause before another try, by id; pauses: endpoints at which everything
    waits. Their `until` is a time.monotonic(). seconds_left: a guess from what has ended, None
    before anything has, or where another process asks. store_errors: ids of cells whose end
    couldn't be written.
    """

    cells: tuple[Cell, ...]
    done: bool
    retries: Mapping[str, RetryState] = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    seconds_left: float | None = None
    store_errors: tuple[str, ...] = ()

    @cached_property
    def ended(self) -> int:
        """How many have."""
        return sum(cell.ended for cell in self.cells)

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return self.ended / len(self.cells) if self.cells else 1.0

    @property
    def cost(self) -> Decimal:
        """USD, what is known so far."""
        return sum((cost for cost in self._costs if cost is not None), Decimal(0))

    @property
    def cost_unknown(self) -> int:
        """How many cells ended without one."""
        return sum(cost is None for cost in self._costs)

    @cached_property
    def _costs(self) -> list[Decimal | None]:
        return [cell.result.cost for cell in self.cells if cell.ended and cell.result]


class ComparisonRun(Run[ComparisonCell]):
    """Readers call `wait`; the rest is for the runner and the run manager."""

    def __init__(
        self,
        kind: Kind[CompareStore, After],
        owner: str,
        comparison: Comparison,
        cells: Sequence[Cell],
        pictures: Mapping[str, SpecImage],
        columns: Sequence[Column],
        make: Make,
    ) -> None:
        """make: gives an endpoint's client; called on the runner's loop."""
        self.comparison, self.pictures, self.columns = comparison, pictures, tuple(columns)
        self.make, self._kind = make, kind
        endpoints = [column.endpoint for column in columns]
        self._limiters = [kind.limiters.of(owner, each.name, own=each.own) for each in endpoints]
        super().__init__(owner, comparison.id, map(self._running, cells), kind.policy, Pace())

    def wait(self, version: int, timeout: float) -> tuple[int, Snapshot]:
        """Wait until something is newer than `version`, or `timeout` seconds. Start with -1.

        A pause of an endpoint that another run met is seen at the timeout.
        """
        return self.wait_for(version, timeout, self._snapshot)

    def progress(self) -> dict[str, Progress]:
        """What came so far of the cells that are being asked, by id."""
        return {cell.id: cell.progress for cell in self.find() if cell.attempts and not cell.ended}

    def find(
        self, ids: Collection[str] | None = None, column: int | None = None
    ) -> list[ComparisonCell]:
        """The cells of these ids (None: any) in this column (None: any)."""
        return [cell for cell in super().find(ids) if column in (None, cell.cell.column)]

    def chains(self, cells: Sequence[ComparisonCell]) -> list[list[ComparisonCell]]:
        """Cells that must be asked one after the other: rounds of one conversation."""
        if not self.comparison.again:
            return [[cell] for cell in cells]
        rounds: dict[tuple[object, ...], list[ComparisonCell]] = {}
        for cell in sorted(cells, key=lambda cell: cell.cell.repeat):
            rounds.setdefault(cell.cell.place, []).append(cell)
        return list(rounds.values())

    def reopen(self, cells: Sequence[Cell], again: Collection[str]) -> list[ComparisonCell]:
        """The cells of these ids wait again, as if they had never been asked.

        cells: all, as the store has them. Where this run had ended, the others are taken from
        there, too: another process may have asked some of them since.
        """

        def act() -> None:
            fresh = [cell for cell in cells if cell.id in again or self._from_store(cell)]
            self.cells.update({cell.id: self._running(cell) for cell in fresh})
            self.ended_at = None if self._open() else self.ended_at

        self.change(act)
        return self.find(set(again))

    # For the runner ---------------------------------------------------------------------------

    def limiter(self, cell: ComparisonCell) -> EndpointLimiter:
        return self._limiters[cell.cell.column]

    def charge(self, cell: ComparisonCell) -> Charge:
        return cell_charge(self.comparison, cell.cell, self.columns[cell.cell.column])

    async def prepare(self, cell: ComparisonCell) -> Asked:
        column = self.columns[cell.cell.column]
        if self.comparison.again:
            cell.before = self._answers_before(cell.cell)
        work = shared_pool().run(
            request_of, self.comparison, cell.cell, self.pictures, column, cell.before
        )
        request = await asyncio.wrap_future(work)
        return self.make(column.endpoint), request

    def complete(
        self, cell: ComparisonCell, ending: Ending
    ) -> tuple[Ending, tuple[AnswerPicture, ...]]:
        """The estimate was made before the answers of the conversation were known."""
        ending, pictures = pictures_of(ending)
        cell.made = tuple(
            CellPicture(p.content.hash, p.shown.name, p.shown.width or 0, p.shown.height or 0)
            for p in pictures
        )
        if cell.before and ending.estimated_input is not None:
            said = sum(count_text_tokens(text, cell.model) for text in cell.before)
            ending = replace(ending, estimated_input=ending.estimated_input + said)
        return ending, pictures

    def write_end(
        self, cell: ComparisonCell, result: AttemptResult, pictures: Sequence[AnswerPicture]
    ) -> None:
        self._kind.store.finish_cell(self.owner, cell.id, result, pictures)

    def write_unsent(self, cells: Sequence[ComparisonCell]) -> None:
        self._kind.store.stop_cells(self.owner, self.id, [cell.id for cell in cells])

    def tell(self, cell: ComparisonCell) -> None:
        if self._kind.after and cell.result:
            self._kind.after(self.columns[cell.cell.column], cell.result)

    def _running(self, cell: Cell) -> ComparisonCell:
        return ComparisonCell(cell, self.columns[cell.column], self.comparison.lang)

    def _answers_before(self, cell: Cell) -> tuple[str, ...]:
        """The answers of the same conversation that were given before this cell, in order; cut
        at the first that is missing."""
        said = {c.cell.repeat: c for c in self.find() if c.cell.place == cell.place}
        answers: list[str] = []
        for repeat in range(1, cell.repeat):
            before = said.get(repeat)
            if before is None or not (before.answered or before.cell.state == "ok"):
                break
            # Its end moves the text into the cell, then lets go of it.
            answers.append(before.text or before.cell.answer)
        return tuple(answers)

    def _from_store(self, cell: Cell) -> bool:
        """Whether the store knows better: not where it never took the end of the cell."""
        running = self.cells.get(cell.id)
        return self.done and not (running and running.store_error)

    def _snapshot(self) -> Snapshot:
        cells = self.find()
        pauses = {p.endpoint: p for limiter in self._limiters if (p := limiter.paused)}
        return Snapshot(
            cells=tuple(cell.view() for cell in cells),
            done=self.done,
            retries={cell.id: cell.retry for cell in cells if cell.retry},
            pauses=() if self.done else tuple(pauses.values()),
            seconds_left=seconds_left(cells, self._limiters),
            store_errors=tuple(cell.id for cell in cells if cell.store_error),
        )
