"""A comparison and its cells, as they are planned, shown and kept, and what is asked of the store
that keeps them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal, Protocol

from components.chat.store import AnswerPicture, NewImage
from components.runner.types import AttemptResult, Progress

Mode = Literal["together", "each"]
Order = Literal["given", "reversed"]
State = Literal["waiting", "running", "ok", "failed", "stopped", "interrupted"]
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class ComparedImage:
    """An image of a comparison. letter: its label, which stays with it in every order.

    hash: sha256 of the original bytes in hex. original_*: pixels, upright. scale: percent of the
    size that the model would get; box: what is cut out before that, in upright pixels of the
    original (left, top, right, bottom). variant: which setting of one image this is ("low", "50",
    "crop" ...), "" in a comparison of different images.
    """

    letter: str
    hash: str
    name: str
    detail: str = "auto"
    as_is: bool = False
    first_frame: bool = False
    original_width: int | None = None
    original_height: int | None = None
    scale: int = 100
    box: Box | None = None
    variant: str = ""


@dataclass(frozen=True)
class ComparedModel:
    """A column: a model at an endpoint."""

    endpoint: str
    host: str
    model: str


@dataclass(frozen=True)
class Accepted:
    """The right answer to a question (from 0): about one image, or (letter "") about all."""

    question: int
    answer: str
    letter: str = ""


@dataclass(frozen=True)
class Comparison:
    """What was asked of whom. mode: "together" sends all images in each request, "each" one.

    images: in the order given, whatever `order` they are sent in. parameters: JSON-able, as of a
    turn. repeats: how often each cell is asked; again: in one conversation, with "are you sure?".
    pair_id: the comparison that this is a run of in the opposite order.
    """

    id: str
    created_at: datetime
    title: str
    mode: Mode
    images: tuple[ComparedImage, ...]
    questions: tuple[str, ...]
    models: tuple[ComparedModel, ...]
    parameters: dict[str, object] = field(default_factory=dict)
    lang: str = "en"
    repeats: int = 1
    again: bool = False
    order: Order = "given"
    pair_id: str | None = None
    accepted: tuple[Accepted, ...] = ()

    def accepted_for(self, letters: Sequence[str], question: int) -> str | None:
        """The accepted answer of a row: its own, else that of the question, else None."""
        own = letters[0] if self.mode == "each" and letters else ""
        found = {a.letter: a.answer for a in self.accepted if a.question == question}
        return found.get(own, found.get(""))


@dataclass(frozen=True)
class CellPicture:
    """A picture that a model made. hash: sha256 of its bytes in hex. width, height: px."""

    hash: str
    name: str
    width: int
    height: int


@dataclass(frozen=True)
class Cell:
    """One request. letters: the images it carries, in the order sent; question, column: places
    in the comparison's questions and models, from 0; repeat: from 1.

    result: None while it waits; while it runs the text so far. estimated_*, prices: as of a turn.
    pictures: in the answer, once it has ended.
    """

    id: str
    letters: tuple[str, ...]
    question: int
    column: int
    repeat: int = 1
    state: State = "waiting"
    result: AttemptResult | None = None
    estimated_input_tokens: int | None = None
    estimated_cost: Decimal | None = None
    prices: dict[str, str] = field(default_factory=dict)
    pictures: tuple[CellPicture, ...] = ()

    @property
    def answer(self) -> str:
        """The text, whole or so far."""
        return self.result.text if self.result else ""

    @property
    def ended(self) -> bool:
        return self.state not in ("waiting", "running")

    @property
    def place(self) -> tuple[object, ...]:
        """What the repeats of a cell have in common."""
        return self.letters, self.question, self.column


@dataclass(frozen=True)
class StoredComparison:
    """A comparison as it stands in the log. running: somebody is at it. What nobody is at any
    more reads as interrupted."""

    comparison: Comparison
    cells: tuple[Cell, ...]
    running: bool


@dataclass(frozen=True)
class ComparisonSummary:
    """A row of the history. images, questions, cells, ended, failed: counts. failed are those
    that failed or were interrupted. cost: sum of what is known, in USD; cost_known: nothing is
    missing. first_image: hash."""

    id: str
    title: str
    created_at: datetime
    mode: Mode
    order: Order
    pair_id: str | None
    images: int
    questions: int
    models: tuple[str, ...]
    cells: int
    ended: int
    failed: int
    running: bool
    cost: Decimal
    cost_known: bool
    first_image: str | None


def state_of(result: AttemptResult) -> State:
    """What a cell is called by how its answer ended; an answer that was cut is an answer."""
    match result.outcome:
        case "length" | "truncated":
            return "ok"
        case "filtered":
            return "ok" if result.text else "failed"
        case outcome:
            return outcome


class CompareStore(Protocol):
    """Comparisons and their cells. Blocking. Raises StoreError."""

    def begin_comparison(
        self,
        owner: str,
        comparison: Comparison,
        cells: Sequence[Cell],
        contents: Sequence[NewImage],
    ) -> None:
        """One write, all or nothing; a repeat with the same id does nothing.

        Raises ValueError when an image's bytes are neither in contents nor in the log.
        """
        ...

    def comparison_progress(
        self, owner: str, comparison_id: str, so_far: Mapping[str, Progress]
    ) -> list[str] | None:
        """A heartbeat, and what came so far of running cells, by id.

        Ids of open cells that somebody asked to stop; None when the comparison isn't there.
        """
        ...

    def ask_stop_cells(
        self,
        owner: str,
        comparison_id: str,
        *,
        cells: Collection[str] | None = None,
        column: int | None = None,
    ) -> bool:
        """Ask whoever runs the comparison, in whichever process, to stop cells: of these ids,
        of one column, or all. False when nobody runs it."""
        ...

    def ask_stop_all_cells(self, owner: str) -> None:
        """The same for every comparison of the owner's."""
        ...

    def finish_cell(
        self,
        owner: str,
        cell_id: str,
        result: AttemptResult,
        pictures: Sequence[AnswerPicture] = (),
    ) -> None:
        """How a cell ended, and the pictures in its answer. The first call counts, until the cell
        is reopened."""
        ...

    def stop_cells(self, owner: str, comparison_id: str, cell_ids: Collection[str]) -> None:
        """Those of them that were never sent won't be."""
        ...

    def reopen_cells(
        self,
        owner: str,
        comparison_id: str,
        cell_ids: Collection[str],
        *,
        alone: bool = False,
    ) -> list[str]:
        """Make those that ended without an answer, or that nobody is at, wait again; their ids.

        alone: raise AlreadyRunning, in the same transaction, when somebody is at the comparison.
        """
        ...

    def comparison(self, owner: str, comparison_id: str) -> StoredComparison | None: ...

    def page(self, owner: str, *, limit: int = 50, offset: int = 0) -> list[ComparisonSummary]:
        """Newest first."""
        ...
