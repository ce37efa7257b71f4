"""Runs of other processes, known by looking at the store again and again.

Several processes share a store. Whoever asks writes what came, and a heartbeat, once a second; the
others read that, and ask it to stop through the store.
"""

import logging
import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

from components.errors import StoreError

LOOK = 1.0  # seconds between two looks
Seen = TypeVar("Seen")
AnyRemote = TypeVar("AnyRemote", bound="RemoteRun[Any]")
_LOG = logging.getLogger(__name__)


class RemoteRun(Generic[Seen]):
    """One of them, for any number of readers: whichever is there first looks for all, so that the
    store is asked once a second however many there are, and not at all when nobody reads."""

    def __init__(
        self,
        seen: Seen,
        look: Callable[[], Seen],
        over: Callable[[Seen], bool],
        every: float = LOOK,
    ) -> None:
        """seen: what is known already. look: blocking; a StoreError leaves what is known. over:
        whether nothing more will come."""
        self._seen, self._look, self.over, self._every = seen, look, over, every
        self._version = 0
        self._due = time.monotonic() + every
        self._changed = threading.Condition()
        self._looking = False

    @property
    def seen(self) -> Seen:
        with self._changed:
            return self._seen

    @property
    def done(self) -> bool:
        with self._changed:
            return self.over(self._seen)

    def wait_for(self, version: int, timeout: float) -> tuple[int, Seen]:
        """Wait until something is newer than `version`, or about `timeout` seconds."""
        until = time.monotonic() + timeout
        while True:
            with self._changed:
                now = time.monotonic()
                if self._version > version or self.over(self._seen) or now >= until:
                    return self._version, self._seen
                mine = not self._looking and now >= self._due
                if mine:
                    self._looking = True
                else:
                    wake = until if self._looking else min(until, self._due)
                    self._changed.wait(wake - now)
            if mine:
                self._look_now()

    def _look_now(self) -> None:
        found = self._seen
        try:
            found = self._look()
        except StoreError as caught:
            _LOG.info("what another process does could not be read: %s", caught.code)
        finally:
            with self._changed:
                if found != self._seen:
                    self._seen = found
                    self._version += 1
                self._looking, self._due = False, time.monotonic() + self._every
                self._changed.notify_all()


class RemoteRuns(Generic[AnyRemote]):
    """Those of one kind. One per process, so that all its tabs share what is read."""

    def __init__(self) -> None:
        self._followed: WeakValueDictionary[Hashable, AnyRemote] = WeakValueDictionary()
        self._lock = threading.Lock()

    def follow(self, key: Hashable, make: Callable[[], AnyRemote]) -> AnyRemote:
        """The one that somebody reads already, made anew when there is none or it is over."""
        with self._lock:
            found = self._followed.get(key)
            if found is None or found.done:
                found = self._followed[key] = make()
            return found
