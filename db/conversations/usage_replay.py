"""What was used since some time: answers, with what their requests carried.

Whole conversations are read, as an answer of today carries messages of long ago; each table once,
whatever the number of answers.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from components.chat.store import StoredAttempt, StoredImage, StoredMessage, StoredUse
from db.conversations import rows
from db.schema.conversations import attempts, conversations, message_images, messages


def usage_since(
    connection: Connection, owner: str, since: datetime, now: datetime
) -> list[StoredUse]:
    """The answers begun at `since` or later that have ended as of `now`, oldest first."""
    titles = connection.execute(_conversations(owner, since, conversations.c.title)).all()
    said = _messages(connection, owner, since, now)
    found = [use for one, title in titles for use in _uses(one, title, said[one], since)]
    return sorted(found, key=lambda use: (use.attempt.started_at, use.attempt.id))


def _conversations(owner: str, since: datetime, *more: Any) -> Select[Any]:
    """The ids of those that are there and in which something was asked since then."""
    a, c = attempts.c, conversations.c
    asked = select(a.conversation_id).where(a.owner == owner, a.started_at >= since)
    return select(c.id, *more).where(c.owner == owner, c.deleted_at.is_(None), c.id.in_(asked))


def _messages(
    connection: Connection, owner: str, since: datetime, now: datetime
) -> defaultdict[str, dict[str, StoredMessage]]:
    """conversation -> id -> message, in order, with images and attempts."""

    def of(table: Table) -> Select[Any]:
        here = table.c.conversation_id.in_(_conversations(owner, since))
        return select(table).where(table.c.owner == owner, here)

    pictures: defaultdict[str, list[StoredImage]] = defaultdict(list)
    for row in connection.execute(of(message_images).order_by(message_images.c.position)):
        pictures[row.message_id].append(rows.image(row))
    tries: defaultdict[str, list[StoredAttempt]] = defaultdict(list)
    for row in connection.execute(of(attempts).order_by(attempts.c.number)):
        tries[row.message_id].append(rows.attempt(row, now))
    found: defaultdict[str, dict[str, StoredMessage]] = defaultdict(dict)
    for row in connection.execute(of(messages).order_by(messages.c.position)):
        found[row.conversation_id][row.id] = rows.message(row, pictures[row.id], tries[row.id])
    return found


def _uses(
    conversation_id: str, title: str, said: Mapping[str, StoredMessage], since: datetime
) -> Iterator[StoredUse]:
    for answer in said.values():
        question = said.get(answer.parent_id or "")
        tries = [*answer.earlier, answer.attempt]
        for attempt in tries:
            if question and attempt and attempt.started_at >= since and _answered(attempt):
                history = _up_to(said, question.parent_id)
                yield StoredUse(conversation_id, title, attempt, question, history)


def _answered(attempt: StoredAttempt) -> bool:
    """Whether there was something to pay for: a refused request is no use."""
    result = attempt.result
    return result.outcome != "running" and (result.usage_source != "none" or bool(result.text))


def _up_to(said: Mapping[str, StoredMessage], last: str | None) -> tuple[StoredMessage, ...]:
    """The branch that ends in the message `last`."""
    found: list[StoredMessage] = []
    at = said.get(last or "")
    while at is not None and len(found) < len(said):
        found.append(at)
        at = said.get(at.parent_id or "")
    return tuple(reversed(found))
