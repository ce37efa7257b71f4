"""Waiting for what another thread or process does."""

import time
import urllib.request
from collections.abc import Callable


def until(
    holds: Callable[[], object], seconds: float = 20, said: str = "it has not come to that"
) -> None:
    """Look every 20 ms until `holds()` is true. Raises AssertionError with `said` after `seconds`;
    what `holds` itself asserts ends the waiting at once."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, said
        time.sleep(0.02)


def serves(url: str) -> bool:
    """Whether a server answers there."""
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except OSError:
        return False
