"""A cache that forgets what wasn't used for longest, limited by bytes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class ByteCache(Generic[Value]):
    """Values by key, at most `limit` bytes of them by `measure`. Safe to use from threads."""

    def __init__(self, limit: int, measure: Callable[[Value], int]) -> None:
        self._limit, self._measure = limit, measure
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    @property
    def size(self) -> int:
        """Bytes held."""
        return self._bytes

    def get(self, key: Hashable) -> Value | None:
        """The value of `key`, which counts as used now; None if it isn't there."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, value: Value) -> None:
        """Keep `value`. One that is larger than the whole cache is not kept."""
        size = self._measure(value)
        with self._lock:
            if size > self._limit:
                return
            if key in self._kept:
                self._bytes -= self._measure(self._kept.pop(key))
            self._kept[key] = value
            self._bytes += size
            while self._bytes > self._limit:
                self._bytes -= self._measure(self._kept.popitem(last=False)[1])
