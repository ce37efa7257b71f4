"""The gates of all endpoints: what every comparison of this process shares."""

import threading
from collections.abc import Sequence

from components.compare.gate import Gate
from components.compare.wish import Column
from components.providers.endpoints import Endpoint


class Gates:
    """Made as they are asked for. Safe from any thread."""

    def __init__(self, at_once: int) -> None:
        """at_once: requests to an endpoint."""
        self._at_once = at_once
        self._gates: dict[tuple[str, str], Gate] = {}
        self._lock = threading.Lock()

    def of(self, owner: str, columns: Sequence[Column]) -> list[Gate]:
        """The gate of each column's endpoint."""
        return [self._gate(owner, column.endpoint) for column in columns]

    def _gate(self, owner: str, endpoint: Endpoint) -> Gate:
        """The server's endpoints are everybody's, a typed one is its owner's alone."""
        key = (owner if endpoint.own else "", endpoint.name)
        with self._lock:
            return self._gates.setdefault(key, Gate(endpoint.name, self._at_once))
