"""The word index in PostgreSQL: a table of tsvectors with a GIN index.

What goes in are the words of `searchable`, as they are. They are written as tsvectors and tsqueries
themselves and not by to_tsvector('simple', ...): that one parses text by the rules of the server's
language and finds e-mail addresses, numbers and unknown letters in it, while ours are words by now.

A tsvector has room for 1 MB, positions up to 16,383 and 255 of one word (more are left out, and
with them phrases). So a long text is written in pieces that overlap by a phrase.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Select,
    Table,
    bindparam,
    cast,
    delete,
    event,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from db.engine.column_types import Name
from db.schema.conversations import metadata
from db.search.text import MAX_PHRASE, Term, scope_of

PIECE = 3000  # words: 64 letters of 4 bytes each at most, so that 1 MB holds them
_OF_ONE = 255  # positions of one word in a piece
_OVERLAP = MAX_PHRASE - 1

# piece: of a part's text. words: with the owner as a word, so that the index finds just theirs.
# Not among the tables that every database has.
search_words = Table(
    "search_words",
    MetaData(),
    Column("owner", Name, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("piece", Integer, primary_key=True, autoincrement=False),
    Column("words", TSVECTOR, nullable=False),
    # fastupdate would leave new words in a list that every search goes through until a vacuum.
    Index(
        "search_words_by_word",
        "words",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    ),
)
w = search_words.c


@event.listens_for(metadata, "after_create")
def _make(_target: MetaData, connection: Connection, **_: object) -> None:
    if connection.dialect.name == "postgresql":
        search_words.metadata.create_all(connection, checkfirst=False)


def put(
    connection: Connection, owner: str, number: int, words: Mapping[int, str], fresh: bool
) -> None:
    """Part -> words in the place of what these parts of a conversation had; fresh: nothing."""
    if not fresh:
        here = [w.owner == owner, w.number == number, w.part.in_(words)]
        connection.execute(delete(search_words).where(*here))
    rows = [
        {"owner": owner, "number": number, "part": part, "piece": n, "vector": vector}
        for part, text in words.items()
        for n, vector in enumerate(_vectors(owner, text))
    ]
    if rows:
        as_vector = cast(bindparam("vector"), TSVECTOR)
        connection.execute(insert(search_words).values(words=as_vector), rows)


def drop(connection: Connection, owner: str, numbers: Sequence[int]) -> None:
    """Take conversations out."""
    connection.execute(delete(search_words).where(w.owner == owner, w.number.in_(numbers)))


def numbers_with(owner: str, term: Term) -> Select[Any]:
    """The numbers of the owner's conversations in which a term stands."""
    last = len(term.tokens) - 1
    phrase = " <-> ".join(
        _quoted(token) + (":*" if term.prefix and n == last else "")
        for n, token in enumerate(term.tokens)
    )
    asked = cast(f"{_whose(owner)} & ({phrase})", TSQUERY)
    return select(w.number).where(w.owner == owner, w.words.bool_op("@@")(asked))


def _vectors(owner: str, words: str) -> Iterator[str]:
    """The tsvectors of a text, one for each piece of it."""
    for piece in _pieces(words.split()):
        places: dict[str, list[str]] = {}
        for place, token in enumerate(piece, 1):
            places.setdefault(token, []).append(str(place))
        found = (f"{_quoted(token)}:{','.join(at)}" for token, at in places.items())
        yield " ".join([_whose(owner), *found])


def _pieces(tokens: Sequence[str]) -> Iterator[Sequence[str]]:
    start = 0
    while start < len(tokens):
        end = _end(tokens, start)
        yield tokens[start:end]
        if end == len(tokens):
            return
        start = end - _OVERLAP


def _end(tokens: Sequence[str], start: int) -> int:
    """Where a piece must end so that it has room."""
    seen: dict[str, int] = {}
    last = min(start + PIECE, len(tokens))
    for n in range(start, last):
        seen[tokens[n]] = seen.get(tokens[n], 0) + 1
        if seen[tokens[n]] > _OF_ONE:
            return n
    return last


def _whose(owner: str) -> str:
    """The owner as a word that no text has: words are letters and digits."""
    return f"'@{scope_of(owner)}'"


def _quoted(token: str) -> str:
    """Letters and digits alone, so nothing in it is an operator; quotes would be doubled."""
    return "'" + token.replace("'", "").replace("\\", "") + "'"
