"""Comparisons in progress, whichever process runs them: how far, what is asked to stop."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, select, update

from db.comparisons.readers import head_of
from db.comparisons.rows import OPEN
from db.conversations.rows import is_stale
from db.schema.comparisons import cells, comparisons

c, k = comparisons.c, cells.c


def progress(
    connection: Connection,
    owner: str,
    comparison_id: str,
    texts: Mapping[str, str],
    now: datetime,
) -> list[str] | None:
    """A heartbeat, and texts so far of cells that haven't ended. Those of them that somebody asked
    to stop; None when there is no such comparison."""
    if not beat(connection, owner, comparison_id, now):
        return None
    for cell_id, text in texts.items():
        mine = [k.owner == owner, k.id == cell_id, k.state.in_(OPEN)]
        connection.execute(update(cells).where(*mine).values(state="running", text=text))
    asked = [open_cells(owner, comparison_id), k.stop_asked.is_(True)]
    return list(connection.scalars(select(k.id).where(*asked).order_by(k.position)))


def beat(connection: Connection, owner: str, comparison_id: str, now: datetime) -> bool:
    """A heartbeat. Whether there is such a comparison."""
    mine = [c.owner == owner, c.id == comparison_id]
    return (
        connection.execute(update(comparisons).where(*mine).values(heartbeat_at=now)).rowcount > 0
    )


def open_cells(owner: str, comparison_id: str) -> ColumnElement[bool]:
    return and_(k.owner == owner, k.comparison_id == comparison_id, k.state.in_(OPEN))


def is_running(connection: Connection, owner: str, comparison_id: str, now: datetime) -> bool:
    """Whether somebody is at it."""
    head = head_of(connection, owner, comparison_id)
    if head is None or is_stale(head.heartbeat_at, now):
        return False
    return (
        connection.scalar(select(k.id).where(open_cells(owner, comparison_id)).limit(1)) is not None
    )


def ask_stop(
    connection: Connection,
    owner: str,
    comparison_id: str,
    ids: Collection[str] | None,
    column: int | None,
) -> None:
    """Whoever runs these cells (None: any) of this column (None: any) sees it at the next
    heartbeat."""
    which = [open_cells(owner, comparison_id)]
    if ids is not None:
        which.append(k.id.in_(ids))
    if column is not None:
        which.append(k.column == column)
    connection.execute(update(cells).where(*which).values(stop_asked=True))


def ask_stop_all(connection: Connection, owner: str) -> None:
    """The same for every cell of the owner's."""
    which = [k.owner == owner, k.state.in_(OPEN)]
    connection.execute(update(cells).where(*which).values(stop_asked=True))
