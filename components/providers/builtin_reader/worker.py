"""One thread for everything heavy: reading needs much memory, so one picture is read at a time."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

_pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="builtin-reader")


class Stopped(Exception):
    """Nobody waits for this work any more."""


class Stop:
    """A flag that the work looks at between its steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Ask the work to end at its next step."""
        self._event.set()

    @property
    def is_set(self) -> bool:
        return self._event.is_set()

    def check(self) -> None:
        """Raises Stopped once `set` was called."""
        if self._event.is_set():
            raise Stopped


def submit(work: Callable[[], T]) -> Future[T]:
    """Run `work` on the thread, after what is already waiting; never blocks."""
    return _pool.submit(work)
