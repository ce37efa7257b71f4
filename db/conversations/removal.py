"""Deleting in two steps: out of sight, which can be undone, and for ever."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from db.conversations import readers
from db.schema.conversations import conversations, images
from db.search.index import forget
from db.sharing import shares

c = conversations.c
AT_ONCE = 100  # conversations of one purging transaction: others wait for it


def hide(connection: Connection, owner: str, ids: Sequence[str], now: datetime) -> list[str]:
    """Delete so that it can be undone. Which ones were there."""
    mine = [c.owner == owner, c.id.in_(ids), c.deleted_at.is_(None)]
    there = list(connection.scalars(select(c.id).where(*mine)))
    connection.execute(update(conversations).where(*mine).values(deleted_at=now))
    return there


def bring_back(connection: Connection, owner: str, ids: Sequence[str]) -> int:
    """Undo `hide`. How many there were."""
    mine = [c.owner == owner, c.id.in_(ids), c.deleted_at.is_not(None)]
    return connection.execute(update(conversations).where(*mine).values(deleted_at=None)).rowcount


def purge(connection: Connection, owner: str, until: datetime) -> int:
    """Remove up to 100 that were deleted at `until` or before, with the images that nothing else
    of the owner's shows. How many; 0 when there are no more."""
    query = select(c.id).where(c.owner == owner, c.deleted_at <= until).limit(AT_ONCE)
    ids = list(connection.scalars(query))
    return remove(connection, owner, ids) if ids else 0


def remove(connection: Connection, owner: str, ids: Sequence[str]) -> int:
    """Remove conversations for ever, with the images that nothing else of the owner's shows."""
    used = readers.hashes(connection, owner, ids)
    forget(connection, owner, ids)
    shares.forget(connection, owner, "conversation", ids)
    connection.execute(delete(conversations).where(c.owner == owner, c.id.in_(ids)))
    orphans = used - readers.in_use(connection, owner, used)
    connection.execute(delete(images).where(images.c.owner == owner, images.c.hash.in_(orphans)))
    return len(ids)


def owners_with_deleted(connection: Connection, until: datetime) -> list[str]:
    """Whose conversations are due. The one query here that is about everybody."""
    return list(connection.scalars(select(c.owner).where(c.deleted_at <= until).distinct()))
