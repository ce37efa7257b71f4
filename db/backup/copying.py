"""Copies of the whole store while it is in use, and a store out of a copy.

A SQLite file is copied by VACUUM INTO (copying the file itself misses what stands in the WAL), a
PostgreSQL database by pg_dump. Nothing is ever overwritten.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from components.errors import BackupError
from db.backup import postgres, sqlite
from db.backup.copies import Copy, Held, give_name, part_in, writing_to
from db.engine.database import Database
from db.engine.sqlite import SqliteFile


@dataclass(frozen=True)
class _Kind:
    """name: as people call it. suffix, begins: of a copy's name and bytes. write(store, part):
    the store into an empty file. fill(store, copy): a copy into the store's place."""

    name: str
    suffix: str
    begins: bytes
    write: Callable[[Database, Path], Held]
    fill: Callable[[Database, Path], Held]


_SQLITE = _Kind("SQLite", ".db", b"SQLite format 3\0", sqlite.write, sqlite.fill)
_POSTGRES = _Kind("PostgreSQL", ".dump", b"PGDMP", postgres.write, postgres.fill)


def back_up(url: str, folder: Path, now: datetime) -> Copy:
    """A copy of the store at `url` in a new file of `folder`, named by `now` in UTC.

    Everything acknowledged before the call is in it, and every write as a whole or not at all.
    Raises BackupError, StoreError, ConfigError; then there is no new file.
    """
    database = Database(url)
    kind = _kind_of(database)
    stem = f"tuwen-{now.astimezone(UTC):%Y-%m-%dT%H-%M-%SZ}"
    try:
        with writing_to(folder), part_in(folder) as part:
            held = kind.write(database, part)
            path = _name(part, folder, stem, kind.suffix)
            return Copy(str(path), path.stat().st_size, held)
    finally:
        database.close()


def restore(url: str, copy: Path) -> Copy:
    """Make a copy the store at `url`, where there is none yet; as a whole or not at all.

    Raises BackupError, StoreError, ConfigError; then nothing was changed, but for restore_differs.
    """
    database = Database(url)
    kind = _kind_of(database)
    try:
        found = _kind_of_copy(copy)
        if found is not kind:
            raise BackupError("backup_kind", path=str(copy), found=found.name, wanted=kind.name)
        held = kind.fill(database, copy)
        return Copy(database.path, copy.stat().st_size, held)
    finally:
        database.close()


def _kind_of(database: Database) -> _Kind:
    return _SQLITE if isinstance(database.dialect, SqliteFile) else _POSTGRES


def _kind_of_copy(copy: Path) -> _Kind:
    try:
        with copy.open("rb") as file:
            begin = file.read(len(_SQLITE.begins))
    except OSError as error:
        raise BackupError("backup_file", path=str(copy)) from error
    for kind in (_SQLITE, _POSTGRES):
        if begin.startswith(kind.begins):
            return kind
    raise BackupError("backup_foreign", path=str(copy))


def _name(part: Path, folder: Path, stem: str, suffix: str) -> Path:
    """Two of the same second get different names."""
    for n in count(1):
        path = folder / f"{stem}{f'-{n}' if n > 1 else ''}{suffix}"
        try:
            give_name(part, path)
        except FileExistsError:
            continue
        return path
    raise AssertionError("count ends never")
