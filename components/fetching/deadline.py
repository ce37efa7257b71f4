"""Connections that end in time, whatever the other side does."""

import socket
import ssl
import threading
import time
from contextlib import suppress
from typing import Any

from httpcore2 import ConnectTimeout, NetworkBackend, NetworkStream


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


class InTime(NetworkBackend):
    """The connections of `usual`, none of which outlives the deadline."""

    def __init__(self, usual: NetworkBackend, deadline: Deadline) -> None:
        self._usual = usual
        self._deadline = deadline

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *rest: Any, **more: Any
    ) -> NetworkStream:
        stream = self._usual.connect_tcp(host, port, self._deadline.left, *rest, **more)
        return _Hurried(stream, self._deadline)


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
