"""Connections that lead to public addresses alone, for HTTP with and without an event loop.

A name is looked up once for each connection, and one of the very addresses that were looked at is
connected to: a name that changes its mind in between gains nothing. One private address among
them is enough for a no.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import httpx2
from httpcore2 import (
    AsyncNetworkBackend,
    AsyncNetworkStream,
    ConnectError,
    ConnectTimeout,
    NetworkBackend,
    NetworkStream,
    SyncBackend,
)

from components.network.resolver import Resolver, look_up, system_resolver

Connect = Callable[..., NetworkStream]
connect_directly: Connect = SyncBackend().connect_tcp
SECONDS = 10.0  # for a look-up and what follows, unless somebody says otherwise
MOST_TRIED = 4  # addresses of one name


class PublicOnly(NetworkBackend):
    """resolve, connect: the network; to be replaced in tests."""

    def __init__(
        self, resolve: Resolver = system_resolver, connect: Connect = connect_directly
    ) -> None:
        self._resolve, self._connect = resolve, connect

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = SECONDS, *rest: Any, **more: Any
    ) -> NetworkStream:
        until = _until(timeout)
        try:
            found = look_up(host, port, self._resolve).result(until - time.monotonic())
        except TimeoutError:
            raise ConnectTimeout(host) from None
        problem: Exception = ConnectTimeout(host)
        for address, seconds in _each(found, until):
            try:
                return self._connect(address, port, seconds, *rest, **more)
            except (ConnectError, ConnectTimeout) as error:
                problem = error
        raise problem


class AsyncPublicOnly(AsyncNetworkBackend):
    """As PublicOnly, by the connections of `usual`."""

    def __init__(self, usual: AsyncNetworkBackend, resolve: Resolver = system_resolver) -> None:
        self._resolve, self._connect = resolve, usual.connect_tcp

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = SECONDS, *rest: Any, **more: Any
    ) -> AsyncNetworkStream:
        until = _until(timeout)
        try:
            async with asyncio.timeout(until - time.monotonic()):
                found = await asyncio.wrap_future(look_up(host, port, self._resolve))
        except TimeoutError:
            raise ConnectTimeout(host) from None
        problem: Exception = ConnectTimeout(host)
        for address, seconds in _each(found, until):
            try:
                return await self._connect(address, port, seconds, *rest, **more)
            except (ConnectError, ConnectTimeout) as error:
                problem = error
        raise problem


def connect_through(
    client: httpx2.AsyncClient, wrapped: Callable[[AsyncNetworkBackend], AsyncNetworkBackend]
) -> None:
    """Have `client` connect through `wrapped` of what it has connected through so far; what it
    sends to a proxy of the environment stays as it is."""
    transport = client._transport
    if not isinstance(transport, httpx2.AsyncHTTPTransport):
        raise TypeError(type(transport).__name__)
    transport._pool._network_backend = wrapped(transport._pool._network_backend)


def _until(timeout: float | None) -> float:
    return time.monotonic() + (SECONDS if timeout is None else timeout)


def _each(addresses: Sequence[str], until: float) -> Iterator[tuple[str, float]]:
    """An address and its seconds: one that is silent leaves time for those behind it."""
    tried = addresses[:MOST_TRIED]
    for number, address in enumerate(tried):
        if (left := until - time.monotonic()) <= 0:
            return
        yield address, left / (len(tried) - number)
