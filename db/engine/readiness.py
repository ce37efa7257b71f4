"""Whether a store can be read right now, for a load balancer that asks every few seconds."""

import sqlite3
from contextlib import closing
from pathlib import Path

from components.errors import StoreError
from db.engine.database import Database
from db.engine.faults import as_store_errors
from db.engine.sqlite import APPLICATION_ID, SqliteFile, identity
from db.schema.migrations import MIGRATIONS

PATIENCE = 1.0  # seconds to wait for a lock that somebody else has on a file


class Readiness:
    """Of one open log. Make it as soon as the store is open: it remembers which file that was."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = 1 + len(MIGRATIONS)
        dialect = database.dialect
        self._path = dialect.path if isinstance(dialect, SqliteFile) else None
        self._file = identity(self._path) if self._path else None

    def check(self) -> None:
        """Raises StoreError unless our schema of our version can be read. May take as long as a
        database that doesn't answer."""
        version = self._in_file(self._path) if self._path else self._in_store()
        if version > self._known:
            raise StoreError("store_newer", found=version, known=self._known)
        if version < self._known:
            raise StoreError("store_not_ours", path=self._database.path)

    def _in_store(self) -> int:
        with self._database.read() as connection:
            return self._database.dialect.version(connection)

    def _in_file(self, path: Path) -> int:
        """By a new connection: open ones go on reading and writing a file that was removed, and
        see it in their caches. Never opens the file itself, as closing it would end every lock
        that SQLite has on it in this process (https://www.sqlite.org/howtocorrupt.html, 2.2)."""
        with as_store_errors(str(path)):
            if identity(path) != self._file:
                raise StoreError("store_unwritable", path=str(path))
            uri = f"{path.resolve().as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE)) as connection:
                application = connection.execute("PRAGMA application_id").fetchone()[0]
                version = connection.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION_ID:
            raise StoreError("store_not_ours", path=str(path))
        return int(version)
