"""CompareStore: what comparisons ask of the log."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from components.chat.store import NewImage
from components.compare.store.types import (
    Cell,
    Comparison,
    ComparisonSummary,
    StoredComparison,
)
from components.runner.types import AttemptResult


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
        self, owner: str, comparison_id: str, texts: Mapping[str, str]
    ) -> list[str] | None:
        """A heartbeat, and the texts so far of running cells, by id.

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

    def finish_cell(self, owner: str, cell_id: str, result: AttemptResult) -> None:
        """How a cell ended. The first call counts, until the cell is reopened."""
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

    def comparisons(
        self, owner: str, *, limit: int = 50, offset: int = 0
    ) -> list[ComparisonSummary]:
        """Newest first."""
        ...

    def count_comparisons(self, owner: str) -> int: ...

    def reversed_runs(self, owner: str, comparison_id: str) -> list[str]:
        """Ids of the runs of a comparison in the opposite order, newest first."""
        ...

    def set_accepted(
        self, owner: str, comparison_id: str, question: int, letter: str, answer: str | None
    ) -> bool:
        """Keep, replace or (None, blank) remove an accepted answer. False when there is no such
        comparison."""
        ...

    def delete_comparison(self, owner: str, comparison_id: str) -> bool:
        """For ever, with the images that nothing else of the owner's shows. False when there is
        none."""
        ...

    def image(self, owner: str, image_hash: str) -> NewImage | None: ...
