"""A store that tells who waits for it, how long its writes took, and which failed."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Connection

from components.errors import StoreError
from db.engine.database import Database

Wrote = Callable[[float, str | None], None]
Wait = Callable[[], AbstractContextManager[None]]


class WatchedDatabase(Database):
    """Another store's database, with its connections and locks."""

    def __init__(self, database: Database, wrote: Wrote, wait: Wait = nullcontext) -> None:
        """wrote: called after each write with its seconds, the wait for a turn among them, and
        the code of the StoreError, None where it was kept. wait: around every read and write."""
        vars(self).update(vars(database))
        self._wrote, self._wait = wrote, wait

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self._wait(), super().read() as connection:
            yield connection

    @contextmanager
    def write(self, owner: str | None = "") -> Iterator[Connection]:
        began = time.perf_counter()
        try:
            with self._wait(), super().write(owner) as connection:
                yield connection
        except StoreError as error:
            self._wrote(time.perf_counter() - began, error.code)
            raise
        self._wrote(time.perf_counter() - began, None)
