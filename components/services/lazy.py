"""Things of which a process has one, made by whoever needs them first."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")
_making = threading.RLock()  # one for all: making one makes what it needs


class Once(Generic[Made]):
    """functools.cache for a function without arguments, but one thread at a time makes it: when a
    database is back all visits ask at once, and two runners wouldn't know of each other's answers.

    What raises is not kept: the next caller tries again.
    """

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._kept: list[Made] = []

    def __call__(self) -> Made:
        if kept := self._kept:
            return kept[0]
        with _making:
            if not self._kept:
                self._kept = [self._make()]
            return self._kept[0]

    @property
    def made(self) -> bool:
        return bool(self._kept)

    def cache_clear(self) -> None:
        """As functools.cache has it; what is being made by another thread goes as well."""
        with _making:
            self._kept = []
