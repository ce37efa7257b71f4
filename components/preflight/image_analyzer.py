"""Where facts are worked out: the quick part at once, the text off the caller's thread."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar, cast

from components.cache import Cache
from components.errors import ImageError
from components.images import ImageInfo, inspect_image
from components.images.geometry import Size
from components.images.pool import ImagePool, shared_pool
from components.preflight.camera_model import camera_of
from components.preflight.image_facts import ImageFacts, ImageToCheck, as_seen, seen_size
from components.preflight.legible import by_height, by_reading, comfortable
from components.preflight.lines import Line, placed, read_size
from components.preflight.quality import Look, look, measured_size
from components.preflight.readings import Readings, shared_readings
from components.preflight.settings import number
from components.providers.builtin_reader.reading_process import Lines

Value = TypeVar("Value")
_REMEMBERED = 4096


class ImageAnalyzer:
    """Works facts out once per content and size. Safe to use from threads."""

    def __init__(self, readings: Readings | None = None, pool: ImagePool | None = None) -> None:
        self._readings, self._pool = readings or shared_readings(), pool or shared_pool()
        # Counted, not weighed: each is small.
        self._known: Cache[object] = Cache(_REMEMBERED)

    def facts(self, picture: ImageToCheck, *, read: bool = True, wait: bool = False) -> ImageFacts:
        """What is known now. Raises ImageError for what isn't an accepted picture.

        read: have the text read, too, off this thread: `pending` says that more will be known.
        wait: until all of it is known.
        """
        key = picture.key
        info, camera = self._once((key, "file"), lambda: self._file(picture))
        seen = seen_size(picture, info)
        found = ImageFacts(
            name=picture.name,
            digest=key,
            info=info,
            model=picture.model,
            detail=picture.detail,
            seen=seen,
            look=self._look(picture, info, seen or (info.width, info.height), key),
            camera=camera,
            as_is=picture.as_is,
        )
        return self._with_text(found, picture, wait) if read else found

    def forget(self, picture: ImageToCheck) -> None:
        """The picture has left the tray: stop reading it."""
        key = picture.key
        info, _ = self._once((key, "file"), lambda: self._file(picture))
        self._readings.forget((key, None))
        self._readings.forget((key, seen_size(picture, info)))

    def _with_text(self, found: ImageFacts, picture: ImageToCheck, wait: bool) -> ImageFacts:
        original = self._readings.want(
            (found.digest, None),
            lambda: (picture.content, max(read_size(found.size))),
        )
        lines = _result(original, wait)
        if lines is None:
            return replace(found, pending=not original.done(), failed=original.done())
        ours = placed(lines, read_size(found.size), found.size)
        if found.seen is None or found.scale == 1 or comfortable(ours, found.scale):
            return replace(found, lines=by_height(ours, found.scale))
        again = self._again(found, picture, wait)
        if isinstance(again, Future):
            return replace(found, lines=by_height(ours, found.scale), pending=not again.done())
        states = self._once(
            (found.digest, found.seen, "states"), lambda: by_reading(ours, again, found.scale)
        )
        return replace(found, lines=states)

    def _again(
        self, found: ImageFacts, picture: ImageToCheck, wait: bool
    ) -> "tuple[Line, ...] | Future[Lines]":
        """What stands in the picture at the model's size."""
        seen = found.seen
        assert seen is not None
        future = self._readings.want(
            (found.digest, seen),
            lambda: (as_seen(picture, self._pool, found.digest).content, None),
        )
        lines = _result(future, wait)
        return future if lines is None else placed(lines, read_size(seen), found.size)

    def _look(self, picture: ImageToCheck, info: ImageInfo, seen: Size, key: bytes) -> Look | None:
        def measure() -> Look | None:
            try:
                return self._measured(picture, info, seen, key)
            except ImageError:
                return None

        return self._once((key, measured_size(seen), "look"), measure)

    def _measured(self, picture: ImageToCheck, info: ImageInfo, seen: Size, key: bytes) -> Look:
        name = picture.name
        if info.format == "jpeg" or info.megapixels <= number("look", "thumbnail_above"):
            return look(picture.content, name, info, seen)
        # These can't be scaled while decoding, and the tray has made a thumbnail already.
        small = self._pool.thumbnail(picture.content, name, digest=key)
        return look(small, name, inspect_image(small, name), seen)

    @staticmethod
    def _file(picture: ImageToCheck) -> tuple[ImageInfo, str]:
        info = inspect_image(picture.content, picture.name)
        return info, camera_of(picture.content, info)

    def _once(self, key: Hashable, make: Callable[[], Value]) -> Value:
        known = self._known.get(key)
        if known is None:
            known = (make(),)
            self._known.put(key, known)
        return cast(tuple[Value], known)[0]


@lru_cache(maxsize=1)
def shared_analyzer() -> ImageAnalyzer:
    """The process's."""
    return ImageAnalyzer()


def _result(future: "Future[Lines]", wait: bool) -> Lines | None:
    """What was read, None where it isn't yet or can't be."""
    if not wait and not future.done():
        return None
    try:
        return future.result()
    except Exception:  # AppError, cancelled, or what a native library makes of one odd picture
        return None
