"""Copies of a store: what is said of one, and files that get their name only when they are
whole."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from components.errors import BackupError
from db.schema.migrations import MIGRATIONS

KNOWN = 1 + len(MIGRATIONS)  # the latest version of the schema that can be restored
# File systems without hard links say so in one of these ways.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


@dataclass(frozen=True)
class Held:
    """How many rows the tables of these names have, of all owners together."""

    conversations: int = 0
    messages: int = 0
    images: int = 0
    comparisons: int = 0


TABLES = tuple(field.name for field in fields(Held))


@dataclass(frozen=True)
class Copy:
    """place: a file's path, or host and database. size: bytes of the copy's file."""

    place: str
    size: int
    held: Held


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Makes the folder (0700) where there is none; what the file system raises is a BackupError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise BackupError("backup_full" if full else "backup_folder", path=str(folder)) from error


@contextmanager
def part_in(folder: Path) -> Iterator[Path]:
    """An empty file (0600) whose name shows that it isn't whole. It is gone after the block,
    unless it was given a name. A kill leaves it."""
    handle, name = tempfile.mkstemp(prefix=".tuwen-", suffix=".part", dir=folder)
    os.close(handle)
    part = Path(name).resolve()
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def give_name(part: Path, name: Path) -> None:
    """What is in `part` is on the disk, then under `name`. Raises FileExistsError instead of
    replacing anything."""
    _sync(part)
    try:
        os.link(part, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if name.exists():
            raise FileExistsError(errno.EEXIST, "exists", str(name)) from None
        part.rename(name)
    part.unlink(missing_ok=True)
    _sync(name.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
