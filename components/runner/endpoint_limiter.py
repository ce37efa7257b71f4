"""So many requests at once to an endpoint, and pauses that everything sent there keeps.

A limiter is used on one event loop; EndpointLimiters from any thread.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from components.errors import ProviderError
from components.providers.endpoints import Endpoint


@dataclass(frozen=True)
class Pause:
    """An endpoint that asked for patience. until: time.monotonic(); error: what it said."""

    endpoint: str
    until: float
    error: ProviderError


class EndpointLimiter:
    """What all comparisons share of an endpoint."""

    def __init__(self, endpoint: str, at_once: int) -> None:
        self.at_once = at_once
        self._endpoint = endpoint
        self._slots = asyncio.Semaphore(at_once)
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
    async def turn(self) -> AsyncIterator[None]:
        """One request's turn: when a place is free and no pause is on."""
        async with self._slots:
            while pause := self.paused:
                await asyncio.sleep(max(0.0, pause.until - time.monotonic()))
            yield


class EndpointLimiters:
    """Those of all endpoints, shared by all runs of this process. Made as they are asked for."""

    def __init__(self, at_once: int) -> None:
        """at_once: requests to an endpoint."""
        self._at_once = at_once
        self._limiters: dict[tuple[str, str], EndpointLimiter] = {}
        self._lock = threading.Lock()

    def of(self, owner: str, endpoint: Endpoint) -> EndpointLimiter:
        """The server's endpoints are everybody's, a typed one is its owner's alone."""
        key = (owner if endpoint.own else "", endpoint.name)
        with self._lock:
            return self._limiters.setdefault(key, EndpointLimiter(endpoint.name, self._at_once))
