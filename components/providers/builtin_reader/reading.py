"""Reading the text of a picture, line by line, remembering what was read."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from components.cache import Cache
from components.providers.builtin_reader import engine, geometry
from components.providers.builtin_reader.decode import bounded, decode
from components.providers.builtin_reader.engine import Pixels, Quad
from components.providers.builtin_reader.settings import number, whole
from components.providers.builtin_reader.worker import Stop, submit

_CLASSIFIED_AT_ONCE = 6
_VOTERS = 5


@dataclass(frozen=True)
class TextLine:
    """One piece of text on one line.

    box: four corners (x, y) in pixels of the upright picture that was read. height: pixels from
    the highest to the lowest stroke. confidence: 0 to 1. angle: degrees clockwise from upright,
    above -180 up to 180. row: pieces with the same number stand side by side.
    """

    text: str
    box: tuple[tuple[float, float], ...]
    height: float
    confidence: float
    angle: float
    row: int


# By content.
_remembered: Cache[tuple[TextLine, ...]] = Cache(whole("ocr", "cache_pictures"))


def read_text(image: Image.Image | bytes) -> list[TextLine]:
    """All text of a picture in reading order. Blocks until the reader is free and done.

    Boxes are in pixels of the picture as read: upright, at most 4096 px on the long side.
    Raises ImageError for bytes that aren't a picture, ProviderError when reading fails.
    """
    return submit(lambda: list(lines_of(_picture(image), Stop()))).result()


def already_read(image: Image.Image | bytes) -> list[TextLine] | None:
    """What `read_text` would say, if that is known without reading; else None."""
    known = _remembered.get(key_of(_picture(image)))
    return None if known is None else list(known)


def remember(key: str, lines: tuple[TextLine, ...]) -> None:
    """What another process has read (see `key_of`)."""
    _remembered.put(key, lines)


def _picture(image: Image.Image | bytes) -> Image.Image:
    return decode(image) if isinstance(image, bytes) else bounded(image.convert("RGB"))


def key_of(image: Image.Image) -> str:
    """Of a picture as it is read: what was read is remembered under it."""
    return hashlib.sha256(f"{image.size}".encode() + image.tobytes()).hexdigest()


def lines_of(image: Image.Image, stop: Stop) -> Iterator[TextLine]:
    """Lines of an upright RGB picture as they are read. Only for the reader's own thread.

    Raises Stopped between two steps when `stop` is set, ProviderError without an engine.
    """
    key = key_of(image)
    known = _remembered.get(key)
    if known is not None:
        yield from known
        return
    pixels = np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
    lines: list[TextLine] = []
    for line in _read(pixels, stop):
        lines.append(line)
        yield line
    _remembered.put(key, tuple(lines))


def _read(image: Pixels, stop: Stop) -> Iterator[TextLine]:
    quads = engine.detect(image, stop)
    crops = [engine.crop(image, quad) for quad in quads]
    heads: list[float] = []
    for start in range(0, len(crops), _CLASSIFIED_AT_ONCE):
        stop.check()
        heads += engine.upside_down(crops[start : start + _CLASSIFIED_AT_ONCE])
    quarter = _quarter(quads, crops, heads, stop)
    size = (image.shape[1], image.shape[0])
    rects = [geometry.upright_rect(quad, quarter, size) for quad in quads]
    for number_, row in enumerate(geometry.reading_rows(rects)):
        for index in row:
            stop.check()
            line = _line(quads[index], crops[index], heads[index], quarter, number_)
            if line is not None:
                yield line


def _quarter(quads: list[Quad], crops: list[Pixels], heads: list[float], stop: Stop) -> int:
    """How most text stands: 0, 90, 180 or 270 degrees clockwise.

    The classifier is often wrong about single short lines, so the longest ones vote, and unless
    they agree on "upright" they are read both ways to make sure.
    """
    longest = sorted(range(len(crops)), key=lambda i: -crops[i].shape[1])[:_VOTERS]
    tall = Counter({True: 0, False: 0})
    for index in range(len(quads)):
        tall[geometry.is_tall(quads[index])] += crops[index].shape[1]
    turned = tall[True] > tall[False]
    voters = [index for index in longest if geometry.is_tall(quads[index]) == turned]
    flipped = 0.0
    if turned or any(heads[index] for index in voters):
        for index in voters:
            stop.check()
            flipped += engine.recognise(_flip(crops[index]))[1] - engine.recognise(crops[index])[1]
    return (90 if turned else 0) + (180 if flipped > 0 else 0)


def _line(quad: Quad, crop: Pixels, head: float, quarter: int, row: int) -> TextLine | None:
    expected = quarter >= 180
    as_usual = geometry.is_tall(quad) == (quarter in (90, 270))
    surprising = head >= number("ocr", "turned_confidence") and not expected
    ways = [expected] if as_usual and not surprising else [False, True]
    read = [(*engine.recognise(_flip(crop) if way else crop), way) for way in ways]
    text, confidence, flipped = max(read, key=lambda one: one[1])
    words = any(char.isalnum() for char in text)
    needed = number("ocr", "min_confidence" if words else "sign_confidence")
    if not text or confidence < needed:
        return None
    return TextLine(
        text=text,
        box=tuple((float(x), float(y)) for x, y in quad),
        height=geometry.ink_height(crop),
        confidence=confidence,
        angle=geometry.text_angle(quad, flipped=flipped),
        row=row,
    )


def _flip(crop: Pixels) -> Pixels:
    return np.ascontiguousarray(crop[::-1, ::-1])
