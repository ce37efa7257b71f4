"""Which addresses are taken. Nothing is looked up here."""

from dataclasses import dataclass

from components.fetching.errors import FetchError
from components.network import ascii_host, public_url

MAX_CHARACTERS = 2048
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Address:
    """Where a picture lies. host: in ASCII, without a dot at its end, or an IP address; target:
    path and query as they are sent."""

    scheme: str
    host: str
    port: int
    target: bytes

    @property
    def host_header(self) -> str:
        """As HTTP writes it: the port only where it isn't the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if PORTS[self.scheme] == self.port else f"{host}:{self.port}"


def address_of(url: str) -> Address:
    """The parts of an address on the public web, on port 80 or 443, without a user in it.

    Raises FetchError fetch_address for anything else, in any way of writing it.
    """
    if len(url) > MAX_CHARACTERS:
        raise FetchError("fetch_address", host="")
    parts = public_url(url)
    if parts is None:
        raise FetchError("fetch_address", host="")
    host = ascii_host(parts.hostname or "")
    port = parts.port or PORTS[parts.scheme]
    if port not in PORTS.values():
        raise FetchError("fetch_address", host=host)
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    return Address(parts.scheme, host, port, _quoted(target))


def _quoted(target: str) -> bytes:
    """Other scripts as %XX; what is quoted already stays."""
    return b"".join(
        byte.to_bytes() if 0x21 <= byte <= 0x7E else b"%%%02X" % byte
        for byte in target.encode("utf-8")
    )
