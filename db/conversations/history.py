"""The history: which conversations fit a filter, and a page of them.

Each query names the owner of every table it reads. What a filter asks of other tables is a list
of conversation ids, found by an index of its own; the pages then come in order of last change.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, false, func, select

from components.chat.store import ConversationSummary, HistoryFilter
from db.conversations import rows
from db.schema.conversations import attempts, conversations, tags
from db.search.index import conversations_with
from db.search.text import query_terms

c = conversations.c


def present(owner: str, *conditions: ColumnElement[bool]) -> Select[Any]:
    """The owner's conversations that aren't deleted, newest change first."""
    return (
        select(conversations)
        .where(c.owner == owner, c.deleted_at.is_(None), *conditions)
        .order_by(c.updated_at.desc(), c.id.desc())
    )


def conditions_of(
    connection: Connection, owner: str, wanted: HistoryFilter
) -> list[ColumnElement[bool]]:
    """What `wanted` asks, beside the owner."""
    found = list(_plain(wanted))
    if wanted.text.strip():
        terms = query_terms(wanted.text)
        # Nothing but signs was asked for, and no sign is indexed.
        found.append(c.id.in_(conversations_with(connection, owner, terms)) if terms else false())
    if wanted.models:
        a = attempts.c
        asked = select(a.conversation_id).where(a.owner == owner, a.model.in_(wanted.models))
        found.append(c.id.in_(asked))
    if wanted.tag is not None:
        t = tags.c
        found.append(
            c.id.in_(select(t.conversation_id).where(t.owner == owner, t.tag == wanted.tag))
        )
    return found


def _plain(wanted: HistoryFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.since is not None:
        yield c.updated_at >= wanted.since
    if wanted.until is not None:
        yield c.updated_at < wanted.until
    if wanted.with_images is not None:
        yield c.images > 0 if wanted.with_images else c.images == 0
    if wanted.starred is not None:
        yield c.starred.is_(wanted.starred)
    if wanted.min_cost is not None:
        yield c.cost >= float(wanted.min_cost)
    if wanted.max_cost is not None:
        yield c.cost <= float(wanted.max_cost)


def count(connection: Connection, owner: str, wanted: HistoryFilter) -> int:
    """How many conversations fit."""
    query = present(owner, *conditions_of(connection, owner, wanted)).order_by(None)
    return connection.scalar(query.with_only_columns(func.count())) or 0


def page(
    connection: Connection,
    owner: str,
    wanted: HistoryFilter,
    limit: int,
    offset: int,
    now: datetime,
) -> list[ConversationSummary]:
    """Summaries of what fits, without reading any message."""
    query = present(owner, *conditions_of(connection, owner, wanted)).limit(limit).offset(offset)
    found = connection.execute(query).all()
    ids = [row.id for row in found]
    tries = _tries(connection, owner, ids)
    named = tags_of(connection, owner, ids)
    return [rows.summary(row, tries[row.id], named[row.id], now) for row in found]


def _tries(
    connection: Connection, owner: str, ids: list[str]
) -> defaultdict[str, list[rows.AnyRow]]:
    a = attempts.c
    query = select(a.conversation_id, a.outcome, a.heartbeat_at, a.cost).where(
        a.owner == owner, a.conversation_id.in_(ids)
    )
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.conversation_id].append(row)
    return found


def tags_of(connection: Connection, owner: str, ids: list[str]) -> defaultdict[str, list[str]]:
    """The tags of each of some conversations, in alphabetical order."""
    t = tags.c
    query = select(t.conversation_id, t.tag).where(t.owner == owner, t.conversation_id.in_(ids))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in connection.execute(query.order_by(t.tag)):
        found[row.conversation_id].append(row.tag)
    return found


def models_used(connection: Connection, owner: str) -> list[str]:
    """The models asked in conversations that are there."""
    a = attempts.c
    here = select(c.id).where(c.owner == owner, c.deleted_at.is_(None))
    query = select(a.model).where(a.owner == owner, a.conversation_id.in_(here))
    return list(connection.scalars(query.distinct().order_by(a.model)))


def tag_counts(connection: Connection, owner: str) -> dict[str, int]:
    """Tags of conversations that are there."""
    t = tags.c
    here = select(c.id).where(c.owner == owner, c.deleted_at.is_(None))
    query = (
        select(t.tag, func.count())
        .where(t.owner == owner, t.conversation_id.in_(here))
        .group_by(t.tag)
        .order_by(t.tag)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
