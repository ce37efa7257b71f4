"""Connections that lead to public addresses alone, and end in time.

A name is looked up once for each connection, and one of the very addresses that were looked at is
connected to: a resolver that changes its answer in between gains nothing. One private address
among them is enough for a no.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from httpcore2 import ConnectError, ConnectTimeout, NetworkBackend, NetworkStream, SyncBackend

from components.network import may_be_public

Resolver = Callable[[str, int], Sequence[str]]
Connect = Callable[[str, int, float], NetworkStream]


class NotPublic(ConnectError):
    """A host that leads into a private network."""


def system_resolver(host: str, port: int) -> Sequence[str]:
    """The addresses that this machine knows for a name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def connect_to(address: str, port: int, timeout: float) -> NetworkStream:
    """A TCP connection to an IP address."""
    return SyncBackend().connect_tcp(address, port, timeout)


class Deadline:
    """A point in time by which everything has to be over."""

    def __init__(self, seconds: float) -> None:
        self.until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds. Raises ConnectTimeout when there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise ConnectTimeout("out of time")
        return left

    def check(self) -> None:
        """Raises ConnectTimeout when it has passed."""
        _ = self.left


class PublicOnly(NetworkBackend):
    """What httpcore connects through. resolve, connect: the network; to be replaced in tests."""

    def __init__(
        self,
        deadline: Deadline,
        resolve: Resolver = system_resolver,
        connect: Connect = connect_to,
    ) -> None:
        self._deadline = deadline
        self._resolve = resolve
        self._connect = connect

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        addresses = self._looked_up(host, port)
        if not addresses or not all(may_be_public(each) for each in addresses):
            raise NotPublic(host)
        problem: Exception | None = None
        for address in addresses[:2]:
            try:
                return _Hurried(self._connect(address, port, self._deadline.left), self._deadline)
            except (ConnectError, OSError) as error:
                problem = error
        raise ConnectError(str(problem))

    def _looked_up(self, host: str, port: int) -> Sequence[str]:
        """In a thread of its own: the C library's resolver can't be told to hurry."""
        found: Future[Sequence[str]] = Future()

        def look() -> None:
            try:
                found.set_result(self._resolve(host, port))
            except Exception as error:
                found.set_exception(error)

        threading.Thread(target=look, daemon=True).start()
        try:
            return found.result(self._deadline.left)
        except TimeoutError as error:
            raise ConnectTimeout(host) from error
        except (OSError, UnicodeError) as error:
            raise ConnectError(host) from error


class _Hurried(NetworkStream):
    """A stream of which no read and no handshake outlives the deadline."""

    def __init__(self, stream: NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline
        # A server that says one byte now and then never runs into a timeout of a single read.
        self._timer = threading.Timer(deadline.left, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left)

    def close(self) -> None:
        self._timer.cancel()
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left)
        self._timer.cancel()
        return _Hurried(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _cut(self) -> None:
        connection = self._stream.get_extra_info("socket")
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
