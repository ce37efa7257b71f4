"""The history: which conversations fit a filter, a page of them, and what a person does to them
there.

What a filter asks of other tables is a list of conversation ids, found by an index of its own; the
pages then come in order of last change. Stars, titles and tags are no change: none of them moves a
conversation.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    delete,
    func,
    insert,
    select,
    update,
)

from components.chat.store import MAX_TAG, MAX_TITLE, ConversationSummary, HistoryFilter
from db.conversations import rows
from db.engine.repository import Repository, for_owner
from db.schema.conversations import attempts, conversations, tags
from db.search.index import TITLE, conversations_with, set_words
from db.search.text import query_terms, searchable

c, t = conversations.c, tags.c
EVERYTHING = HistoryFilter()


class History(Repository):
    """Listing, searching, marking, deleting so that it can be undone."""

    @for_owner("read")
    def page(
        self,
        connection: Connection,
        owner: str,
        wanted: HistoryFilter = EVERYTHING,
        *,
        limit: int = 50,
        offset: int = 0,
    ) -> list[ConversationSummary]:
        """Summaries of what fits, without reading any message, newest change first."""
        query = _present(owner, *_conditions(connection, owner, wanted))
        query = query.order_by(c.updated_at.desc(), c.id.desc()).limit(limit).offset(offset)
        found = connection.execute(query).all()
        ids = [row.id for row in found]
        tries = _tries(connection, owner, ids)
        named = _tags(connection, owner, ids)
        now = self.now()
        return [rows.summary(row, tries[row.id], named[row.id], now) for row in found]

    @for_owner("read")
    def count(self, connection: Connection, owner: str, wanted: HistoryFilter = EVERYTHING) -> int:
        """How many conversations fit."""
        query = _present(owner, *_conditions(connection, owner, wanted))
        return connection.scalar(query.with_only_columns(func.count())) or 0

    @for_owner("read")
    def models_used(self, connection: Connection, owner: str) -> list[str]:
        """Every model that was asked in a conversation that is there, in alphabetical order."""
        a = attempts.c
        there = _present(owner).with_only_columns(c.id)
        query = select(a.model).where(a.owner == owner, a.conversation_id.in_(there))
        return list(connection.scalars(query.distinct().order_by(a.model)))

    @for_owner("read")
    def tags(self, connection: Connection, owner: str) -> dict[str, int]:
        """How many conversations that are there have each tag, in alphabetical order."""
        there = _present(owner).with_only_columns(c.id)
        query = select(t.tag, func.count()).where(t.owner == owner, t.conversation_id.in_(there))
        return {row[0]: row[1] for row in connection.execute(query.group_by(t.tag).order_by(t.tag))}

    @for_owner("write")
    def star(
        self,
        connection: Connection,
        owner: str,
        conversation_ids: Sequence[str],
        starred: bool = True,
    ) -> int:
        """Star or unstar. How many were changed."""
        mine = [*_these(owner, conversation_ids), c.starred.is_not(starred)]
        changed = update(conversations).where(*mine).values(starred=starred)
        return connection.execute(changed).rowcount

    @for_owner("write")
    def rename(self, connection: Connection, owner: str, conversation_id: str, title: str) -> bool:
        """Another title: one line, 200 characters at most. False when there is no such
        conversation, or the title is blank."""
        name = _one_line(title, MAX_TITLE)
        if not name:
            return False
        renamed = update(conversations).where(*_these(owner, [conversation_id])).values(title=name)
        if not connection.execute(renamed).rowcount:
            return False
        set_words(connection, owner, conversation_id, {TITLE: searchable(name)})
        return True

    @for_owner("write")
    def tag(
        self, connection: Connection, owner: str, conversation_ids: Sequence[str], tag: str
    ) -> int:
        """Add a tag: one line, 40 characters at most. How many got it that hadn't it."""
        name = _one_line(tag, MAX_TAG)
        if not name:
            return 0
        tagged = select(t.conversation_id).where(t.owner == owner, t.tag == name)
        missing = select(c.id).where(*_these(owner, conversation_ids), c.id.not_in(tagged))
        new = [
            {"owner": owner, "conversation_id": each, "tag": name}
            for each in connection.scalars(missing)
        ]
        if new:
            connection.execute(insert(tags), new)
        return len(new)

    @for_owner("write")
    def untag(
        self, connection: Connection, owner: str, conversation_ids: Sequence[str], tag: str
    ) -> int:
        """Take a tag away. How many had it."""
        theirs = [t.owner == owner, t.tag == _one_line(tag, MAX_TAG)]
        gone = delete(tags).where(*theirs, t.conversation_id.in_(conversation_ids))
        return connection.execute(gone).rowcount

    @for_owner("write")
    def delete(
        self, connection: Connection, owner: str, conversation_ids: Sequence[str]
    ) -> list[str]:
        """Out of sight, which can be undone until they are purged. The ids of those that were
        there."""
        mine = _these(owner, conversation_ids)
        there = list(connection.scalars(select(c.id).where(*mine)))
        connection.execute(update(conversations).where(*mine).values(deleted_at=self.now()))
        return there

    @for_owner("write")
    def undo_delete(
        self, connection: Connection, owner: str, conversation_ids: Sequence[str]
    ) -> int:
        """How many came back."""
        mine = [c.owner == owner, c.id.in_(conversation_ids), c.deleted_at.is_not(None)]
        back = update(conversations).where(*mine).values(deleted_at=None)
        return connection.execute(back).rowcount


def _present(owner: str, *conditions: ColumnElement[bool]) -> Select[Any]:
    """The owner's conversations that aren't deleted."""
    return select(conversations).where(c.owner == owner, c.deleted_at.is_(None), *conditions)


def _these(owner: str, ids: Sequence[str]) -> list[ColumnElement[bool]]:
    return [c.owner == owner, c.id.in_(ids), c.deleted_at.is_(None)]


def _one_line(text: str, most: int) -> str:
    return " ".join(text.split())[:most].rstrip()


def _conditions(
    connection: Connection, owner: str, wanted: HistoryFilter
) -> list[ColumnElement[bool]]:
    """What `wanted` asks, beside the owner."""
    found = list(_plain(wanted))
    if wanted.text.strip():
        terms = query_terms(wanted.text)
        # Nothing but signs was asked for, and no sign is indexed.
        nothing = c.id.is_(None)  # `false()` would take the owner's condition with it
        found.append(c.id.in_(conversations_with(connection, owner, terms)) if terms else nothing)
    if wanted.models:
        a = attempts.c
        asked = select(a.conversation_id).where(a.owner == owner, a.model.in_(wanted.models))
        found.append(c.id.in_(asked))
    if wanted.tag is not None:
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


def _tags(connection: Connection, owner: str, ids: list[str]) -> defaultdict[str, list[str]]:
    """The tags of each of some conversations, in alphabetical order."""
    query = select(t.conversation_id, t.tag).where(t.owner == owner, t.conversation_id.in_(ids))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in connection.execute(query.order_by(t.tag)):
        found[row.conversation_id].append(row.tag)
    return found
