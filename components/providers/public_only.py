"""Connections to the public web alone: for addresses that a person types into a server others use.

Without it, anybody who may use the app could read what only the server may reach: its network,
the metadata of its cloud. The address is looked up once and that very address is connected to,
so a name that changes its mind in between gains nothing.
"""

import ipaddress
import re
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

_NEVER_PUBLIC = (".local", ".internal", ".localhost", ".localdomain", ".home.arpa")
# 127.1, 0x7f.1 and 0177.0.0.1 are addresses to the C library.
_ENDS_IN_NUMBER = re.compile(r"(^|\.)(\d+|0x[0-9a-f]*)\.?$")
# Inside clouds and networks, though registries call them global; and IPv4 within IPv6.
_INSIDE = tuple(
    ipaddress.ip_network(each)
    for each in (
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "::/96",
        "::ffff:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "fec0::/10",
    )
)


def is_public(host: str) -> bool:
    """Whether a host looks like one on the public web. Nothing is looked up."""
    try:
        return is_public_address(host)
    except ValueError:
        name = host.lower().removesuffix(".")
        return "." in name and not name.endswith(_NEVER_PUBLIC) and not _ENDS_IN_NUMBER.search(name)


def is_public_address(text: str) -> bool:
    """The same of an IP address. Raises ValueError for what is none."""
    address = ipaddress.ip_address(text)
    inside = any(address in network for network in _INSIDE if network.version == address.version)
    return address.is_global and not address.is_multicast and not inside


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
        if not addresses or not all(is_public_address(each) for each in addresses):
            raise NotPublic(host)
        for address in addresses[:-1]:
            with suppress(ConnectError):
                return await self._connect(address, port, timeout, local_address, socket_options)
        return await self._connect(addresses[-1], port, timeout, local_address, socket_options)

    async def _connect(self, address: str, *how: Any) -> AsyncNetworkStream:
        return await self._usual.connect_tcp(address, *how)
