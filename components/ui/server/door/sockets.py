"""Open websockets. Before somebody has signed in a socket may send little, and few may be open."""

import threading
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

HEADER = "x-tuwen-socket"  # by which a run finds the socket that it is drawn over
BEFORE, AFTER = 64, 512  # sockets of one address that aren't, and are, of people who signed in
ALL_BEFORE = 1000  # of all addresses together, not signed in
SMALL, LARGE = 256 * 1024, 8 * 1024 * 1024  # bytes of a message, before and after


class Wire(Protocol):
    """The protocol underneath a socket; see components.ui.server.door.wire."""

    def allow(self, most: int, seconds: float) -> None:
        """How many bytes a message may have, and how long it may take to come."""

    def end(self, why: str) -> None:
        """Close the connection."""


@dataclass(eq=False)
class Socket:
    """One that is open. address: as components.access.password.network names it."""

    address: str
    signed_in: bool
    wire: Wire | None = None
    id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def limit(self) -> None:
        if self.wire is not None:
            self.wire.allow(*((LARGE, 120.0) if self.signed_in else (SMALL, 20.0)))


class Sockets:
    """One per process. Used on the server's loop, and `signed_in` in runs."""

    def __init__(self) -> None:
        self._open: dict[str, Socket] = {}
        self._lock = threading.Lock()

    def enter(self, socket: Socket) -> bool:
        """Keep one that opens; False where its address has too many. Where all together have, the
        address with the most gives up its oldest: no crowd of strangers shuts a newcomer out."""
        with self._lock:
            alike = [each for each in self._open.values() if each.signed_in == socket.signed_in]
            at_address = sum(each.address == socket.address for each in alike)
            if at_address >= (AFTER if socket.signed_in else BEFORE):
                return False
            crowded = not socket.signed_in and len(alike) >= ALL_BEFORE
            given_up = _oldest_of_most(alike) if crowded else None
            if given_up is not None:
                del self._open[given_up.id]
            self._open[socket.id] = socket
        if given_up is not None and given_up.wire is not None:
            given_up.wire.end("too many connections")
        socket.limit()
        return True

    def leave(self, socket: Socket) -> None:
        with self._lock:
            self._open.pop(socket.id, None)

    def signed_in(self, socket_id: str | None) -> None:
        """Whoever is at the other end has typed the password."""
        with self._lock:
            found = self._open.get(socket_id or "")
        if found is not None:
            found.signed_in = True
            found.limit()


def _oldest_of_most(sockets: Sequence[Socket]) -> Socket:
    """Of the address that has the most of them; sockets: oldest first."""
    of_address = Counter(each.address for each in sockets)
    return max(sockets, key=lambda each: of_address[each.address])


SOCKETS = Sockets()
