"""Writing and reading an owner's shares, and which conversations the team may read."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select, update

from components.sharing.store import Kind, Share
from db.schema.conversations import conversations
from db.schema.sharing import shares, team_visible

c, v = shares.c, team_visible.c
COLUMNS = (
    c.id,
    c.owner,
    c.kind,
    c.target_id,
    c.created_at,
    c.ends_at,
    c.with_costs,
    c.with_names,
    c.person,
    c.revoked_at,
)


def add(connection: Connection, owner: str, share: Share, token_hash: str, now: datetime) -> None:
    """Keep a share; the owner's closed ones of the same thing go."""
    connection.execute(
        delete(shares).where(
            c.owner == owner,
            c.kind == share.kind,
            c.target_id == share.target_id,
            or_(c.ends_at <= now, c.revoked_at.is_not(None)),
        )
    )
    values = {column.name: getattr(share, column.name) for column in COLUMNS}
    connection.execute(insert(shares).values(**values | {"owner": owner, "hash": token_hash}))


def open_ones(
    connection: Connection, owner: str, kind: Kind, target_id: str, now: datetime
) -> list[Share]:
    """Those of one thing that lead somewhere, newest first."""
    query = (
        select(*COLUMNS)
        .where(c.owner == owner, c.kind == kind, c.target_id == target_id)
        .order_by(c.created_at.desc(), c.id)
    )
    found = (Share(**row._mapping) for row in connection.execute(query))
    return [share for share in found if share.open_at(now)]


def all_of(connection: Connection, owner: str) -> list[Share]:
    """Those that are kept, closed ones too, oldest first."""
    query = select(*COLUMNS).where(c.owner == owner).order_by(c.created_at, c.id)
    return [Share(**row._mapping) for row in connection.execute(query)]


def revoke(connection: Connection, owner: str, share_id: str, now: datetime) -> bool:
    """Whether there was one to revoke."""
    mine = update(shares).where(c.owner == owner, c.id == share_id, c.revoked_at.is_(None))
    return connection.execute(mine.values(revoked_at=now)).rowcount > 0


def forget(connection: Connection, owner: str, kind: Kind, target_ids: Collection[str]) -> None:
    """What they led to is gone for ever: another thing of the same id isn't meant by them."""
    connection.execute(
        delete(shares).where(c.owner == owner, c.kind == kind, c.target_id.in_(target_ids))
    )


def let_team_read(
    connection: Connection, owner: str, conversation_id: str, name: str, now: datetime
) -> bool:
    """Whether there is such a conversation. name: the owner's, as the others see it."""
    k = conversations.c
    there = select(k.id).where(k.owner == owner, k.id == conversation_id, k.deleted_at.is_(None))
    if connection.scalar(there) is None:
        return False
    keep_from_team(connection, owner, conversation_id)
    connection.execute(
        insert(team_visible).values(
            owner=owner, conversation_id=conversation_id, since=now, name=name
        )
    )
    return True


def keep_from_team(connection: Connection, owner: str, conversation_id: str) -> bool:
    """Whether they could read it."""
    mine = delete(team_visible).where(v.owner == owner, v.conversation_id == conversation_id)
    return connection.execute(mine).rowcount > 0


def team_reads(connection: Connection, owner: str, conversation_id: str) -> bool:
    """Whether the team may read this conversation of the owner's."""
    mine = select(v.since).where(v.owner == owner, v.conversation_id == conversation_id)
    return connection.scalar(mine) is not None
