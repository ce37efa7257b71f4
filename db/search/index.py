"""The word index: which conversations contain a term.

A row per text: the title (part 0) and each message (part 1 + its position; a question's has the
texts read from its images too). search_fts5 keeps them in SQLite, search_tsvector in PostgreSQL;
both index the same words (search_text), so both find the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, insert, select

from db.schema.conversations import search_keys
from db.search import fts5, tsvector
from db.search.text import PART_BITS, Term

TITLE = 0


@dataclass(frozen=True)
class _Index:
    put: Callable[[Connection, str, int, Mapping[int, str], bool], None]
    drop: Callable[[Connection, str, Sequence[int]], None]
    numbers_with: Callable[[str, Term], Select[Any]]


_INDEXES = {
    "sqlite": _Index(fts5.put, fts5.drop, fts5.numbers_with),
    "postgresql": _Index(tsvector.put, tsvector.drop, tsvector.numbers_with),
}


def set_words(
    connection: Connection,
    owner: str,
    conversation_id: str,
    words: Mapping[int, str],
    *,
    first: bool = False,
) -> None:
    """Put part -> words (of `searchable`) in the place of what these parts had. first: of a
    conversation that has none yet."""
    number = None if first else _known(connection, owner, conversation_id)
    fresh = number is None
    if number is None:
        number = _made(connection, owner, conversation_id)
    fitting = {part: text for part, text in words.items() if 0 <= part < 1 << PART_BITS}
    _index_of(connection).put(connection, owner, number, fitting, fresh)


def forget(connection: Connection, owner: str, conversation_ids: Sequence[str]) -> None:
    """Take all of some conversations out of the index; before their rows go."""
    k = search_keys.c
    theirs = select(k.number).where(k.owner == owner, k.conversation_id.in_(conversation_ids))
    _index_of(connection).drop(connection, owner, connection.scalars(theirs).all())


def conversations_with(connection: Connection, owner: str, terms: Sequence[Term]) -> Select[Any]:
    """The ids of the owner's conversations in which every term stands, each somewhere."""
    numbers_with = _index_of(connection).numbers_with
    found = [search_keys.c.number.in_(numbers_with(owner, term)) for term in terms]
    return select(search_keys.c.conversation_id).where(and_(search_keys.c.owner == owner, *found))


def _index_of(connection: Connection) -> _Index:
    return _INDEXES[connection.dialect.name]


def _known(connection: Connection, owner: str, conversation_id: str) -> int | None:
    k = search_keys.c
    query = select(k.number).where(k.owner == owner, k.conversation_id == conversation_id)
    return connection.scalar(query)


def _made(connection: Connection, owner: str, conversation_id: str) -> int:
    made = connection.execute(
        insert(search_keys), {"owner": owner, "conversation_id": conversation_id}
    )
    (number,) = made.inserted_primary_key or (0,)
    return int(number)
