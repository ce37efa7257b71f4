"""What others let the team read: about everybody but the one who asks, titles alone.

A conversation itself is read with its owner's name, as every other is.
"""

from sqlalchemy import Connection, and_, select

from components.sharing.store import TeamRow
from db.schema.conversations import conversations
from db.schema.sharing import team_visible

v, k = team_visible.c, conversations.c


def of_others(connection: Connection, reader: str, limit: int) -> list[TeamRow]:
    """What people other than `reader` let everybody read, newest change first."""
    query = (
        select(k.owner, k.id, v.name, k.title, k.updated_at)
        .join(conversations, and_(k.owner == v.owner, k.id == v.conversation_id))
        .where(v.owner != reader, k.deleted_at.is_(None))
        .order_by(k.updated_at.desc(), k.id)
        .limit(limit)
    )
    return [TeamRow(*row) for row in connection.execute(query)]
