"""What a session's calculator remembers."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from components.chat.store import StoredUse
from components.errors import AppError
from components.pricing.whatif import Row, Scenario

_T = TypeVar("_T")
MOST_TYPED = 12  # rows that the field of sizes shows; beyond that it takes further ones


@dataclass
class Calculator:
    """scenario: None until the page is first opened; default: what it opened with; example: nobody
    has given images yet, so the first ones take the example's place.

    typed: what stands in the field of sizes; typing: problems are of what is being typed there;
    adding: there are too many rows for it, so it takes further ones.
    edition: of the table of rows; a table's edits are told against the rows that it was made with.
    came: rows that were dropped last. problems, bad: what was wrong with what came in last, and
    how much.
    pinned: models side by side; ticked: those that the table began with. drawn: models of the
    chart of sizes; drawn_for: the model chosen then. written: what the address was last given.
    compared: saved scenarios beside this one. kept_as: the name that was given where another
    scenario had the wanted one. read: answers of comparisons by id, with how many.
    worked: see `once`. about: (scenario, the same with numbers of tokens for its texts, not exact
    yet); pending: the counts that are still to come; settled: the scenario that they have come for
    (see counting.py). whole: the page is being drawn, not the calculator alone.
    """

    scenario: Scenario | None = None
    default: Scenario | None = None
    example: bool = True
    typed: str = ""
    typing: bool = False
    adding: bool = False
    edition: int = 0
    came: int = 0
    problems: list[AppError] = field(default_factory=list)
    bad: int = 0
    told: str = ""
    pinned: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    drawn_for: str = ""
    written: dict[str, str] = field(default_factory=dict)
    tokens_per_minute: int = 40_000
    requests_per_minute: int = 200
    days_back: int = 30
    compared: tuple[str, ...] = ()
    kept_as: str = ""
    read: dict[str, tuple[int, list[StoredUse]]] = field(default_factory=dict, repr=False)
    worked: dict[str, tuple[object, Any]] = field(default_factory=dict, repr=False)
    about: tuple[Scenario, Scenario] | None = field(default=None, repr=False)
    pending: tuple[Future[int], ...] = field(default=(), repr=False)
    settled: Scenario | None = field(default=None, repr=False)
    whole: bool = False

    @property
    def asked(self) -> Scenario:
        assert self.scenario is not None
        return self.scenario

    @property
    def sized(self) -> Scenario:
        """What is worked out: `asked`, or about that while a long text of it is being counted."""
        return self.about[1] if self.about and self.about[0] is self.asked else self.asked

    def take(self, rows: tuple[Row, ...]) -> None:
        """Add rows that came in; the first ones replace the example."""
        had = () if self.example else self.asked.rows
        self.scenario = replace(self.asked, rows=had + rows)
        self.example = False
        self.redraw()

    def redraw(self) -> None:
        """Rows changed elsewhere than in the field or the table: both are made anew."""
        self.edition += 1
        self.adding = len(self.asked.rows) > MOST_TYPED
        self.typed = "" if self.adding else as_typed(self.asked.rows)

    def report(self, problems: list[AppError], bad: int, told: str = "") -> None:
        """What is to be said of what came in last, instead of what was said before."""
        self.problems, self.bad, self.told, self.typing = problems, bad, told, False

    def once(self, name: str, work: Callable[[], _T]) -> _T:
        """What `work` gives, kept until the scenario changes."""
        for_, found = self.worked.get(name, (None, None))
        if for_ is not self.sized:
            found = work()
            self.worked[name] = self.sized, found
        result: _T = found
        return result

    def has(self, name: str) -> bool:
        """Whether `once` has it for this scenario."""
        return self.worked.get(name, (None, None))[0] is self.sized


def as_typed(rows: tuple[Row, ...]) -> str:
    """Rows as a person would type them: "1024x1024; 4032x3024 x3; 1920x1080@low"; a single one
    without its count, which has a field of its own."""
    rows = rows if len(rows) != 1 else (replace(rows[0], count=1),)
    return "; ".join(
        f"{row.width}x{row.height}"
        + (f" x{row.count}" if row.count > 1 else "")
        + (f"@{row.detail}" if row.detail else "")
        for row in rows
    )
