"""Which database this is and which version of it, and bringing it up to ours.

A SQLite file is ours by its application_id; user_version is its schema's version. Both are set
last in the one transaction that makes or changes the tables, so a kill leaves old or new.
"""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from components.errors import LogError
from db import comparison_tables, people_tables, sharing_tables, usage_tables
from db.engine import Store
from db.faults import as_log_errors
from db.migrations import MIGRATIONS, Migration
from db.tables import metadata

APPLICATION_ID = 0x5475776E  # "Tuwn", as `file` and SQLite's header show it
_HEADER = b"SQLite format 3\0"
# Their tables are known to the metadata once they are imported.
_PARTS = (comparison_tables, people_tables, sharing_tables, usage_tables)


def prepare_place(path: Path, known: int) -> None:
    """Make sure that a log of version `known` can live at `path`, changing nothing else's file.

    Makes the folder (0700) and an empty file (0600) where there are none.
    Raises LogError: log_unwritable, log_not_ours, log_newer, log_damaged.
    """
    with as_log_errors(str(path)):
        if not path.exists():
            _make(path)
        # A log of our version would open read-only, and fail only when somebody asks something.
        elif not (path.is_file() and os.access(path, os.R_OK | os.W_OK)):
            raise LogError("log_unwritable", path=str(path))
        if path.stat().st_size:
            _check_file(path, known)


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives its side files the permissions of this one.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _check_file(path: Path, known: int) -> None:
    with path.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            raise LogError("log_not_ours", path=str(path))
    # Where nobody has the file open (no WAL beside it) SQLite makes no side files for us either.
    in_use = path.with_name(f"{path.name}-wal").exists()
    uri = f"{path.resolve().as_uri()}?{'mode=ro' if in_use else 'immutable=1'}"
    with closing(sqlite3.connect(uri, uri=True, timeout=30)) as connection:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    # Killed before its first transaction, a new log is a database with nothing in it.
    untouched = application == 0 and version == 0 and tables == 0
    if not untouched and application != APPLICATION_ID:
        raise LogError("log_not_ours", path=str(path))
    if version > known:
        raise LogError("log_newer", found=version, known=known)


def upgrade(store: Store, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the database to version 1 + len(migrations), in one transaction or not at all.

    Raises LogError: log_newer when another process has upgraded it further meanwhile.
    """
    known = 1 + len(migrations)
    with store.read() as connection:
        if _version(connection) == known:
            return
    with store.write() as connection:
        version = _version(connection)
        if version > known:
            raise LogError("log_newer", found=version, known=known)
        if version == 0:
            metadata.create_all(connection, checkfirst=False)
        for migrate in migrations[version - 1 :] if version else ():
            migrate(connection)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={known}")


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
