"""A store in a SQLite file: the settings that lost nothing under kill -9.

Measured with 50 writing threads: WAL with synchronous=FULL kept every acknowledged write through
power cuts (NORMAL didn't), and BEGIN IMMEDIATE behind one lock in the process met no "database is
locked", where the driver's plain BEGIN met thousands.

A file is ours by its application_id; user_version is its schema's version.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event

from components.errors import ConfigError, StoreError
from db.engine.faults import as_store_errors

BUSY_SECONDS = 30.0
APPLICATION_ID = 0x5475776E  # "Tuwn", as `file` and SQLite's header show it
DRIVERS = ("sqlite", "sqlite+pysqlite")
_HEADER = b"SQLite format 3\0"
SETTINGS = (
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000:.0f}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
)


def path_of(url: URL) -> Path:
    """The file that a URL like `sqlite:///data/log.db` names.

    Raises ConfigError for a URI, or one in memory, which each connection would have to itself.
    """
    name = url.database or ""
    if not name or name == ":memory:" or name.startswith("file:") or url.query:
        raise ConfigError("config_database", setting="DATABASE_URL")
    return Path(name)


class SqliteFile:
    """What is SQLite's own of a Database: components of db.engine.database.Database. One per
    process."""

    def __init__(self, url: URL) -> None:
        self.path = path_of(url)
        self.place = str(self.path)
        self.engine = _engine(url, self.path)
        self._writing = threading.Lock()
        self._file: tuple[int, int] | None = None

    def prepare(self, known: int) -> None:
        """See prepare_place."""
        prepare_place(self.path, known)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One writer at a time. The lock comes before the connection, so that waiting writers
        don't use up the pool; between processes BEGIN IMMEDIATE waits."""
        if not self._writing.acquire(timeout=BUSY_SECONDS):
            raise StoreError("store_busy")
        try:
            self._must_be_there()
            yield
        finally:
            self._writing.release()

    def _must_be_there(self) -> None:
        """Open connections go on writing a file that was removed or replaced, for nobody."""
        found = identity(self.path)
        self._file = self._file or found
        if found != self._file:
            raise StoreError("store_unwritable", path=self.place)

    def begin_reading(self, connection: Connection) -> None:
        connection.execution_options(writes=False)

    def begin_writing(self, connection: Connection) -> None:
        connection.execution_options(writes=True)

    def lock(self, connection: Connection, owner: str) -> None:
        """BEGIN IMMEDIATE has it already."""

    def now(self) -> datetime | None:
        """All processes on a file are on one machine: its own clock is theirs."""
        return None

    def version(self, connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())

    def set_version(self, connection: Connection, version: int) -> None:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={version}")


def identity(path: Path) -> tuple[int, int]:
    """Which file it is, whatever its name. Raises StoreError."""
    with as_store_errors(str(path)):
        found = path.stat()
    return found.st_dev, found.st_ino


def _engine(url: URL, path: Path) -> Engine:
    # rw: a new connection never makes a new file where the store was moved away for a while. It
    # would take the old one's WAL for its own (https://www.sqlite.org/howtocorrupt.html, 1.4).
    uri = f"{path.absolute().as_uri()}?mode=rw"
    engine = create_engine(
        url,
        creator=lambda: sqlite3.connect(uri, uri=True, check_same_thread=False),
        pool_size=8,
        max_overflow=8,
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    # None: the driver leaves transactions to us, instead of opening its own late and deferred.
    connection.isolation_level = None
    for setting in SETTINGS:
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


def prepare_place(path: Path, known: int) -> None:
    """Make sure that a store of version `known` can live at `path`, changing nothing else's file.

    Makes the folder (0700) and an empty file (0600) where there are none.
    Raises StoreError: store_unwritable, store_not_ours, store_newer, store_damaged.
    """
    with as_store_errors(str(path)):
        if not path.exists():
            _make(path)
        # A store of our version would open read-only, and fail only when somebody asks something.
        elif not (path.is_file() and os.access(path, os.R_OK | os.W_OK)):
            raise StoreError("store_unwritable", path=str(path))
        if path.stat().st_size:
            _check_file(path, known)


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives its side files the permissions of this one.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _check_file(path: Path, known: int) -> None:
    with path.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            raise StoreError("store_not_ours", path=str(path))
    # Where nobody has the file open (no WAL beside it) SQLite makes no side files for us either.
    in_use = path.with_name(f"{path.name}-wal").exists()
    uri = f"{path.resolve().as_uri()}?{'mode=ro' if in_use else 'immutable=1'}"
    with closing(sqlite3.connect(uri, uri=True, timeout=30)) as connection:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    # Killed before its first transaction, a new store is a database with nothing in it.
    untouched = application == 0 and version == 0 and tables == 0
    if not untouched and application != APPLICATION_ID:
        raise StoreError("store_not_ours", path=str(path))
    if version > known:
        raise StoreError("store_newer", found=version, known=known)
