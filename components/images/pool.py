"""Prepare images in a bounded number of threads, and never the same one twice.

What is cached is known by its content (SHA-256), the size it is prepared for and the policy;
names and owners are not kept. Decoding, resizing and WebP or PNG encoding release the GIL.
"""

import hashlib
import os
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from threading import Lock, Semaphore
from typing import TypeVar

from components.cache import Cache
from components.errors import ImageError
from components.images.formats.header import Header
from components.images.formats.scan import scan
from components.images.geometry import target_size
from components.images.limits import MEGABYTE
from components.images.prepare import prepare_to
from components.images.thumbnail import make_thumbnail
from components.images.types import DEFAULT, ImagePolicy, PreparedImage

Made = PreparedImage | bytes
Result = TypeVar("Result")
_LARGE = 150 * MEGABYTE


class ImagePool:
    """Threads and caches for preparing images.

    workers: images in work at once, by default one per CPU, whoever's thread asks.
    cache_bytes: of prepared images and thumbnails.
    """

    def __init__(self, workers: int | None = None, cache_bytes: int = 256 * MEGABYTE) -> None:
        workers = workers or os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(workers, "image")
        # Callers' own threads count as well: fifty people's photos leave room for the streams.
        self._making = Semaphore(workers)
        self._made: Cache[Made] = Cache(cache_bytes, _bytes)
        self._headers: Cache[Header] = Cache(8 * MEGABYTE, _header_bytes)
        self._waiting: dict[Hashable, Future[Made]] = {}
        self._lock = Lock()
        # Two 100 megapixel pictures at a time could take more memory than there is.
        self._large = Semaphore(1)

    def prepare(
        self,
        data: bytes,
        name: str,
        *,
        model: str,
        detail: str = "auto",
        policy: ImagePolicy = DEFAULT,
        digest: bytes | None = None,
        host: str = "",
    ) -> PreparedImage:
        """As `prepare_image`, from the cache if it was made before.

        digest: SHA-256 of `data` if it is known; working it out takes 1 ms per 2 MB.
        """
        digest = digest or hashlib.sha256(data).digest()
        header = self._header(data, name, digest)
        target = target_size(model, header.upright, detail, name, host)

        def make() -> PreparedImage:
            if header.memory < _LARGE:
                return prepare_to(data, name, header, target, policy)
            with self._large:
                return prepare_to(data, name, header, target, policy)

        made = self._once((digest, target, policy), make)
        assert isinstance(made, PreparedImage)
        return replace(made, name=name)

    def submit(
        self,
        data: bytes,
        name: str,
        *,
        model: str,
        detail: str = "auto",
        policy: ImagePolicy = DEFAULT,
        digest: bytes | None = None,
        host: str = "",
    ) -> Future[PreparedImage]:
        """`prepare` in one of the threads; the future raises ImageError as it does."""
        return self._threads.submit(
            self.prepare,
            data,
            name,
            model=model,
            detail=detail,
            policy=policy,
            digest=digest,
            host=host,
        )

    def run(self, work: Callable[..., Result], *args: object, **kwargs: object) -> Future[Result]:
        """Any other work on images, in one of the threads."""
        return self._threads.submit(work, *args, **kwargs)

    def thumbnail(
        self, data: bytes, name: str, *, side: int = 480, digest: bytes | None = None
    ) -> bytes:
        """As `make_thumbnail`, from the cache if it was made before."""
        key = (digest or hashlib.sha256(data).digest(), side)
        made = self._once(key, lambda: make_thumbnail(data, name, side=side))
        assert isinstance(made, bytes)
        return made

    def close(self) -> None:
        """Stop the threads when their work is done. Further `submit`s fail."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _header(self, data: bytes, name: str, digest: bytes) -> Header:
        known = self._headers.get(digest)
        if known is None:
            known = scan(data, name)
            self._headers.put(digest, known)
        return known

    def _once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The value of `key`, made by one thread while others that want it wait."""
        made = self._made.get(key)
        if made is not None:
            return made
        with self._lock:
            waiting = self._waiting.get(key)
            mine: Future[Made] = Future()
            if waiting is None:
                self._waiting[key] = mine
        if waiting is not None:
            try:
                return waiting.result()
            except ImageError:
                # It names the other one's file.
                with self._making:
                    return make()
        try:
            with self._making:
                made = make()
            self._made.put(key, replace(made, name="") if not isinstance(made, bytes) else made)
            mine.set_result(made)
        except BaseException as error:
            mine.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._waiting[key]
        return made


@lru_cache(maxsize=1)
def shared_pool() -> ImagePool:
    """The process's pool."""
    return ImagePool()


def _bytes(made: Made) -> int:
    return len(made) if isinstance(made, bytes) else len(made.content) + len(made.data_url)


def _header_bytes(header: Header) -> int:
    icc = len(header.icc or b"")
    return 1000 + icc + sum(len(p) if isinstance(p, bytes) else 100 for p in header.pieces)
