"""Comparisons and their cells: written, in progress in whichever process, read, removed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from components.chat.store import AlreadyRunning, AnswerPicture, AttemptResult, NewImage, Progress
from components.compare.store import (
    Accepted,
    Cell,
    Comparison,
    ComparisonSummary,
    StoredComparison,
    state_of,
)
from db.comparisons import pictures as made
from db.comparisons import readers, rows
from db.conversations.images import check_bytes, keep_contents, let_go
from db.conversations.rows import AnyRow, is_stale, result_values
from db.conversations.turns import exists
from db.engine.repository import Repository, for_owner
from db.labels.accepted import accept
from db.schema.comparisons import cells, comparison_images, comparisons
from db.sharing.shares import forget_shares

c, k, i = comparisons.c, cells.c, comparison_images.c
_CELLS = cells  # where a parameter hides the table


class Comparisons(Repository):
    """components.compare.store.CompareStore, and what pages ask."""

    @for_owner("write")
    def begin_comparison(
        self,
        connection: Connection,
        owner: str,
        comparison: Comparison,
        cells: Sequence[Cell],
        contents: Sequence[NewImage],
    ) -> None:
        """Write a comparison and its cells; a repeat with the same id does nothing."""
        if exists(connection, comparisons, owner, comparison.id):
            return
        keep_contents(connection, owner, contents)
        check_bytes(connection, owner, [each.hash for each in comparison.images], "comparison")
        begun = {"owner": owner, "heartbeat_at": self.now(), **rows.comparison_values(comparison)}
        connection.execute(insert(comparisons).values(begun))
        of_it = {"owner": owner, "comparison_id": comparison.id}
        shown = [
            of_it | {"position": n} | rows.image_values(image)
            for n, image in enumerate(comparison.images)
        ]
        asked = [of_it | {"position": n} | rows.cell_values(cell) for n, cell in enumerate(cells)]
        for table, values in ((comparison_images, shown), (_CELLS, asked)):
            if values:
                connection.execute(insert(table), values)
        for each in comparison.accepted:
            accept(connection, owner, comparison.id, each, self.now())

    @for_owner("write")
    def comparison_progress(
        self,
        connection: Connection,
        owner: str,
        comparison_id: str,
        so_far: Mapping[str, Progress],
    ) -> list[str] | None:
        """A heartbeat, and what came so far of cells that haven't ended. Those of them that
        somebody asked to stop; None when there is no such comparison."""
        if not _beat(connection, owner, comparison_id, self.now()):
            return None
        for cell_id, came in so_far.items():
            mine = [k.owner == owner, k.id == cell_id, k.state.in_(rows.OPEN)]
            values = {"state": "running", "text": came.text, "reasoning": came.reasoning}
            connection.execute(update(cells).where(*mine).values(values))
        asked = [*_open_cells(owner, comparison_id), k.stop_asked.is_(True)]
        return list(connection.scalars(select(k.id).where(*asked).order_by(k.position)))

    def ask_stop_cells(
        self,
        owner: str,
        comparison_id: str,
        *,
        cells: Collection[str] | None = None,
        column: int | None = None,
    ) -> bool:
        """Whoever runs these cells (None: any) of this column (None: any) sees it at the next
        heartbeat. False when nobody does."""
        if not self._runs(owner, comparison_id):
            return False
        which = _open_cells(owner, comparison_id)
        if cells is not None:
            which.append(k.id.in_(cells))
        if column is not None:
            which.append(k.column == column)
        self._ask_stop(owner, which)
        return True

    def ask_stop_all_cells(self, owner: str) -> None:
        """The same for every cell of the owner's."""
        self._ask_stop(owner, [k.owner == owner, k.state.in_(rows.OPEN)])

    @for_owner("read")
    def _runs(self, connection: Connection, owner: str, comparison_id: str) -> bool:
        return _is_running(connection, owner, comparison_id, self.now())

    @for_owner("write")
    def _ask_stop(
        self, connection: Connection, owner: str, which: Sequence[ColumnElement[bool]]
    ) -> None:
        connection.execute(update(cells).where(*which).values(stop_asked=True))

    @for_owner("write")
    def finish_cell(
        self,
        connection: Connection,
        owner: str,
        cell_id: str,
        result: AttemptResult,
        pictures: Sequence[AnswerPicture] = (),
    ) -> None:
        """How a cell ended, and the pictures in its answer. The first call counts; without effect
        once deleted."""
        mine = [k.owner == owner, k.id == cell_id, k.state.in_(rows.OPEN)]
        ended = result_values(result) | {"state": state_of(result)}
        ends = connection.execute(update(cells).where(*mine).values(ended)).rowcount
        if ends and pictures:
            made.put(connection, owner, cell_id, pictures)

    @for_owner("write")
    def stop_cells(
        self, connection: Connection, owner: str, comparison_id: str, cell_ids: Collection[str]
    ) -> None:
        """Those of them that were never sent won't be, and cost nothing."""
        nothing = AttemptResult("stopped", "", attempts=0, cost=Decimal(0))
        unsent = result_values(nothing) | {"state": "stopped"}
        mine = [k.owner == owner, k.comparison_id == comparison_id, k.state == "waiting"]
        connection.execute(update(cells).where(*mine, k.id.in_(cell_ids)).values(unsent))

    @for_owner("write")
    def reopen_cells(
        self,
        connection: Connection,
        owner: str,
        comparison_id: str,
        cell_ids: Collection[str],
        *,
        alone: bool = False,
    ) -> list[str]:
        """Let those that failed, were stopped or interrupted wait again; their ids."""
        now = self.now()
        if alone and _is_running(connection, owner, comparison_id, now):
            raise AlreadyRunning
        head = readers.head_of(connection, owner, comparison_id)
        if head is None:
            return []
        if is_stale(head.heartbeat_at, now):
            # Or the heartbeat that begins now would bring all of them back to life.
            over = {"state": "interrupted", "outcome": "interrupted"}
            open_ones = _open_cells(owner, comparison_id)
            connection.execute(update(cells).where(*open_ones).values(over))
        ended = [k.id.in_(cell_ids), k.state.in_(("failed", "stopped", "interrupted"))]
        wanted = [k.owner == owner, k.comparison_id == comparison_id, *ended]
        found = list(connection.scalars(select(k.id).where(*wanted).order_by(k.position)))
        if found:
            connection.execute(update(cells).where(*wanted).values(rows.open_values()))
            made.remove(connection, owner, found)
            _beat(connection, owner, comparison_id, now)
        return found

    @for_owner("read")
    def comparison(
        self, connection: Connection, owner: str, comparison_id: str
    ) -> StoredComparison | None:
        """The whole of a comparison, None when the owner has none of that id."""
        return readers.comparison(connection, owner, comparison_id, self.now())

    @for_owner("read")
    def page(
        self, connection: Connection, owner: str, *, limit: int = 50, offset: int = 0
    ) -> list[ComparisonSummary]:
        """Summaries of the owner's, newest first."""
        query = select(comparisons).where(c.owner == owner)
        query = query.order_by(c.created_at.desc(), c.id.desc()).limit(limit).offset(offset)
        found = connection.execute(query).all()
        ids = [row.id for row in found]
        shown: defaultdict[str, list[str]] = defaultdict(list)
        pictures = select(i.comparison_id, i.hash).where(i.owner == owner, i.comparison_id.in_(ids))
        for comparison_id, image_hash in connection.execute(pictures.order_by(i.position)):
            shown[comparison_id].append(image_hash)
        states: defaultdict[str, list[AnyRow]] = defaultdict(list)
        ended = select(k.comparison_id, k.state, k.cost).where(
            k.owner == owner, k.comparison_id.in_(ids)
        )
        for row in connection.execute(ended):
            states[row.comparison_id].append(row)
        now = self.now()
        return [rows.summary(row, shown[row.id], states[row.id], now) for row in found]

    @for_owner("read")
    def count(self, connection: Connection, owner: str) -> int:
        """How many the owner has."""
        query = select(func.count()).select_from(comparisons).where(c.owner == owner)
        return connection.scalar(query) or 0

    @for_owner("read")
    def reversed_runs(self, connection: Connection, owner: str, comparison_id: str) -> list[str]:
        """Ids of the runs of a comparison in the opposite order, newest first."""
        query = select(c.id).where(c.owner == owner, c.pair_id == comparison_id)
        return list(connection.scalars(query.order_by(c.created_at.desc(), c.id.desc())))

    @for_owner("write")
    def set_accepted(
        self,
        connection: Connection,
        owner: str,
        comparison_id: str,
        question: int,
        letter: str,
        answer: str | None,
    ) -> bool:
        """Keep, replace or (None, blank) remove an accepted answer. False without a comparison."""
        if not exists(connection, comparisons, owner, comparison_id):
            return False
        said = Accepted(question, answer or "", letter)
        accept(connection, owner, comparison_id, said, self.now())
        return True

    @for_owner("write")
    def delete(self, connection: Connection, owner: str, comparison_id: str) -> bool:
        """Remove it for ever, with images that nothing else shows. False when there is none."""
        return remove_comparison(connection, owner, comparison_id)


def remove_comparison(connection: Connection, owner: str, comparison_id: str) -> bool:
    """With the images that nothing else of the owner's shows. Whether there was one."""
    query = select(i.hash).where(i.owner == owner, i.comparison_id == comparison_id)
    shown = [*connection.scalars(query), *made.hashes(connection, owner, comparison_id)]
    forget_shares(connection, owner, "comparison", [comparison_id])
    mine = delete(comparisons).where(c.owner == owner, c.id == comparison_id)
    gone = connection.execute(mine).rowcount
    let_go(connection, owner, shown)
    return gone > 0


def _open_cells(owner: str, comparison_id: str) -> list[ColumnElement[bool]]:
    return [k.owner == owner, k.comparison_id == comparison_id, k.state.in_(rows.OPEN)]


def _is_running(connection: Connection, owner: str, comparison_id: str, now: datetime) -> bool:
    """Whether somebody is at it."""
    head = readers.head_of(connection, owner, comparison_id)
    if head is None or is_stale(head.heartbeat_at, now):
        return False
    first = select(k.id).where(*_open_cells(owner, comparison_id)).limit(1)
    return connection.scalar(first) is not None


def _beat(connection: Connection, owner: str, comparison_id: str, now: datetime) -> bool:
    """A heartbeat. Whether there is such a comparison."""
    mine = update(comparisons).where(c.owner == owner, c.id == comparison_id)
    return connection.execute(mine.values(heartbeat_at=now)).rowcount > 0
