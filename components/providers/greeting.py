"""A look at the first bytes that a server sends: whether it speaks HTTP at all.

Servers of other protocols (SSH, mail, databases) greet and then wait, or hang up: to the HTTP
package that is a silence or a lost connection, which would be waited for and asked again.
"""

from typing import Any

from httpcore2 import AsyncNetworkBackend, AsyncNetworkStream, RemoteProtocolError

_HTTP = b"HTTP/"


class NotHttp(RemoteProtocolError):
    """Something else is spoken here."""


class HttpOnly(AsyncNetworkBackend):
    """The connections of `usual`; NotHttp for what doesn't begin like a response."""

    def __init__(self, usual: AsyncNetworkBackend) -> None:
        self._usual = usual

    async def connect_tcp(self, *where: Any, **how: Any) -> AsyncNetworkStream:
        return _Stream(await self._usual.connect_tcp(*where, **how))

    async def connect_unix_socket(self, *where: Any, **how: Any) -> AsyncNetworkStream:
        return _Stream(await self._usual.connect_unix_socket(*where, **how))

    async def sleep(self, seconds: float) -> None:
        await self._usual.sleep(seconds)


class _Stream(AsyncNetworkStream):
    def __init__(self, stream: AsyncNetworkStream) -> None:
        self._stream = stream
        self._begun = b""  # the first bytes, until they are known to be HTTP

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._stream.read(max_bytes, timeout)
        if len(self._begun) < len(_HTTP):
            self._begun += data[: len(_HTTP)]
            if not _HTTP.startswith(self._begun[: len(_HTTP)]):
                raise NotHttp("the server doesn't speak HTTP")
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(self, *args: Any, **how: Any) -> AsyncNetworkStream:
        return _Stream(await self._stream.start_tls(*args, **how))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
