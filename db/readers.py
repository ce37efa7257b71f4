"""The log's longer queries. Each names the owner of every table it reads, and finds its rows by
an index on the owner and one more column."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from components.chat.log import (
    ConversationSummary,
    LoggedAttempt,
    LoggedConversation,
    LoggedImage,
)
from db import rows
from db.tables import attempts, conversations, message_images, messages


def conversation(
    connection: Connection, owner: str, conversation_id: str, now: datetime
) -> LoggedConversation | None:
    """A conversation with its messages in order, as of `now`."""
    c = conversations.c
    query = select(c.id, c.title, c.created_at, c.updated_at).where(
        c.owner == owner, c.id == conversation_id
    )
    head = connection.execute(query).first()
    if head is None:
        return None
    pictures = _images_by_message(connection, owner, conversation_id)
    latest = _latest_attempts(connection, owner, conversation_id, now)
    in_order = (
        select(messages)
        .where(messages.c.owner == owner, messages.c.conversation_id == conversation_id)
        .order_by(messages.c.position)
    )
    found = tuple(
        rows.message(row, pictures[row.id], latest.get(row.id))
        for row in connection.execute(in_order)
    )
    return LoggedConversation(head.id, head.title, head.created_at, head.updated_at, found)


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


def _latest_attempts(
    connection: Connection, owner: str, conversation_id: str, now: datetime
) -> dict[str, LoggedAttempt]:
    query = (
        select(attempts)
        .where(attempts.c.owner == owner, attempts.c.conversation_id == conversation_id)
        .order_by(attempts.c.number)
    )
    return {row.message_id: rows.attempt(row, now) for row in connection.execute(query)}


def page(
    connection: Connection, owner: str, limit: int, offset: int, now: datetime
) -> list[ConversationSummary]:
    """Summaries, newest change first, without reading any message."""
    c = conversations.c
    query = (
        select(conversations)
        .where(c.owner == owner)
        .order_by(c.updated_at.desc(), c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    found = connection.execute(query).all()
    a = attempts.c
    tries = defaultdict(list)
    for row in connection.execute(
        select(a.conversation_id, a.outcome, a.heartbeat_at, a.cost).where(
            a.owner == owner, a.conversation_id.in_([row.id for row in found])
        )
    ):
        tries[row.conversation_id].append(row)
    return [rows.summary(row, tries[row.id], now) for row in found]


def hashes(connection: Connection, owner: str, conversation_id: str) -> set[str]:
    """The images that a conversation shows."""
    query = select(message_images.c.hash).where(
        message_images.c.owner == owner, message_images.c.conversation_id == conversation_id
    )
    # Not "hash IS NOT NULL": SQLite may then prefer the index by hash, and read all of the owner's.
    return {found for found in connection.scalars(query) if found is not None}


def in_use(connection: Connection, owner: str, candidates: Collection[str]) -> set[str]:
    """Those of `candidates` that some message of the owner's shows."""
    query = select(message_images.c.hash).where(
        message_images.c.owner == owner, message_images.c.hash.in_(candidates)
    )
    return set(connection.scalars(query))
