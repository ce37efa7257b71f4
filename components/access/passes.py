"""Proof of having typed the shared password: a signed expiry, which every process can check.

The cookie holds a pass. As a page's script can't set a cookie that scripts can't read, it gets a
ticket instead: worth a pass, at the server's own address, for TICKET seconds.
"""

import hashlib
import re
import time
from collections.abc import Callable
from typing import Literal, get_args

from itsdangerous import BadSignature, Signer

from components.access.password import digest

VALID = 12 * 3600  # seconds that a pass is good for
TICKET = 60  # seconds
# Of what is signed with: the library takes blanks and letters of no alphabet within a signature.
_SHAPE = re.compile(r"[0-9]{1,12}\.[A-Za-z0-9_-]{43}")
Kind = Literal["pass", "ticket"]


class Passes:
    """password, secret: what the signature is made with; another of either ends all passes.
    clock: seconds since 1970."""

    def __init__(self, password: str, secret: str, clock: Callable[[], float] = time.time) -> None:
        if not password or not secret:
            raise ValueError("passes need a password and a secret")
        key = secret.encode() + b"\0" + digest(password)
        self._signers = {kind: _signer(key, kind) for kind in get_args(Kind)}
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
        return self._signers[kind].sign(str(int(self._clock()) + seconds)).decode()

    def _good(self, kind: Kind, given: str) -> bool:
        if not _SHAPE.fullmatch(given):
            return False
        try:
            return self._clock() < int(self._signers[kind].unsign(given))
        except BadSignature:
            return False


def _signer(key: bytes, kind: Kind) -> Signer:
    return Signer(key, f"tuwen {kind}", key_derivation="hmac", digest_method=hashlib.sha256)
