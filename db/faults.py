"""A driver's exceptions as LogError: the store's state, never a statement, a value or a URL."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from components.errors import LogError

_CODES = {
    sqlite3.SQLITE_BUSY: "log_busy",
    sqlite3.SQLITE_LOCKED: "log_busy",
    sqlite3.SQLITE_FULL: "log_full",
    sqlite3.SQLITE_READONLY: "log_unwritable",
    sqlite3.SQLITE_CANTOPEN: "log_unwritable",
    sqlite3.SQLITE_PERM: "log_unwritable",
    sqlite3.SQLITE_IOERR: "log_unwritable",
    sqlite3.SQLITE_NOTADB: "log_not_ours",
    sqlite3.SQLITE_CORRUPT: "log_damaged",
}


@contextmanager
def as_log_errors(path: str) -> Iterator[None]:
    """Turns what the driver, the pool or the file system raises inside into LogError.

    A mistake of ours (a broken statement or constraint) is not the store's and goes through.
    """
    try:
        yield
    except PoolTimeout as error:
        raise LogError("log_busy") from error
    except DBAPIError as error:
        found = _translated(error.orig, path)
        if found is None:
            raise
        raise found from error
    except sqlite3.Error as error:
        found = _translated(error, path)
        if found is None:
            raise
        raise found from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise LogError("log_full" if full else "log_unwritable", path=path) from error


def _translated(error: BaseException | None, path: str) -> LogError | None:
    extended = getattr(error, "sqlite_errorcode", None)
    # Extended codes carry the primary one in the low byte: SQLITE_IOERR_WRITE is 778 = 10 + 3*256.
    code = _CODES.get(extended & 0xFF) if isinstance(extended, int) else None
    if code is None:
        return None
    return LogError(code) if code == "log_busy" else LogError(code, path=path)
