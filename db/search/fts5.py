"""The word index in SQLite: an FTS5 table.

A row per text. Its rowid is the conversation's number and the part, so that a conversation's rows
are a range and the conversations of a match need no lookup. `scope` is the owner as a word; every
statement here asks for it, so nobody's search touches another's rows.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    DDL,
    ColumnElement,
    Connection,
    Integer,
    Select,
    column,
    delete,
    event,
    insert,
    literal,
    literal_column,
    select,
    table,
)

from db.schema.conversations import metadata
from db.search.text import PART_BITS, Term, scope_of

# The ascii tokenizer splits at spaces and leaves every other character of our words alone; the
# others would take characters newer than their tables for spaces.
CREATE_INDEX = "CREATE VIRTUAL TABLE search_index USING fts5(scope, words, tokenize='ascii')"
_made = DDL(CREATE_INDEX).execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]
event.listen(metadata, "after_create", _made)

search_index = table("search_index", column("rowid", Integer), column("scope"), column("words"))


def rowid(number: int, part: int) -> int:
    return (number << PART_BITS) + part


def put(
    connection: Connection, owner: str, number: int, words: Mapping[int, str], fresh: bool
) -> None:
    """Part -> words in the place of what these parts of a conversation had; fresh: nothing."""
    for part in () if fresh else words:
        here = search_index.c.rowid == rowid(number, part)
        connection.execute(delete(search_index).where(matching(owner), here))
    rows = [
        {"rowid": rowid(number, part), "scope": scope_of(owner), "words": text}
        for part, text in words.items()
        if text
    ]
    if rows:
        connection.execute(insert(search_index), rows)


def drop(connection: Connection, owner: str, numbers: Sequence[int]) -> None:
    """Take conversations out."""
    for number in numbers:
        here = search_index.c.rowid.between(rowid(number, 0), rowid(number + 1, 0) - 1)
        connection.execute(delete(search_index).where(matching(owner), here))


def numbers_with(owner: str, term: Term) -> Select[Any]:
    """The numbers of the owner's conversations in which a term stands."""
    number = search_index.c.rowid.op(">>")(literal_column(str(PART_BITS)))
    return select(number).where(matching(owner, _expression(term)))


def matching(owner: str, expression: str = "") -> ColumnElement[bool]:
    """Rows of the owner's, and of these those whose words fit."""
    asked = f'scope : "{scope_of(owner)}"' + (f" AND words : {expression}" if expression else "")
    return literal_column("search_index").bool_op("MATCH")(literal(asked))


def _expression(term: Term) -> str:
    """A phrase in quotes: whatever is in it is words, never an operator."""
    words = " ".join(term.tokens).replace('"', "")
    return f'"{words}"' + (" *" if term.prefix else "")
