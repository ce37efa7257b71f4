"""CompareStore: what comparisons ask of the log. SqlStore is one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from components.chat.store import AlreadyRunning, AttemptResult, NewImage
from components.compare.store import Cell, Comparison, ComparisonSummary, StoredComparison
from db.comparisons import readers, running, writers
from db.engine.database import Database


class CompareStore:
    """components.compare.store.CompareStore, but for images. Every query names its owner."""

    database: Database
    _clock: Callable[[], datetime]

    def begin_comparison(
        self,
        owner: str,
        comparison: Comparison,
        cells: Sequence[Cell],
        contents: Sequence[NewImage],
    ) -> None:
        """Write a comparison and its cells; a repeat with the same id does nothing.

        Raises ValueError when an image's bytes are neither in contents nor in the log.
        """
        with self.database.write(owner) as connection:
            writers.begin(connection, owner, comparison, cells, contents, self._clock())

    def comparison_progress(
        self, owner: str, comparison_id: str, texts: Mapping[str, str]
    ) -> list[str] | None:
        """A heartbeat, and the texts so far of running cells, by id.

        Ids of open cells that somebody asked to stop; None when there is no such comparison.
        """
        with self.database.write(owner) as connection:
            return running.progress(connection, owner, comparison_id, texts, self._clock())

    def ask_stop_cells(
        self,
        owner: str,
        comparison_id: str,
        *,
        cells: Collection[str] | None = None,
        column: int | None = None,
    ) -> bool:
        """Ask whoever runs the comparison to stop these cells. False when nobody does."""
        with self.database.read() as connection:
            if not running.is_running(connection, owner, comparison_id, self._clock()):
                return False
        with self.database.write(owner) as connection:
            running.ask_stop(connection, owner, comparison_id, cells, column)
        return True

    def ask_stop_all_cells(self, owner: str) -> None:
        """Ask whoever runs comparisons of the owner's to stop all of them."""
        with self.database.write(owner) as connection:
            running.ask_stop_all(connection, owner)

    def finish_cell(self, owner: str, cell_id: str, result: AttemptResult) -> None:
        """How a cell ended. The first call counts; without effect once deleted."""
        with self.database.write(owner) as connection:
            writers.finish(connection, owner, cell_id, result)

    def stop_cells(self, owner: str, comparison_id: str, cell_ids: Collection[str]) -> None:
        """Those of them that wait won't be sent."""
        with self.database.write(owner) as connection:
            writers.stop(connection, owner, comparison_id, cell_ids)

    def reopen_cells(
        self,
        owner: str,
        comparison_id: str,
        cell_ids: Collection[str],
        *,
        alone: bool = False,
    ) -> list[str]:
        """Let those that failed, were stopped or interrupted wait again; their ids.

        alone: raise AlreadyRunning when somebody is at the comparison.
        """
        with self.database.write(owner) as connection:
            now = self._clock()
            if alone and running.is_running(connection, owner, comparison_id, now):
                raise AlreadyRunning
            return writers.reopen(connection, owner, comparison_id, cell_ids, now)

    def comparison(self, owner: str, comparison_id: str) -> StoredComparison | None:
        """The whole of a comparison, None when the owner has none of that id."""
        with self.database.read() as connection:
            return readers.whole(connection, owner, comparison_id, self._clock())

    def comparisons(
        self, owner: str, *, limit: int = 50, offset: int = 0
    ) -> list[ComparisonSummary]:
        """A page of the owner's comparisons, newest first."""
        with self.database.read() as connection:
            return readers.page(connection, owner, limit, offset, self._clock())

    def count_comparisons(self, owner: str) -> int:
        """How many the owner has."""
        with self.database.read() as connection:
            return readers.count(connection, owner)

    def reversed_runs(self, owner: str, comparison_id: str) -> list[str]:
        """Ids of the runs of a comparison in the opposite order, newest first."""
        with self.database.read() as connection:
            return readers.reversed_runs(connection, owner, comparison_id)

    def set_accepted(
        self, owner: str, comparison_id: str, question: int, letter: str, answer: str | None
    ) -> bool:
        """Keep, replace or (None, blank) remove an accepted answer. False without a comparison."""
        with self.database.write(owner) as connection:
            return writers.set_accepted(connection, owner, comparison_id, question, letter, answer)

    def delete_comparison(self, owner: str, comparison_id: str) -> bool:
        """Remove it for ever, with images that nothing else shows. False when there is none."""
        with self.database.write(owner) as connection:
            return writers.remove(connection, owner, comparison_id)
