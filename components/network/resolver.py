"""Names looked up for connections to the public web."""

import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from httpcore2 import ConnectError

from components.network.public import is_public_address

Resolver = Callable[[str, int], Sequence[str]]


class NotPublic(ConnectError):
    """A host that leads into a private network."""


def system_resolver(host: str, port: int) -> Sequence[str]:
    """The addresses that this machine knows for a name. Raises OSError."""
    try:
        found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    except UnicodeError as error:
        raise socket.gaierror(socket.EAI_NONAME, "not a name") from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def look_up(host: str, port: int, resolve: Resolver) -> Future[Sequence[str]]:
    """The addresses of a host, at least one; NotPublic if any isn't public, else ConnectError.

    In a thread of its own: the C library can't be told to hurry, so whoever waits leaves it
    behind, and names that nobody answers for don't hold up others.
    """
    found: Future[Sequence[str]] = Future()
    found.set_running_or_notify_cancel()  # who leaves must not take it from the thread

    def look() -> None:
        try:
            found.set_result(_public(host, port, resolve))
        except Exception as error:
            found.set_exception(error)

    threading.Thread(target=look, daemon=True).start()
    return found


def _public(host: str, port: int, resolve: Resolver) -> Sequence[str]:
    try:
        addresses = resolve(host, port)
    except OSError as error:
        raise ConnectError(str(error)) from error
    if not addresses or not all(map(is_public_address, addresses)):
        raise NotPublic(host)
    return addresses
