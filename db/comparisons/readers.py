"""Reading comparisons. Each query names the owner of every table in it."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from components.compare.store import Accepted, ComparisonSummary, StoredComparison
from db.comparisons import rows
from db.conversations.rows import AnyRow, is_stale
from db.schema.comparisons import accepted_answers, cells, comparison_images, comparisons

c, k, i, a = comparisons.c, cells.c, comparison_images.c, accepted_answers.c


def whole(
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
    found = tuple(
        rows.cell(row, stale)
        for row in connection.execute(select(cells).where(mine).order_by(k.position))
    )
    comparison = rows.comparison(head, shown, _accepted(connection, owner, comparison_id))
    running = any(cell.state in rows.OPEN for cell in found)
    return StoredComparison(comparison, found, running)


def page(
    connection: Connection, owner: str, limit: int, offset: int, now: datetime
) -> list[ComparisonSummary]:
    """The newest first."""
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
    return [rows.summary(row, shown[row.id], states[row.id], now) for row in found]


def count(connection: Connection, owner: str) -> int:
    """How many the owner has."""
    query = select(func.count()).select_from(comparisons).where(c.owner == owner)
    return connection.scalar(query) or 0


def reversed_runs(connection: Connection, owner: str, comparison_id: str) -> list[str]:
    """Ids, newest first."""
    query = select(c.id).where(c.owner == owner, c.pair_id == comparison_id)
    return list(connection.scalars(query.order_by(c.created_at.desc(), c.id.desc())))


def head_of(connection: Connection, owner: str, comparison_id: str) -> AnyRow | None:
    """The comparison's own row."""
    query = select(comparisons).where(c.owner == owner, c.id == comparison_id)
    return connection.execute(query).first()


def _accepted(connection: Connection, owner: str, comparison_id: str) -> list[Accepted]:
    query = select(a.question, a.answer, a.letter).where(
        a.owner == owner, a.comparison_id == comparison_id
    )
    return [Accepted(*row) for row in connection.execute(query.order_by(a.question, a.letter))]
