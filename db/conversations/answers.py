"""What past answers used: estimates against bills, and all of them since some time with what their
requests carried.

For the latter whole conversations are read, as an answer of today carries messages of long ago;
each table once, whatever the number of answers.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from components.chat.store import Drift, StoredAttempt, StoredImage, StoredMessage, StoredUse
from db.conversations import rows
from db.engine.repository import Repository, for_owner
from db.schema.conversations import attempts, conversations, message_images, messages

LATEST = 200  # attempts that drift looks at
a, c, i, m = attempts.c, conversations.c, message_images.c, messages.c


class Answers(Repository):
    """Answers that have ended."""

    @for_owner("read")
    def drift(self, connection: Connection, owner: str, model: str) -> list[Drift]:
        """How far bills were from estimates among the latest answers of `model`: one row for each
        detail (or mix of them)."""
        figures = _figures(connection, owner, model)
        details = _details(connection, owner, list(figures))
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for message_id, billed in figures.items():
            total = sums["+".join(sorted(details[message_id])) or "text"]
            for place, number in enumerate((1, *billed)):
                total[place] += number
        return [Drift(model, detail, *numbers) for detail, numbers in sorted(sums.items())]

    @for_owner("read")
    def usage_since(self, connection: Connection, owner: str, since: datetime) -> list[StoredUse]:
        """Every answer that was begun at `since` or later and has ended, oldest first, with what
        its request carried. Answers of deleted conversations aren't among them."""
        titles = connection.execute(_conversations(owner, since, c.title)).all()
        said = _messages(connection, owner, since, self.now())
        found = [use for one, title in titles for use in _uses(one, title, said[one], since)]
        return sorted(found, key=lambda use: (use.attempt.started_at, use.attempt.id))


def _figures(connection: Connection, owner: str, model: str) -> dict[str, tuple[int, int]]:
    query = (
        select(a.message_id, a.estimated_input_tokens, a.input_tokens)
        .where(
            a.owner == owner,
            a.model == model,
            a.usage_source == "reported",
            a.estimated_input_tokens > 0,
            a.input_tokens.is_not(None),
        )
        .order_by(a.started_at.desc())
        .limit(LATEST)
    )
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}


def _details(
    connection: Connection, owner: str, message_ids: list[str]
) -> defaultdict[str, set[str]]:
    """The details of the images of the questions that these messages answer."""
    query = (
        select(m.id, i.detail)
        .join(message_images, i.message_id == m.parent_id)
        .where(
            m.owner == owner,
            i.owner == owner,
            m.id.in_(message_ids),
        )
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for message_id, detail in connection.execute(query):
        found[message_id].add(detail)
    return found


def _conversations(owner: str, since: datetime, *more: Any) -> Select[Any]:
    """The ids of those that are there and in which something was asked since then."""
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
    for row in connection.execute(of(message_images).order_by(i.position)):
        pictures[row.message_id].append(rows.image(row))
    tries: defaultdict[str, list[StoredAttempt]] = defaultdict(list)
    for row in connection.execute(of(attempts).order_by(a.number)):
        tries[row.message_id].append(rows.attempt(row, now))
    found: defaultdict[str, dict[str, StoredMessage]] = defaultdict(dict)
    for row in connection.execute(of(messages).order_by(m.position)):
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
