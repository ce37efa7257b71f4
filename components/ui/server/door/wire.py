"""Limits that only the protocol underneath can hold. Uvicorn and websockets have none of these.

They are put into uvicorn's own classes, as `streamlit run` chooses and loads those before it
reads app.py.
"""

import asyncio
import time
from collections import OrderedDict
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import DATA_OPCODES, Frame, Opcode

from components.access.password import network
from components.ui.server.door.sockets import SMALL

SLICE = 2048  # bytes that are read of a socket before it is looked at again
FRAGMENT = 1024  # bytes; a browser's fragments are larger
FRAGMENTS = 1000  # of one message
BURST, PER_SECOND = 400, 50  # messages, control frames and small fragments of one socket
UNFINISHED = 20.0  # seconds in which a message has to come
HEADERS_IN = 10.0  # seconds in which a request's headers have to come
HALF_OPEN, HALF_OPEN_EACH = 256, 64  # connections without a request: in all, of one address

SCOPE = "tuwen.wire"  # under "extensions" of a websocket's scope


class SocketLimits:
    """What one websocket may send."""

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol
        self._left, self._at = float(BURST), time.monotonic()
        self._fragments = 0
        self._timer: asyncio.TimerHandle | None = None
        self.allow(SMALL, UNFINISHED)

    def allow(self, most: int, seconds: float) -> None:
        """most: bytes of a message; seconds: in which it has to come."""
        self._protocol.conn.max_message_size = most
        self._seconds = seconds

    def end(self, why: str) -> None:
        """Close the connection. On the server's loop."""
        if self._protocol.transport.is_closing():
            return
        self._protocol.conn.fail(1013, why)
        if self._protocol.conn.close_sent is None:  # not accepted yet: no frame can be sent
            self._protocol.transport.abort()
        else:
            self._hang_up()

    def received(self, data: bytes) -> None:
        """Instead of the protocol's own `data_received`: bit by bit, so that it can be ended."""
        protocol = self._protocol
        for start in range(0, len(data), SLICE):
            if protocol.transport.is_closing():
                return
            protocol.conn.receive_data(data[start : start + SLICE])
            if protocol.conn.parser_exc is not None:
                protocol.handle_parser_exception()
                return
            frames = [each for each in protocol.conn.events if isinstance(each, Frame)]
            if not all(self._counted(each) for each in frames):
                protocol.conn.events_received()
                self._end("too many frames")
                return
            protocol.handle_events()
            if any(each.fin and each.opcode in DATA_OPCODES for each in frames):
                self.forget()
        self._watch()

    def forget(self) -> None:
        """No message is being waited for any longer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _counted(self, frame: Frame) -> bool:
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
            self._fragments = 0
        self._fragments += frame.opcode is Opcode.CONT
        if frame.fin or len(frame.data) < FRAGMENT:
            now = time.monotonic()
            self._left = min(BURST, self._left + (now - self._at) * PER_SECOND) - 1
            self._at = now
        return self._left >= 0 and self._fragments <= FRAGMENTS

    def _watch(self) -> None:
        conn = self._protocol.conn
        if conn.current_size is None and not conn.reader.buffer:
            self.forget()
        elif self._timer is None:
            self._timer = self._protocol.loop.call_later(self._seconds, self._late)

    def _late(self) -> None:
        self._timer = None
        if not self._protocol.transport.is_closing():
            self._end("a message took too long")

    def _end(self, why: str) -> None:
        self._protocol.conn.fail(1008, why)
        self._hang_up()

    def _hang_up(self) -> None:
        self._protocol.frames = []
        self._protocol.handle_parser_exception()


class HalfOpen:
    """Connections that wait for a request: those that take too long end, and the oldest where
    there are too many. Never a newcomer, who would be shut out by whoever holds the others."""

    def __init__(self) -> None:
        self._since: OrderedDict[Any, tuple[str, asyncio.TimerHandle]] = OrderedDict()

    def begin(self, protocol: Any) -> None:
        if protocol in self._since:
            return
        address = network(protocol.client[0] if protocol.client else None)
        timer = protocol.loop.call_later(HEADERS_IN, self._close, protocol)
        self._since[protocol] = (address, timer)
        alike = [each for each, (other, _) in self._since.items() if other == address]
        # Behind a proxy all come from its address, and it sees to slow ones itself.
        if len(alike) > HALF_OPEN_EACH and not _is_proxy(protocol):
            self._close(alike[0])
        if len(self._since) > HALF_OPEN:
            self._close(next(iter(self._since)))

    def end(self, protocol: Any) -> None:
        _, timer = self._since.pop(protocol, (None, None))
        if timer is not None:
            timer.cancel()

    def _close(self, protocol: Any) -> None:
        self.end(protocol)
        if protocol.transport is not None and not protocol.transport.is_closing():
            protocol.transport.abort()


def _is_proxy(protocol: Any) -> bool:
    trusted = protocol.config.forwarded_allow_ips or ""
    names = trusted if isinstance(trusted, list) else str(trusted).split(",")
    return bool(protocol.client) and protocol.client[0] in {name.strip() for name in names}


def limit_sockets(kind: Any) -> None:
    """Put SocketLimits into a class of uvicorn's."""
    connect, lost = kind.handle_connect, kind.connection_lost

    def limits(self: Any) -> SocketLimits:
        if "tuwen_limits" not in self.__dict__:
            self.tuwen_limits = SocketLimits(self)
        return self.tuwen_limits  # type: ignore[no-any-return]

    def handle_connect(self: Any, event: Any) -> None:
        connect(self, event)
        if scope := getattr(self, "scope", None):
            scope["extensions"][SCOPE] = limits(self)

    def data_received(self: Any, data: bytes) -> None:
        limits(self).received(data)

    def connection_lost(self: Any, exc: Exception | None) -> None:
        limits(self).forget()
        lost(self, exc)

    kind.handle_connect, kind.data_received = handle_connect, data_received
    kind.connection_lost = connection_lost


def limit_connections(kind: Any) -> None:
    """Put HalfOpen into a class of uvicorn's."""
    half_open = HalfOpen()
    made, received, lost = kind.connection_made, kind.data_received, kind.connection_lost

    def connection_made(self: Any, transport: Any) -> None:
        made(self, transport)
        half_open.begin(self)

    def data_received(self: Any, data: bytes) -> None:
        received(self, data)
        # Waiting for headers, or for a body that nobody reads any longer.
        if self.conn.their_state is h11.IDLE or self.conn.our_state is h11.DONE:
            half_open.begin(self)
        else:
            half_open.end(self)

    def connection_lost(self: Any, exc: Exception | None) -> None:
        half_open.end(self)
        lost(self, exc)

    kind.connection_made, kind.data_received = connection_made, data_received
    kind.connection_lost = connection_lost


def install() -> None:
    """Once per process."""
    if getattr(WebSocketsSansIOProtocol, "tuwen", False):
        return
    WebSocketsSansIOProtocol.tuwen = True  # type: ignore[attr-defined]
    limit_sockets(WebSocketsSansIOProtocol)
    limit_connections(H11Protocol)
