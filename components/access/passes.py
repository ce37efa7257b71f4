"""Proof of having typed the shared password: a signed expiry, which every process can check.

The cookie holds a pass. As a page's script can't set a cookie that scripts can't read, it gets a
ticket instead: worth a pass, at the server's own address, for TICKET seconds.
"""

import hashlib
import hmac
import time
from collections.abc import Callable
from typing import Literal

from components.access.password import digest

VALID = 12 * 3600  # seconds that a pass is good for
TICKET = 60  # seconds
_LONGEST = 200  # characters that are looked at
Kind = Literal["pass", "ticket"]


class Passes:
    """password, secret: what the signature is made with; another of either ends all passes.
    clock: seconds since 1970."""

    def __init__(self, password: str, secret: str, clock: Callable[[], float] = time.time) -> None:
        if not password or not secret:
            raise ValueError("passes need a password and a secret")
        words = b"tuwen passes\0" + digest(password)
        self._key = hmac.new(secret.encode(), words, hashlib.sha256).digest()
        self._clock = clock

    def issue(self) -> str:
        """A pass, good for VALID seconds."""
        return self._made("pass", VALID)

    def ticket(self) -> str:
        """What `redeem` takes, for TICKET seconds."""
        return self._made("ticket", TICKET)

    def holds(self, given: str) -> bool:
        """Whether this is a pass, and good."""
        return self._good("pass", given)

    def redeem(self, ticket: str) -> str | None:
        """A pass for a ticket, None for anything else."""
        return self.issue() if self._good("ticket", ticket) else None

    def _made(self, kind: Kind, seconds: int) -> str:
        until = int(self._clock()) + seconds
        return f"{until}.{self._signature(kind, str(until))}"

    def _good(self, kind: Kind, given: str) -> bool:
        until, _, signature = given[:_LONGEST].partition(".")
        if not (until.isascii() and until.isdecimal() and signature.isascii()):
            return False
        if not hmac.compare_digest(signature, self._signature(kind, until)):
            return False
        return self._clock() < int(until)

    def _signature(self, kind: Kind, until: str) -> str:
        return hmac.new(self._key, f"{kind}\0{until}".encode(), hashlib.sha256).hexdigest()
