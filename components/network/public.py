"""Which hosts and addresses are on the public web.

Registries: IANA's IPv4 and IPv6 special-purpose address registries, read November 2026. Python's
own list is as old as the Python that runs, so IPv6 goes the other way round: only what has been
given out for the public (2000::/3), less what is special within it.
"""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

_NEVER_PUBLIC = (".local", ".internal", ".localhost", ".localdomain", ".home.arpa")
# What browsers and the C library read as an IPv4 address although it doesn't look like one: 127.1,
# 0x7f.1, 0177.0.0.1. A name on the public web never ends in a number.
_ENDS_IN_NUMBER = re.compile(r"(^|\.)(\d+|0x[0-9a-f]*)$")
_GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
# Inside clouds and networks, for documents, of services that every network answers itself (AS112,
# AMT), or IPv4 within IPv6 (tunnels lead anywhere).
_INSIDE = tuple(
    ipaddress.ip_network(each)
    for each in (
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.175.48.0/24",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)


def public_url(url: str) -> SplitResult | None:
    """The parts of an address on the public web, None for anything else: another scheme, a user
    name or password, a private or local address in any way of writing it.
    """
    # A backslash is a slash to browsers, and so would hide the host from one of the two.
    if any(c.isspace() or not c.isprintable() or c == "\\" for c in url):
        return None
    try:
        parts = urlsplit(url)
        usual = parts.scheme in {"http", "https"} and "@" not in parts.netloc and parts.port != 0
        return parts if usual and is_public(parts.hostname or "") else None
    except ValueError:
        return None


def is_public(host: str) -> bool:
    """Whether a host, a name or an address, looks like one of the public web. Nothing is looked
    up, so a name may lead inside all the same."""
    return is_public_address(host) or _is_public_name(host)


def is_public_address(text: str) -> bool:
    """Whether this is an IP address, and one of the public web."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and (
        address.scope_id or address not in _GIVEN_OUT
    ):
        return False
    inside = any(address in network for network in _INSIDE if network.version == address.version)
    return address.is_global and not address.is_multicast and not inside


def ascii_host(host: str) -> str:
    """A host as it is looked up, without a dot at its end. Raises UnicodeError for what is none."""
    if ":" in host:
        return host
    # Other scripts have digits and dots of their own, which stand for the usual ones in a name.
    name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    return name if name == host else ascii_host(name)


def _is_public_name(host: str) -> bool:
    try:
        name = ascii_host(host)
    except UnicodeError:
        return False
    if name != host:
        return is_public(name)
    known = "." in name and ":" not in name and not name.endswith(_NEVER_PUBLIC)
    return known and not _ENDS_IN_NUMBER.search(name)
