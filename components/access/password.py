"""The shared password: compared in constant time, wrong ones throttled over all processes."""

import hashlib
import hmac
import ipaddress
import math
from datetime import timedelta

from components.access.errors import AccessError
from components.access.store import PeopleStore
from components.errors import StoreError


class SharedPassword:
    """One per process; what counts is in the store, which all of them share."""

    def __init__(self, password: str, store: PeopleStore) -> None:
        if not password:
            raise ValueError("a gate needs a password")
        self._digest = digest(password)
        self._store = store

    def check(self, typed: str, client: str | None) -> None:
        """Return for the right password. client: the address that it comes from, None if unknown.

        While somebody has to wait the right one is refused like any other: it would tell itself
        apart. Raises AccessError: access_wrong_password, access_wait_seconds,
        access_wait_minutes, access_unchecked (the store can't be reached).
        """
        right = hmac.compare_digest(digest(typed), self._digest)
        try:
            wait = self._store.password_typed(self._place(client), right=right)
        except StoreError as error:
            raise AccessError("access_unchecked") from error
        if wait > timedelta(0):
            raise _told(wait.total_seconds())
        if not right:
            raise AccessError("access_wrong_password")

    def _place(self, client: str | None) -> str:
        """What an address is called in the log. Without the password nobody can try all addresses
        to see which one it was."""
        known = b"place\0" + network(client).encode()
        return hmac.new(self._digest, known, hashlib.sha256).hexdigest()


def network(client: str | None) -> str:
    """What counts as one address: an IPv4 address, or the /64 that one IPv6 line has."""
    try:
        found = ipaddress.ip_address(client or "")
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def digest(password: str) -> bytes:
    """SHA-256: of one length, whatever is typed; half surrogate pairs can be typed as well."""
    return hashlib.sha256(password.encode("utf-8", "surrogatepass")).digest()


def _told(wait: float) -> AccessError:
    if wait > 90:
        return AccessError("access_wait_minutes", minutes=math.ceil(wait / 60))
    return AccessError("access_wait_seconds", seconds=math.ceil(wait))
