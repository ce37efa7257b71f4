"""A driver's exceptions as StoreError: the store's state, never a statement, a value or a URL."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from components.errors import StoreError

_SQLITE = {
    sqlite3.SQLITE_BUSY: "store_busy",
    sqlite3.SQLITE_LOCKED: "store_busy",
    sqlite3.SQLITE_PROTOCOL: "store_busy",  # the locks of readers, for ten seconds
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_READONLY: "store_unwritable",
    sqlite3.SQLITE_CANTOPEN: "store_unwritable",
    sqlite3.SQLITE_PERM: "store_unwritable",
    sqlite3.SQLITE_IOERR: "store_unwritable",
    sqlite3.SQLITE_NOTADB: "store_not_ours",
    sqlite3.SQLITE_CORRUPT: "store_damaged",
}
# By SQLSTATE or the beginning of one; the longest that fits counts.
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES = {
    "08": "store_gone",  # connection exception
    "57P": "store_gone",  # operator intervention: shut down, crashed, starting
    "57014": "store_busy",  # statement_timeout
    "53": "store_busy",  # too many connections, out of memory
    "53100": "store_full",
    "55P03": "store_busy",  # lock_timeout
    "40": "store_busy",  # deadlock, serialization
    "25P": "store_busy",  # idle in a transaction for too long
    "25006": "store_unwritable",  # read-only transaction: a standby
    "28": "store_refused",  # invalid authorization
    "3D": "store_refused",  # no such database
    "42501": "store_refused",  # insufficient privilege
    "XX001": "store_damaged",
    "XX002": "store_damaged",
    "58": "store_unwritable",  # system error, I/O among them
}
_PASSING = re.compile("starting up|shutting down|recovery|too many|connection slots|terminating")
_PLACELESS = {"store_busy"}


@contextmanager
def as_store_errors(path: str) -> Iterator[None]:
    """Turns what the driver, the pool or the file system raises inside into StoreError.

    A mistake of ours (a broken statement or constraint) is not the store's and goes through.
    """
    try:
        yield
    except PoolTimeout as error:
        raise StoreError("store_busy") from error
    except DBAPIError as error:
        found = _translated(error.orig, path)
        if found is None:
            raise
        raise found from error
    except (sqlite3.Error, psycopg.Error) as error:
        found = _translated(error, path)
        if found is None:
            raise
        raise found from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise StoreError("store_full" if full else "store_unwritable", path=path) from error


def _translated(error: BaseException | None, path: str) -> StoreError | None:
    code = _of_postgres(error) if isinstance(error, psycopg.Error) else _of_sqlite(error)
    if code is None:
        return None
    return StoreError(code) if code in _PLACELESS else StoreError(code, path=path)


def _of_sqlite(error: BaseException | None) -> str | None:
    extended = getattr(error, "sqlite_errorcode", None)
    # Extended codes carry the primary one in the low byte: SQLITE_IOERR_WRITE is 778 = 10 + 3*256.
    return _SQLITE.get(extended & 0xFF) if isinstance(extended, int) else None


def _of_postgres(error: psycopg.Error) -> str | None:
    state = error.sqlstate
    if state is None:
        return _unconnected(error) if isinstance(error, psycopg.OperationalError) else None
    fitting = [known for known in _POSTGRES if state.startswith(known)]
    return _POSTGRES[max(fitting, key=len)] if fitting else None


def _unconnected(error: psycopg.OperationalError) -> str:
    """There is no connection, or it broke off. A server that refuses one gives its reason in
    words alone; those that pass by themselves are no refusal."""
    words = str(error)
    return "store_refused" if "FATAL" in words and not _PASSING.search(words) else "store_gone"
