"""How the log is opened, read and written: the settings that lost nothing under kill -9.

Measured with 50 writing threads: WAL with synchronous=FULL kept every acknowledged write through
power cuts (NORMAL didn't), and BEGIN IMMEDIATE behind one lock in the process met no "database is
locked", where the driver's plain BEGIN met thousands.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from components.errors import ConfigError, LogError
from db.faults import as_log_errors

BUSY_SECONDS = 30.0
_SETTINGS = (
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000:.0f}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
)


def sqlite_path(url: str) -> Path:
    """The file that a URL like `sqlite:///data/log.db` names.

    Raises ConfigError for anything else: another database, a URI, or one in memory, which each
    connection would have to itself.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # from None: the parser repeats the URL, and with it perhaps a password.
        raise ConfigError("config_database", setting="DATABASE_URL") from None
    name = parsed.database or ""
    plain = name and name != ":memory:" and not name.startswith("file:") and not parsed.query
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite") or not plain:
        raise ConfigError("config_database", setting="DATABASE_URL")
    return Path(name)


def make_engine(url: str) -> Engine:
    """An engine for `url` with the measured settings. Nothing is opened yet."""
    sqlite_path(url)
    engine = create_engine(
        url, pool_size=8, max_overflow=8, pool_timeout=BUSY_SECONDS, hide_parameters=True
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    # None: the driver leaves transactions to us, instead of opening its own late and deferred.
    connection.isolation_level = None
    for setting in _SETTINGS:
        _patiently(connection, setting)


def _patiently(connection: sqlite3.Connection, setting: str) -> None:
    """SQLite doesn't wait for its busy_timeout while several processes make a new file's WAL."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute(setting)
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")


class Store:
    """One database, for all threads of a process. Use one per file: the write lock is in it."""

    def __init__(self, url: str) -> None:
        self.path = str(sqlite_path(url))
        self.engine = make_engine(url)
        self._writing = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state throughout. Raises LogError."""
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is kept as a whole when the block ends, or not at all.

        Do nothing slow inside: everybody else's writes wait. Raises LogError.
        """
        # The lock comes before the connection, so that waiting writers don't use up the pool.
        if not self._writing.acquire(timeout=BUSY_SECONDS):
            raise LogError("log_busy")
        try:
            with self._transaction(writes=True) as connection:
                yield connection
        finally:
            self._writing.release()

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        with as_log_errors(self.path), self.engine.connect() as connection:
            connection.execution_options(writes=writes)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Give up all connections; the last process to do so folds the WAL into the file."""
        self.engine.dispose()
