"""What a visit's calculator remembers."""

from dataclasses import dataclass, field

from components.errors import AppError
from components.pricing.whatif import Row, Scenario


@dataclass
class Calculator:
    """scenario: None until the page is first opened; example: nobody has given images yet, so the
    first ones take the example's place.

    typed: what stands in the field of sizes. edition: of the table of rows; a table's edits are
    told against the rows that it was made with. uploads: of the uploader.
    read: what was wrong with what came in last. pinned: models side by side. picked: its row of
    which "how this was worked out" tells.
    written: what the address was last given. fill: fields' values to be put before they are drawn.
    """

    scenario: Scenario | None = None
    example: bool = True
    typed: str = ""
    edition: int = 0
    uploads: int = 0
    problems: list[AppError] = field(default_factory=list)
    bad: int = 0
    told: str = ""
    pinned: tuple[str, ...] = ()
    picked: int = 0
    written: dict[str, str] = field(default_factory=dict)
    tokens_per_minute: int = 40_000
    requests_per_minute: int = 200
    days_back: int = 30
    compared: tuple[str, ...] = ()

    @property
    def asked(self) -> Scenario:
        assert self.scenario is not None
        return self.scenario

    def take(self, rows: tuple[Row, ...]) -> None:
        """Add rows that came in; the first ones replace the example."""
        from dataclasses import replace

        had = () if self.example else self.asked.rows
        self.scenario = replace(self.asked, rows=had + rows)
        self.example = False
        self.redraw()

    def redraw(self) -> None:
        """Rows changed elsewhere than in the field or the table: both are made anew."""
        self.edition += 1
        self.typed = as_typed(self.asked.rows)


MOST_TYPED = 12  # rows that the field of sizes shows; beyond that it takes further ones


def as_typed(rows: tuple[Row, ...]) -> str:
    """Rows as a person would type them: "1024x1024; 4032x3024 x3"; "" for many."""
    if len(rows) > MOST_TYPED:
        return ""
    return "; ".join(
        f"{row.width}x{row.height}" + (f" x{row.count}" if row.count > 1 else "") for row in rows
    )
