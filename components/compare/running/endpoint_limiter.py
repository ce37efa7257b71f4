"""So many requests at once to an endpoint, and pauses that everything sent there keeps.

Used on one event loop.
"""

import asyncio
import time
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
