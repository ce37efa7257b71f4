"""Addresses of images that the endpoint is to download itself. Nothing is looked up here."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

_NEVER_PUBLIC = (".local", ".internal", ".localhost", ".localdomain", ".home.arpa")
# What browsers and libc read as an IPv4 address although it doesn't look like one: 127.1,
# 0x7f.1, 0177.0.0.1. A name on the public web never ends in a number.
_ENDS_IN_NUMBER = re.compile(r"\.(\d+|0x[0-9a-f]*)$")


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
        return parts if usual and _is_public(parts.hostname or "") else None
    except ValueError:
        return None


def _is_public(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return _is_public_name(host)
    return address.is_global and not address.is_multicast


def _is_public_name(host: str) -> bool:
    """Raises ValueError for what can't be a name."""
    # Other scripts have digits and dots of their own, which stand for the usual ones in a name.
    name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    if name != host:
        return _is_public(name)
    known = "." in name and not name.endswith(_NEVER_PUBLIC)
    return known and not _ENDS_IN_NUMBER.search(name)
