"""A cache that forgets what wasn't used for longest."""

from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

Value = TypeVar("Value")


class Cache(Generic[Value]):
    """Values by key, at most `limit` of them, or of what `measure` says of each: bytes, as a rule.
    Safe to use from threads."""

    def __init__(self, limit: int, measure: Callable[[Value], int] | None = None) -> None:
        self._kept: LRUCache[Hashable, Value] = LRUCache(limit, measure)
        self._lock = Lock()

    @property
    def size(self) -> int:
        """What is held, by `measure`."""
        return int(self._kept.currsize)

    def get(self, key: Hashable) -> Value | None:
        """The value of `key`, which counts as used now; None if it isn't there."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: Hashable, value: Value) -> None:
        """Keep `value`. One that is larger than the whole cache is not kept."""
        with self._lock, suppress(ValueError):
            self._kept[key] = value
