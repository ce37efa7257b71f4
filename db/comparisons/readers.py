"""A whole comparison."""

from datetime import datetime

from sqlalchemy import Connection, and_, select

from components.compare.store import StoredComparison
from db.comparisons import pictures, rows
from db.conversations.rows import AnyRow, is_stale
from db.labels.accepted import accepted
from db.schema.comparisons import cells, comparison_images, comparisons

c, k, i = comparisons.c, cells.c, comparison_images.c


def comparison(
    connection: Connection, owner: str, comparison_id: str, now: datetime
) -> StoredComparison | None:
    """A comparison and its cells as of `now`."""
    head = head_of(connection, owner, comparison_id)
    if head is None:
        return None
    of_it = and_(i.owner == owner, i.comparison_id == comparison_id)
    shown = connection.execute(select(comparison_images).where(of_it).order_by(i.position))
    stale = is_stale(head.heartbeat_at, now)
    mine = and_(k.owner == owner, k.comparison_id == comparison_id)
    made = pictures.of(connection, owner, comparison_id)
    found = tuple(
        rows.cell(row, stale, made.get(row.id, ()))
        for row in connection.execute(select(cells).where(mine).order_by(k.position))
    )
    spec = rows.comparison(head, shown, accepted(connection, owner, comparison_id))
    running = any(cell.state in rows.OPEN for cell in found)
    return StoredComparison(spec, found, running)


def head_of(connection: Connection, owner: str, comparison_id: str) -> AnyRow | None:
    """The comparison's own row."""
    query = select(comparisons).where(c.owner == owner, c.id == comparison_id)
    return connection.execute(query).first()
