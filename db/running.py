"""Answers in progress, whichever process runs them: how far, who is asked to stop."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, select, update

from components.chat.log import LoggedAttempt
from db.rows import attempt as as_attempt
from db.rows import is_stale
from db.tables import attempts

a = attempts.c


def note(
    connection: Connection, owner: str, attempt_id: str, text: str, now: datetime
) -> bool | None:
    """A heartbeat, and the answer so far. Whether a stop was asked; None when there is none."""
    mine = and_(a.owner == owner, a.id == attempt_id)
    connection.execute(
        update(attempts).where(mine, a.outcome == "running").values(text=text, heartbeat_at=now)
    )
    return connection.scalar(select(a.stop_asked).where(mine))


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


def attempt(
    connection: Connection, owner: str, attempt_id: str, now: datetime
) -> LoggedAttempt | None:
    """One of them as it stands now."""
    query = select(attempts).where(a.owner == owner, a.id == attempt_id)
    row = connection.execute(query).first()
    return as_attempt(row, now) if row else None
