"""The log's longer queries. Each names the owner of every table it reads, and finds its rows by
an index on the owner and one more column."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from components.chat.log import LoggedAttempt, LoggedConversation, LoggedImage
from db import rows
from db.comparison_tables import comparison_images
from db.history import tags_of
from db.tables import attempts, conversations, message_images, messages


def conversation(
    connection: Connection, owner: str, conversation_id: str, now: datetime
) -> LoggedConversation | None:
    """A conversation with its messages in order, as of `now`."""
    c = conversations.c
    query = select(c.id, c.title, c.created_at, c.updated_at, c.starred).where(
        c.owner == owner, c.id == conversation_id, c.deleted_at.is_(None)
    )
    head = connection.execute(query).first()
    if head is None:
        return None
    pictures = _images_by_message(connection, owner, conversation_id)
    tries = _attempts_by_message(connection, owner, conversation_id, now)
    in_order = (
        select(messages)
        .where(messages.c.owner == owner, messages.c.conversation_id == conversation_id)
        .order_by(messages.c.position)
    )
    found = tuple(
        rows.message(row, pictures[row.id], tries[row.id]) for row in connection.execute(in_order)
    )
    return LoggedConversation(
        id=head.id,
        title=head.title,
        created_at=head.created_at,
        updated_at=head.updated_at,
        messages=found,
        starred=head.starred,
        tags=tuple(tags_of(connection, owner, [conversation_id])[conversation_id]),
    )


def _images_by_message(
    connection: Connection, owner: str, conversation_id: str
) -> defaultdict[str, list[LoggedImage]]:
    query = (
        select(message_images)
        .where(
            message_images.c.owner == owner,
            message_images.c.conversation_id == conversation_id,
        )
        .order_by(message_images.c.position)
    )
    found: defaultdict[str, list[LoggedImage]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.message_id].append(rows.image(row))
    return found


def _attempts_by_message(
    connection: Connection, owner: str, conversation_id: str, now: datetime
) -> defaultdict[str, list[LoggedAttempt]]:
    """Of each answer, the first attempt first."""
    query = (
        select(attempts)
        .where(attempts.c.owner == owner, attempts.c.conversation_id == conversation_id)
        .order_by(attempts.c.number)
    )
    found: defaultdict[str, list[LoggedAttempt]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.message_id].append(rows.attempt(row, now))
    return found


def hashes(connection: Connection, owner: str, conversation_ids: Collection[str]) -> set[str]:
    """The images that some conversations show."""
    query = select(message_images.c.hash).where(
        message_images.c.owner == owner, message_images.c.conversation_id.in_(conversation_ids)
    )
    # Not "hash IS NOT NULL": SQLite may then prefer the index by hash, and read all of the owner's.
    return {found for found in connection.scalars(query) if found is not None}


def in_use(connection: Connection, owner: str, candidates: Collection[str]) -> set[str]:
    """Those of `candidates` that some message or comparison of the owner's shows."""
    return {
        found
        for c in (message_images.c, comparison_images.c)
        for found in connection.scalars(
            select(c.hash).where(c.owner == owner, c.hash.in_(candidates))
        )
    }
