"""One clock for all processes of a store: heartbeats of one are judged by another."""

import math
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from components.errors import StoreError
from db.engine.faults import as_store_errors

# Seconds after which the server is asked for its time anew. Until then processes disagree about a
# clock that was set, and an answer that one runs looks dead to another.
ASK_AGAIN = 2.0


class SharedClock:
    """The time of the database's server, asked for now and then; between, seconds are counted by
    a clock that nobody sets. Where the database has no clock of its own (SQLite), the machine's.

    ask: gives that time, or None. While it can't be asked, counting goes on from what it said last.
    """

    def __init__(
        self,
        ask: Callable[[], datetime | None],
        monotonic: Callable[[], float] = time.monotonic,
        here: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._ask, self._monotonic, self._here = ask, monotonic, here
        self._asking = threading.Lock()
        # Written as one tuple: threads read it without a lock.
        self._told: tuple[datetime, float] | None = None
        self._asked = -math.inf

    def __call__(self) -> datetime:
        """The present time, aware, in UTC."""
        # One thread asks; the others go on with what is known, for each holds a connection.
        if self._monotonic() - self._asked > ASK_AGAIN and self._asking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._asking.release()
        if self._told is None:
            return self._here()
        time_, at = self._told
        return time_ + timedelta(seconds=self._monotonic() - at)

    def _look(self) -> None:
        self._asked = self._monotonic()
        try:
            with as_store_errors(""):
                told = self._ask()
        except StoreError:
            return
        if told is not None:
            self._told = told.astimezone(UTC), self._monotonic()
