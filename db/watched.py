"""A store that tells how long its writes took, and which failed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from components.errors import LogError
from db.engine import Store

Wrote = Callable[[float, str | None], None]


class WatchedStore(Store):
    """Another store's database, with its connections and locks."""

    def __init__(self, store: Store, wrote: Wrote) -> None:
        """wrote: called after each write with its seconds, the wait for a turn among them, and
        the code of the LogError, None where it was kept."""
        vars(self).update(vars(store))
        self._wrote = wrote

    @contextmanager
    def write(self, owner: str = "") -> Iterator[Connection]:
        began = time.perf_counter()
        try:
            with super().write(owner) as connection:
                yield connection
        except LogError as error:
            self._wrote(time.perf_counter() - began, error.code)
            raise
        self._wrote(time.perf_counter() - began, None)
