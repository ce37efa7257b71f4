"""Stars, titles and tags: what a person adds to conversations. None of it is a change of them,
so none moves them in the history."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from components.chat.store import MAX_TAG, MAX_TITLE
from db.schema.conversations import conversations, tags
from db.search.index import TITLE, set_words
from db.search.text import searchable

c = conversations.c


def star(connection: Connection, owner: str, ids: Sequence[str], starred: bool) -> int:
    """How many were changed."""
    mine = [*_present(owner, ids), c.starred.is_not(starred)]
    return connection.execute(update(conversations).where(*mine).values(starred=starred)).rowcount


def rename(connection: Connection, owner: str, conversation_id: str, title: str) -> bool:
    """Whether there was one to rename, and something to call it."""
    name = _one_line(title, MAX_TITLE)
    if not name:
        return False
    renamed = connection.execute(
        update(conversations).where(*_present(owner, [conversation_id])).values(title=name)
    )
    if renamed.rowcount:
        set_words(connection, owner, conversation_id, {TITLE: searchable(name)})
    return renamed.rowcount > 0


def tag(connection: Connection, owner: str, ids: Sequence[str], name: str) -> int:
    """How many conversations got the tag."""
    name = _one_line(name, MAX_TAG)
    if not name:
        return 0
    tagged = select(tags.c.conversation_id).where(tags.c.owner == owner, tags.c.tag == name)
    missing = select(c.id).where(*_present(owner, ids), c.id.not_in(tagged))
    rows = [
        {"owner": owner, "conversation_id": each, "tag": name}
        for each in connection.scalars(missing)
    ]
    if rows:
        connection.execute(insert(tags), rows)
    return len(rows)


def untag(connection: Connection, owner: str, ids: Sequence[str], name: str) -> int:
    """How many conversations lost the tag."""
    t = tags.c
    theirs = [t.owner == owner, t.tag == _one_line(name, MAX_TAG), t.conversation_id.in_(ids)]
    return connection.execute(delete(tags).where(*theirs)).rowcount


def _present(owner: str, ids: Sequence[str]) -> list[ColumnElement[bool]]:
    return [c.owner == owner, c.id.in_(ids), c.deleted_at.is_(None)]


def _one_line(text: str, most: int) -> str:
    return " ".join(text.split())[:most].rstrip()
