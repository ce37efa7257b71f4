"""The shared password: compared in constant time, wrong ones throttled."""

import hashlib
import hmac
import ipaddress
import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

from components.access.errors import AccessError

FREE = 5  # wrong ones that an address may send without a wait
FIRST_WAIT = 2.0  # seconds after the next one; doubled with each further one
LONGEST_WAIT = 900.0
FORGOTTEN = 3600.0  # seconds after its last wrong one that an address starts anew
ALL_PER_MINUTE = 30  # wrong ones of all addresses together
_ADDRESSES = 10_000  # that are remembered at once


@dataclass
class _Failures:
    count: int = 0
    last: float = -math.inf


class PasswordGate:
    """One per process. clock: seconds, monotonic."""

    def __init__(self, password: str, clock: Callable[[], float] = time.monotonic) -> None:
        if not password:
            raise ValueError("a gate needs a password")
        self._digest = _digest(password)
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, _Failures] = OrderedDict()
        self._recent: deque[float] = deque(maxlen=ALL_PER_MINUTE)

    def check(self, typed: str, client: str | None) -> None:
        """Return for the right password. client: the address that it comes from, None if unknown.

        While somebody has to wait nothing is compared: the right one would tell itself apart.
        Raises AccessError: access_wrong_password, access_wait_seconds, access_wait_minutes.
        """
        place = network(client)
        with self._lock:
            now = self._clock()
            if (wait := self._wait(place, now)) > 0:
                raise _told(wait)
            if hmac.compare_digest(_digest(typed), self._digest):
                self._failures.pop(place, None)
                return
            self._note(place, now)
            wait = self._wait(place, now)
        raise _told(wait) if wait > 0 else AccessError("access_wrong_password")

    def _wait(self, place: str, now: float) -> float:
        """Seconds until this address may try again, 0 if it may."""
        alone = 0.0
        if (known := self._failures.get(place)) and known.count >= FREE:
            doubled = FIRST_WAIT * 2.0 ** min(known.count - FREE, 20)
            alone = known.last + min(doubled, LONGEST_WAIT) - now
        full = len(self._recent) == ALL_PER_MINUTE
        together = self._recent[0] + 60.0 - now if full else 0.0
        return max(alone, together, 0.0)

    def _note(self, place: str, now: float) -> None:
        known = self._failures.pop(place, _Failures())
        count = 1 if now - known.last > FORGOTTEN else known.count + 1
        self._failures[place] = _Failures(count, now)  # the latest stand last
        while len(self._failures) > _ADDRESSES:
            self._failures.popitem(last=False)
        self._recent.append(now)


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


def _digest(password: str) -> bytes:
    """Of one length, whatever is typed; half surrogate pairs can be typed as well."""
    return hashlib.sha256(password.encode("utf-8", "surrogatepass")).digest()


def _told(wait: float) -> AccessError:
    if wait > 90:
        return AccessError("access_wait_minutes", minutes=math.ceil(wait / 60))
    return AccessError("access_wait_seconds", seconds=math.ceil(wait))
