"""Database: one database with what all threads of a process need to read and write it.

Which database it is, a URL says: db.engine.sqlite and db.engine.postgres have what is each one's
own.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from components.errors import ConfigError
from db.engine import postgres, sqlite
from db.engine.faults import as_store_errors


class Dialect(Protocol):
    """A kind of database. place: what errors say of where it is, without who comes in."""

    place: str
    engine: Engine

    def prepare(self, known: int) -> None:
        """Make sure that a store of version `known` can live here, changing nobody else's."""

    def turn(self) -> AbstractContextManager[None]:
        """What a writer waits for before it takes a connection."""

    def begin_reading(self, connection: Connection) -> None:
        """Say of a connection that the transaction to come sees one state throughout."""

    def begin_writing(self, connection: Connection) -> None:
        """Say of a connection that the transaction to come writes."""

    def lock(self, connection: Connection, owner: str) -> None:
        """Let nobody else write this owner's rows ("": anybody's) until the transaction ends."""

    def now(self) -> datetime | None:
        """The clock that all processes share, None where it is the machine's."""

    def version(self, connection: Connection) -> int:
        """Of the schema, 0 for nothing. Raises StoreError("store_not_ours")."""

    def set_version(self, connection: Connection, version: int) -> None: ...


def dialect_of(url: str) -> Dialect:
    """The kind that `url` names; nothing is opened yet.

    url: `sqlite:///path/of/the.db` or `postgresql+psycopg://user:password@host/database`.
    Raises ConfigError for anything else.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # from None: the parser repeats the URL, and with it perhaps a password.
        raise ConfigError("config_database", setting="DATABASE_URL") from None
    if parsed.drivername in sqlite.DRIVERS:
        return sqlite.SqliteFile(parsed)
    if parsed.drivername in postgres.DRIVERS:
        return postgres.PostgresDatabase(parsed)
    raise ConfigError("config_database", setting="DATABASE_URL")


class Database:
    """One database, for all threads of a process. Use one per process: its locks are in it."""

    def __init__(self, url: str) -> None:
        self.dialect = dialect_of(url)
        self.path = self.dialect.place
        self.engine = self.dialect.engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state throughout. Raises StoreError."""
        with as_store_errors(self.path), self.engine.connect() as connection:
            self.dialect.begin_reading(connection)
            with connection.begin():
                yield connection

    @contextmanager
    def write(self, owner: str | None = "") -> Iterator[Connection]:
        """A transaction that is kept as a whole when the block ends, or not at all.

        owner: whose rows are written, "" where others' matter too. Nobody else writes them
        meanwhile. None: rows that nobody else writes, whosever they are. Do nothing slow inside:
        other writes wait. Raises StoreError.
        """
        with (
            as_store_errors(self.path),
            self.dialect.turn(),
            self.engine.connect() as connection,
        ):
            self.dialect.begin_writing(connection)
            with connection.begin():
                if owner is not None:
                    self.dialect.lock(connection, owner)
                yield connection

    def close(self) -> None:
        """Give up all connections; the last process to do so folds SQLite's WAL into the file."""
        self.engine.dispose()
