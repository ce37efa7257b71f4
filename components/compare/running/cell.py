"""One cell of a comparison in progress."""

from dataclasses import replace

from components.compare.spec import Column
from components.compare.store import Cell, CellPicture, state_of
from components.runner.cell import RunningCell
from components.runner.types import AttemptResult


class ComparisonCell(RunningCell):
    """cell: as the store has it. before: what was answered in its conversation; made: pictures in
    the answer."""

    def __init__(self, cell: Cell, column: Column, lang: str = "en") -> None:
        tokens, prices = cell.estimated_input_tokens, cell.prices
        super().__init__(cell.id, column.model, column.endpoint.host, lang, tokens, prices)
        self.cell = cell
        self.before: tuple[str, ...] = ()
        self.made: tuple[CellPicture, ...] = ()

    @property
    def ended(self) -> bool:
        return self.cell.ended

    def end(self, result: AttemptResult) -> None:
        super().end(result)
        self.cell = replace(self.cell, state=state_of(result), result=result, pictures=self.made)
        self.forget()

    def view(self) -> Cell:
        """The cell as it stands now."""
        if self.ended or not self.attempts:
            return self.cell
        so_far = AttemptResult("running", self.text, attempts=self.attempts, ms_first=self.ms_first)
        return replace(self.cell, state="running", result=so_far)
