"""So many requests at once to an endpoint, and pauses that all cells sent there keep.

A limiter is used on one event loop; EndpointLimiters from any thread.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from components.errors import ProviderError


@dataclass(frozen=True)
class Pause:
    """An endpoint that asked for patience. until: time.monotonic(); error: what it said."""

    endpoint: str
    until: float
    error: ProviderError


class EndpointLimiter:
    """What all runs share of an endpoint. Cells are let in in the order in which they came."""

    def __init__(self, endpoint: str, at_once: int) -> None:
        self.at_once = at_once
        self._endpoint = endpoint
        self._asked = 0  # cells that have a place
        self._first = 0  # requests that waited for none
        self._queue: deque[asyncio.Future[None]] = deque()
        self._pause: Pause | None = None

    def pause(self, until: float, error: ProviderError) -> None:
        """Let nothing through before `until`; a longer pause than this one stays."""
        if self._pause is None or until > self._pause.until:
            self._pause = Pause(self._endpoint, until, error)

    @property
    def paused(self) -> Pause | None:
        """The pause that isn't over."""
        pause = self._pause
        return pause if pause and pause.until > time.monotonic() else None

    @asynccontextmanager
    async def turn(self, *, first: bool = False) -> AsyncIterator[None]:
        """One request's turn: when a place is free and no pause is on.

        first: at once; the others leave it one of their places, as long as they have another.
        """
        if first:
            self._first += 1
        else:
            await self._place()
        try:
            while not first and (pause := self.paused):
                await asyncio.sleep(max(0.0, pause.until - time.monotonic()))
            yield
        finally:
            self._leave(first=first)

    async def _place(self) -> None:
        place = asyncio.get_running_loop().create_future()
        self._queue.append(place)
        self._let_in()
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():  # it was given at this very moment
                self._leave()
            raise

    def _leave(self, *, first: bool = False) -> None:
        if first:
            self._first -= 1
        else:
            self._asked -= 1
        self._let_in()

    def _let_in(self) -> None:
        while self._queue and self._asked < max(1, self.at_once - self._first):
            place = self._queue.popleft()
            if not place.done():  # a cancelled one
                self._asked += 1
                place.set_result(None)


class EndpointLimiters:
    """Those of all endpoints, shared by all runs of this process. Made as they are asked for."""

    def __init__(self, at_once: int) -> None:
        """at_once: requests to an endpoint."""
        self._at_once = at_once
        self._limiters: dict[tuple[str, str], EndpointLimiter] = {}
        self._lock = threading.Lock()

    def of(self, owner: str, endpoint: str, *, own: bool) -> EndpointLimiter:
        """endpoint: its name. The server's endpoints are everybody's, an `own` one that was typed
        in is its owner's alone."""
        with self._lock:
            return self._limiters.setdefault(
                (owner if own else "", endpoint), EndpointLimiter(endpoint, self._at_once)
            )
