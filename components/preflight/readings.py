"""Texts of pictures, read beside everything else and remembered by content and size."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from threading import Lock

from components.preflight.settings import whole
from components.providers.builtin_reader.reading_process import Lines, shared_process
from components.providers.builtin_reader.worker import Stop

Picture = tuple[bytes, int | None]  # encoded, and the longest side at which it is read
Reader = Callable[[bytes, int | None, Stop], Lines]

_waiting = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tuwen-preflight")


def _read(content: bytes, side: int | None, stop: Stop) -> Lines:
    return shared_process().read(content, side, stop)


class Readings:
    """What was read and is being read. Safe to use from threads; holds no names and no owners.

    reader: reads a picture, one at a time.
    """

    def __init__(self, reader: Reader = _read) -> None:
        self._reader = reader
        self._jobs: OrderedDict[Hashable, tuple[Future[Lines], Stop]] = OrderedDict()
        self._lock = Lock()

    def want(self, key: Hashable, picture: Callable[[], Picture]) -> "Future[Lines]":
        """What stands in a picture, started unless it is known or under way. Never blocks.

        picture: gives it, when its turn has come. The future raises ImageError or ProviderError; a
        failure isn't tried again while it is remembered.
        """
        with self._lock:
            if key in self._jobs:
                self._jobs.move_to_end(key)
                return self._jobs[key][0]
            stop = Stop()
            future = _waiting.submit(self._work, picture, stop)
            self._jobs[key] = future, stop
            self._drop()
            return future

    def forget(self, key: Hashable) -> None:
        """Nobody wants it any more: what is waiting is dropped, what runs ends between lines."""
        with self._lock:
            job = self._jobs.pop(key, None)
        if job:
            job[0].cancel()
            job[1].set()

    def _work(self, picture: Callable[[], Picture], stop: Stop) -> Lines:
        stop.check()
        return self._reader(*picture(), stop)

    def _drop(self) -> None:
        while len(self._jobs) > whole("reading", "most"):
            future, stop = self._jobs.popitem(last=False)[1]
            future.cancel()
            stop.set()


@lru_cache(maxsize=1)
def shared_readings() -> Readings:
    """The process's."""
    return Readings()
