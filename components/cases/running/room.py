"""Room for requests of one run: as many at once as an endpoint takes, and money of its budget.

A request leaves its place when the store has its answer, not before: so a process that is killed
has at most as many requests out whose answers aren't kept as may be asked at once.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Hashable
from decimal import Decimal


class OverBudget(Exception):
    """The request doesn't fit into the run's budget, and nothing is out that could make room."""


class Room:
    """`enter` on the runner's loop, `leave` from any thread."""

    def __init__(self, budget: Decimal | None, spent: Decimal) -> None:
        """budget: USD, None for no limit. spent: of it, before."""
        self._budget, self._spent = budget, spent
        self._inside: dict[str, tuple[Hashable, Decimal]] = {}
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = []
        self._lock = threading.Lock()

    async def enter(
        self, request: str, endpoint: Hashable, at_once: int, most: Decimal | None
    ) -> None:
        """Wait for a place. most: USD that the request may cost; None isn't known and needs only
        that something is left. Raises OverBudget."""
        loop = asyncio.get_running_loop()
        while True:
            with self._lock:
                if self._take(request, endpoint, at_once, most):
                    return
                if not self._inside:
                    raise OverBudget
                turn: asyncio.Future[None] = loop.create_future()
                self._waiting.append((loop, turn))
            await turn

    def leave(self, request: str, cost: Decimal | None) -> None:
        """The request is over; a repeat does nothing. cost: None keeps what it might have cost."""
        with self._lock:
            if (taken := self._inside.pop(request, None)) is None:
                return
            self._spent += taken[1] if cost is None else cost
            waiting, self._waiting = self._waiting, []
        for loop, turn in waiting:
            loop.call_soon_threadsafe(_wake, turn)

    def _take(self, request: str, endpoint: Hashable, at_once: int, most: Decimal | None) -> bool:
        if Counter(place for place, _ in self._inside.values())[endpoint] >= at_once:
            return False
        if self._budget is not None:
            held = self._spent + sum((money for _, money in self._inside.values()), Decimal(0))
            if held >= self._budget or held + (most or 0) > self._budget:
                return False
        self._inside[request] = endpoint, most or Decimal(0)
        return True


def _wake(turn: "asyncio.Future[None]") -> None:
    if not turn.done():
        turn.set_result(None)
