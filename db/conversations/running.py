"""Answers in progress, whichever process runs them: how far, who is asked to stop."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, select, update

from components.chat.store import State, StoredAttempt
from db.conversations.rows import attempt as as_attempt
from db.conversations.rows import is_stale
from db.schema.conversations import attempts, conversations

a, c = attempts.c, conversations.c


def note(
    connection: Connection, owner: str, texts: Mapping[str, str], now: datetime
) -> dict[str, bool | None]:
    """Heartbeats, and answers so far, by attempt. Whether a stop was asked; None where there is no
    such attempt."""
    which = and_(a.owner == owner, a.id == bindparam("which"), a.outcome == "running")
    # Of two processes that note the same rows neither waits for the other for ever.
    rows = [{"which": attempt_id, "so_far": texts[attempt_id]} for attempt_id in sorted(texts)]
    connection.execute(
        update(attempts).where(which).values(text=bindparam("so_far"), heartbeat_at=now), rows
    )
    asked = connection.execute(select(a.id, a.stop_asked).where(a.owner == owner, a.id.in_(texts)))
    found = {row.id: row.stop_asked for row in asked}
    return {attempt_id: found.get(attempt_id) for attempt_id in texts}


def in_conversation(owner: str, conversation_id: str) -> ColumnElement[bool]:
    """Attempts that somebody has begun and nobody has ended."""
    return and_(a.owner == owner, a.conversation_id == conversation_id, a.outcome == "running")


def of_owner(owner: str) -> ColumnElement[bool]:
    """The same, of all conversations."""
    return and_(a.owner == owner, a.outcome == "running")


def ids(connection: Connection, which: ColumnElement[bool], now: datetime) -> list[str]:
    """Those that are alive: without a heartbeat nobody is at them any more."""
    found = connection.execute(select(a.id, a.heartbeat_at).where(which))
    return [row.id for row in found if not is_stale(row.heartbeat_at, now)]


def ask_stop(connection: Connection, which: ColumnElement[bool]) -> None:
    """Whoever runs these sees it at the next heartbeat."""
    connection.execute(update(attempts).where(which).values(stop_asked=True))


def states(
    connection: Connection, owner: str, conversation_ids: Collection[str]
) -> dict[str, State]:
    """When each changed last, and its title."""
    query = select(c.id, c.updated_at, c.title).where(
        c.owner == owner, c.id.in_(conversation_ids), c.deleted_at.is_(None)
    )
    return {row.id: (row.updated_at, row.title) for row in connection.execute(query)}


def attempt(
    connection: Connection, owner: str, attempt_id: str, now: datetime
) -> StoredAttempt | None:
    """One of them as it stands now."""
    query = select(attempts).where(a.owner == owner, a.id == attempt_id)
    row = connection.execute(query).first()
    return as_attempt(row, now) if row else None
