"""The gates of all endpoints: what every comparison of this process shares."""

import threading
from collections.abc import Sequence

from components.compare.running.endpoint_limiter import EndpointLimiter
from components.compare.spec import Column
from components.providers.endpoints import Endpoint


class EndpointLimiters:
    """Made as they are asked for. Safe from any thread."""

    def __init__(self, at_once: int) -> None:
        """at_once: requests to an endpoint."""
        self._at_once = at_once
        self._gates: dict[tuple[str, str], EndpointLimiter] = {}
        self._lock = threading.Lock()

    def of(self, owner: str, columns: Sequence[Column]) -> list[EndpointLimiter]:
        """The gate of each column's endpoint."""
        return [self._gate(owner, column.endpoint) for column in columns]

    def _gate(self, owner: str, endpoint: Endpoint) -> EndpointLimiter:
        """The server's endpoints are everybody's, a typed one is its owner's alone."""
        key = (owner if endpoint.own else "", endpoint.name)
        with self._lock:
            return self._gates.setdefault(key, EndpointLimiter(endpoint.name, self._at_once))
