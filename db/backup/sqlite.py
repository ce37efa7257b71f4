"""Copies of a store in a SQLite file.

VACUUM INTO reads one state while others write. What it makes needs no WAL beside it.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from components.errors import BackupError, StoreError
from db.backup.copies import KNOWN, TABLES, Held, give_name, part_in, writing_to
from db.engine.database import Database
from db.engine.faults import as_store_errors
from db.engine.sqlite import APPLICATION_ID, BUSY_SECONDS, path_of

_BESIDE = ("-wal", "-journal")  # what SQLite still has to fold into a file
_FOLDERS_FAULT = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR_WRITE,
}


def write(database: Database, part: Path) -> Held:
    """Copy the store into the empty file `part`, and look whether that is whole."""
    source = path_of(database.engine.url)
    if not source.exists():
        raise BackupError("backup_nothing", path=str(source))
    with (
        as_store_errors(str(source)),
        closing(_connect(source, "mode=rw")) as connection,  # rw: doesn't make the file, as rwc
    ):
        _check_store(connection, source)
        _vacuum(connection, part)
    try:
        return look(part)
    except BackupError as error:
        raise StoreError("store_damaged", path=str(source)) from error


def fill(database: Database, copy: Path) -> Held:
    """Put what is in `copy` where the store belongs."""
    target = path_of(database.engine.url)
    _refuse_what_is_there(target)
    if any(_beside(copy)):
        raise BackupError("backup_in_use", path=str(copy))
    held = look(copy)
    with writing_to(target.parent), part_in(target.parent) as part:
        with closing(_connect(copy, "immutable=1")) as connection:
            _vacuum(connection, part)
        if look(part) != held:
            raise BackupError("backup_damaged", path=str(copy))
        _refuse_what_is_there(target)
        try:
            give_name(part, target)
        except FileExistsError:
            raise BackupError("restore_occupied", path=str(target)) from None
    return held


def look(copy: Path) -> Held:
    """What a copy that nobody writes holds.

    Raises BackupError: backup_foreign, backup_newer, backup_damaged.
    """
    damaged = BackupError("backup_damaged", path=str(copy))
    try:
        with closing(_connect(copy, "immutable=1")) as connection:
            version = _number(connection, "PRAGMA user_version")
            if _number(connection, "PRAGMA application_id") != APPLICATION_ID or version < 1:
                raise BackupError("backup_foreign", path=str(copy))
            if version > KNOWN:
                raise BackupError("backup_newer", path=str(copy), found=version, known=KNOWN)
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise damaged
            return _held(connection)
    except sqlite3.Error as error:
        raise damaged from error


def _check_store(connection: sqlite3.Connection, path: Path) -> None:
    application = _number(connection, "PRAGMA application_id")
    version = _number(connection, "PRAGMA user_version")
    if not (application or version or _number(connection, "SELECT count(*) FROM sqlite_master")):
        raise BackupError("backup_nothing", path=str(path))
    if application != APPLICATION_ID:
        raise StoreError("store_not_ours", path=str(path))
    if version > KNOWN:
        raise StoreError("store_newer", found=version, known=KNOWN)


def _vacuum(connection: sqlite3.Connection, to: Path) -> None:
    try:
        connection.execute("VACUUM INTO ?", (str(to),))
    except sqlite3.Error as error:
        code = error.sqlite_errorcode
        if code & 0xFF == sqlite3.SQLITE_FULL:
            raise BackupError("backup_full", path=str(to.parent)) from error
        if _FOLDERS_FAULT & {code, code & 0xFF}:
            raise BackupError("backup_folder", path=str(to.parent)) from error
        raise


def _refuse_what_is_there(target: Path) -> None:
    """A WAL that lies there alone would be folded into what is put beside it."""
    for path in (target, *_beside(target)):
        if path.exists() or path.is_symlink():
            raise BackupError("restore_occupied", path=str(path))


def _beside(path: Path) -> list[Path]:
    named = [path.with_name(path.name + ending) for ending in _BESIDE]
    return [each for each in named if each.exists()]


def _held(connection: sqlite3.Connection) -> Held:
    """A copy of an older version may lack tables."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    there = {name for (name,) in connection.execute(query)}
    counted = {
        name: _number(connection, f"SELECT count(*) FROM {name}")
        for name in TABLES
        if name in there
    }
    return Held(**counted)


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _connect(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, timeout=BUSY_SECONDS)
