"""The secret in a link: whoever has it may read, so only its hash is kept."""

import hashlib
import re
import secrets

BITS = 192
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}", re.ASCII)  # 192 bits in base64, no padding


def new_token() -> str:
    """32 characters that are safe in an address, 192 random bits."""
    return secrets.token_urlsafe(BITS // 8)


def hash_of(token: str) -> str | None:
    """SHA-256 in hex; None for what can't be a token.

    Plain SHA-256 is enough for 192 random bits: there is nothing to guess. The hash is what is
    looked up, so how long that takes tells nothing about any token.
    """
    if not _TOKEN.fullmatch(token):
        return None
    return hashlib.sha256(token.encode("ascii")).hexdigest()
