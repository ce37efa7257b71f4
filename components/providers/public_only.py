"""Connections to the public web alone: for addresses that a person types into a server others use.

Without it, anybody who may use the app could read what only the server may reach: its network,
the metadata of its cloud. The address is looked up once and that very address is connected to,
so a name that changes its mind in between gains nothing.
"""

import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import anyio
import httpx2
from httpcore2 import (
    AnyIOBackend,
    AsyncNetworkBackend,
    AsyncNetworkStream,
    ConnectError,
    ConnectTimeout,
)

from components.network import may_be_public


def public_transport(limits: httpx2.Limits) -> httpx2.AsyncHTTPTransport:
    """A transport that connects to public addresses only, without any proxy."""
    transport = httpx2.AsyncHTTPTransport(limits=limits, trust_env=False)
    transport._pool._network_backend = _PublicOnly()
    return transport


class NotPublic(ConnectError):
    """A name that leads into a private network."""


class _PublicOnly(AsyncNetworkBackend):
    def __init__(self) -> None:
        self._usual = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> AsyncNetworkStream:
        try:
            with anyio.fail_after(timeout):
                found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except TimeoutError as error:
            raise ConnectTimeout(str(error)) from error
        except socket.gaierror as error:
            raise ConnectError(str(error)) from error
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not addresses or not all(may_be_public(each) for each in addresses):
            raise NotPublic(host)
        for address in addresses[:-1]:
            with suppress(ConnectError):
                return await self._connect(address, port, timeout, local_address, socket_options)
        return await self._connect(addresses[-1], port, timeout, local_address, socket_options)

    async def _connect(self, address: str, *how: Any) -> AsyncNetworkStream:
        return await self._usual.connect_tcp(address, *how)
