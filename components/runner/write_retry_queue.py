"""Writes that the store refused, tried again by themselves for as long as the process lives."""

import logging
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from components.errors import StoreError

GIVE_UP = 3600.0  # seconds after which a write is no longer tried
LONGEST = 15.0  # seconds between two tries, once they have grown that far apart
CLOSING = 10.0  # seconds that the end of the process may be put off
_LOG = logging.getLogger(__name__)


@dataclass(eq=False)
class _Late:
    group: Hashable
    write: Callable[[], None]
    written: Callable[[], None]
    since: float
    due: float
    pause: float = 1.0


class WriteRetryQueue:
    """Nothing waits in here: whoever beats once a second calls `again`. Safe from any thread; a
    write may be tried by two of them at once, so it must be harmless to repeat."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: list[_Late] = []
        self._lock = threading.Lock()

    def add(self, group: Hashable, write: Callable[[], None], written: Callable[[], None]) -> None:
        """A write that has just failed. group: what it is about; written: called once it has been
        done after all."""
        now = self._clock()
        with self._lock:
            self._waiting.append(_Late(group, write, written, now, now + 1.0))

    def holds(self, group: Hashable) -> bool:
        """Whether something about this is still to be done."""
        with self._lock:
            return any(late.group == group for late in self._waiting)

    def again(self) -> None:
        """Try those that are due, until one is refused: the others would be as well."""
        now = self._clock()
        for late in self._in_turn():
            if late.due > now or self._try(late):
                return

    def now(self, group: Hashable) -> None:
        """Do all about this before something else that it would spoil. Raises StoreError."""
        for late in self._in_turn():
            if late.group == group and (refused := self._try(late)):
                raise refused

    def last(self) -> None:
        """The process ends: each is tried once more."""
        until = self._clock() + CLOSING
        for late in self._in_turn():
            if self._clock() > until:
                break
            self._try(late)
        with self._lock:
            if self._waiting:
                _LOG.error("%d answers were never written", len(self._waiting))

    def _in_turn(self) -> list[_Late]:
        with self._lock:
            return sorted(self._waiting, key=lambda late: late.due)

    def _try(self, late: _Late) -> StoreError | None:
        """Why it was refused; None when there is nothing more to be done about it."""
        try:
            late.write()
        except StoreError as caught:
            late.pause = min(LONGEST, late.pause * 2)
            late.due = self._clock() + late.pause
            if self._clock() - late.since > GIVE_UP:
                _LOG.error("an answer could not be written for an hour: %s", caught.code)
                self._drop(late)
            return caught
        except Exception as caught:
            _LOG.exception("an answer could not be written: %s", type(caught).__name__)
            self._drop(late)
            return None
        if self._drop(late):
            late.written()
        return None

    def _drop(self, late: _Late) -> bool:
        """Whether it was still there."""
        with self._lock:
            there = late in self._waiting
            if there:
                self._waiting.remove(late)
            return there
