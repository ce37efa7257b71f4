"""The word index: which conversations contain a term.

A row per text: the title (part 0) and each message (part 1 + its position; a question's has the
texts read from its images too). Its rowid is the conversation's number and the part, so that a
conversation's rows are a range and the conversations of a match need no lookup. `scope` is the
owner as a word; every statement here asks for it, so nobody's search touches another's rows.

On PostgreSQL this would be a plain table with a GIN index over to_tsvector('simple', words).
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    DDL,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    column,
    delete,
    event,
    insert,
    literal,
    literal_column,
    select,
    table,
)

from db.search_text import Term
from db.tables import metadata, search_keys

PART_BITS = 20  # a conversation's messages beyond the first million aren't searched
TITLE = 0

# The ascii tokenizer splits at spaces and leaves every other character of our words alone; the
# others would take characters newer than their tables for spaces.
CREATE_INDEX = "CREATE VIRTUAL TABLE search_index USING fts5(scope, words, tokenize='ascii')"
_made = DDL(CREATE_INDEX).execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]
event.listen(metadata, "after_create", _made)

search_index = table("search_index", column("rowid", Integer), column("scope"), column("words"))


def scope_of(owner: str) -> str:
    """An owner as one word, whatever is in their name."""
    return "o" + hashlib.sha256(owner.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def rowid(number: int, part: int) -> int:
    return (number << PART_BITS) + part


def set_words(
    connection: Connection, owner: str, conversation_id: str, words: dict[int, str]
) -> None:
    """Put part -> words (of `searchable`) in the place of what these parts had."""
    number = _number(connection, owner, conversation_id)
    fitting = {part: text for part, text in words.items() if 0 <= part < 1 << PART_BITS}
    for part in fitting:
        here = search_index.c.rowid == rowid(number, part)
        connection.execute(delete(search_index).where(matching(owner), here))
    rows = [
        {"rowid": rowid(number, part), "scope": scope_of(owner), "words": text}
        for part, text in fitting.items()
        if text
    ]
    if rows:
        connection.execute(insert(search_index), rows)


def forget(connection: Connection, owner: str, conversation_ids: Sequence[str]) -> None:
    """Take all of some conversations out of the index; before their rows go."""
    for number in connection.scalars(
        select(search_keys.c.number).where(
            search_keys.c.owner == owner, search_keys.c.conversation_id.in_(conversation_ids)
        )
    ).all():
        here = search_index.c.rowid.between(rowid(number, 0), rowid(number + 1, 0) - 1)
        connection.execute(delete(search_index).where(matching(owner), here))


def conversations_with(owner: str, terms: Sequence[Term]) -> Select[Any]:
    """The ids of the owner's conversations in which every term stands, each somewhere."""
    number = search_index.c.rowid.op(">>")(literal_column(str(PART_BITS)))
    found = [
        search_keys.c.number.in_(select(number).where(matching(owner, _expression(term))))
        for term in terms
    ]
    return select(search_keys.c.conversation_id).where(and_(search_keys.c.owner == owner, *found))


def _number(connection: Connection, owner: str, conversation_id: str) -> int:
    k = search_keys.c
    query = select(k.number).where(k.owner == owner, k.conversation_id == conversation_id)
    known = connection.scalar(query)
    if known is not None:
        return int(known)
    made = connection.execute(
        insert(search_keys).values(owner=owner, conversation_id=conversation_id)
    )
    (number,) = made.inserted_primary_key or (0,)
    return int(number)


def matching(owner: str, expression: str = "") -> ColumnElement[bool]:
    """Rows of the owner's, and of these those whose words fit."""
    asked = f'scope : "{scope_of(owner)}"' + (f" AND words : {expression}" if expression else "")
    return literal_column("search_index").bool_op("MATCH")(literal(asked))


def _expression(term: Term) -> str:
    """A phrase in quotes: whatever is in it is words, never an operator."""
    words = " ".join(term.tokens).replace('"', "")
    return f'"{words}"' + (" *" if term.prefix else "")
