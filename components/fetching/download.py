"""One picture from one address: redirects looked at anew, its size and its time bounded."""

import time
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin

from httpcore2 import URL, ConnectionPool, NetworkError, ProtocolError, Response, TimeoutException

from components.fetching.address import Address, address_of
from components.fetching.deadline import Deadline, InTime
from components.fetching.errors import FetchError
from components.images.limits import MEGABYTE
from components.network.backends import Connect, PublicOnly, connect_directly
from components.network.resolver import NotPublic, Resolver, system_resolver

SECONDS = 5.0  # for all of it, look-ups and redirects included
MAX_BYTES = 20 * MEGABYTE
MAX_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = [
    (b"Accept", b"image/*"),
    (b"Accept-Encoding", b"identity"),  # a few kilobytes could unpack to gigabytes
    (b"User-Agent", b"Tuwen"),
    (b"Connection", b"close"),
]


@dataclass(frozen=True)
class Fetched:
    """What lay there. name: the last part of its path; nobody has looked at the bytes yet."""

    name: str
    content: bytes = field(repr=False)


def fetch_image(
    url: str,
    *,
    seconds: float = SECONDS,
    max_bytes: int = MAX_BYTES,
    resolve: Resolver = system_resolver,
    connect: Connect = connect_directly,
) -> Fetched:
    """The bytes at `url`: no cookie, no key, no referrer goes out, no proxy is used.

    Raises FetchError and nothing else. What the bytes are is for `take_in` to tell.
    """
    deadline = Deadline(seconds)
    backend = InTime(PublicOnly(resolve, connect), deadline)
    at = url
    for _ in range(MAX_REDIRECTS + 1):
        address = address_of(at)
        try:
            with ConnectionPool(network_backend=backend) as pool:
                found = _asked(pool, address, max_bytes, deadline)
        except NotPublic:
            raise FetchError("fetch_not_public", host=address.host) from None
        except TimeoutException:
            raise FetchError("fetch_too_slow", host=address.host, seconds=seconds) from None
        except (NetworkError, ProtocolError, OSError) as error:
            late = time.monotonic() >= deadline.until
            code = "fetch_too_slow" if late else "fetch_unreachable"
            more = {"seconds": seconds} if late else {}
            raise FetchError(code, host=address.host, **more) from error
        if isinstance(found, bytes):
            return Fetched(_name(address), found)
        at = urljoin(at, found)
    raise FetchError("fetch_redirects", host=address.host, limit=MAX_REDIRECTS)


def _asked(
    pool: ConnectionPool, address: Address, max_bytes: int, deadline: Deadline
) -> bytes | str:
    """The bytes, or where they are said to be instead."""
    headers = [(b"Host", address.host_header.encode()), *_HEADERS]
    # In parts: nobody reads the address a second time, and differently.
    url = URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
    with pool.stream("GET", url, headers=headers) as response:
        if response.status in _REDIRECTS:
            return _location(response, address)
        if response.status != 200:
            raise FetchError("fetch_status", host=address.host, status=response.status)
        return _body(response, address, max_bytes, deadline)


def _location(response: Response, address: Address) -> str:
    found = _header(response, b"location")
    if not found:
        raise FetchError("fetch_status", host=address.host, status=response.status)
    return found


def _body(response: Response, address: Address, max_bytes: int, deadline: Deadline) -> bytes:
    too_large = FetchError("fetch_too_large", host=address.host, limit=max_bytes // MEGABYTE)
    said = _header(response, b"content-length")
    if said.isdecimal() and int(said) > max_bytes:
        raise too_large
    content = bytearray()
    for piece in response.iter_stream():
        content += piece
        if len(content) > max_bytes:
            raise too_large
        deadline.check()
    deadline.check()  # a connection that was cut for it looks like one that ended
    return bytes(content)


def _header(response: Response, name: bytes) -> str:
    found = (value for key, value in response.headers if key.lower() == name)
    return next(found, b"").decode("latin-1")


def _name(address: Address) -> str:
    path = unquote(address.target.decode("ascii").partition("?")[0], errors="replace")
    return path.rstrip("/").rsplit("/", 1)[-1][:200] or address.host
