"""Whether a cleaned file holds every pixel that it announces.

Decoders fill what is missing with grey, black or the first colour and say nothing; other decoders
refuse the file. So what is to be sent as it came is decoded, and shown to be complete.
"""

import re

from PIL import Image

from components.errors import ImageError
from components.images.decode import decode
from components.images.formats.header import Header
from components.images.formats.png_data import inflates_exactly

_FILLER = b"\x55" * 64
_SOS, _EOI = 0xDA, 0xD9
# Without a repeat at their beginning: that takes twenty times as long, longer than decoding.
_NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_RESTART = re.compile(rb"\xff[\xd0-\xd7]")
_OTHER_FILL = b"\x21\xf9\x04\x01\0\0\xff\0"
"""A GIF's graphic control extension: colour 255 is transparent."""


def is_whole(clean: bytes, header: Header, name: str) -> bool:
    """Whether `clean` (of one frame) lacks nothing and nothing in it is broken.

    Raises ImageError for what doesn't decode at all.
    """
    if header.damaged:
        return False
    if header.format == "png":
        return inflates_exactly(clean)
    if header.format == "jpeg":
        return _same(clean, filled_jpeg(clean), header, name)
    if header.format == "gif":
        return _same(clean, _filled_gif(clean), header, name)
    return True  # libwebp refuses what isn't whole


def _same(clean: bytes, filled: bytes, header: Header, name: str) -> bool:
    """Whether what was filled in changes no pixel: then no pixel was missing."""
    size = (header.width, header.height)
    if header.format == "jpeg" and not header.progressive:
        # Any block that is missing shows at a quarter of the size, in half the time.
        size = (max(1, size[0] // 4), max(1, size[1] // 4))
    try:
        return _pixels(clean, header, name, size) == _pixels(filled, header, name, size)
    except ImageError:
        decode(clean, header, name, size)
        return False


def _pixels(data: bytes, header: Header, name: str, size: tuple[int, int]) -> Image.Image:
    im = decode(data, header, name, size)
    im.info = {}
    return im


def filled_jpeg(clean: bytes) -> bytes:
    """`clean`, a JPEG without stray bytes, with bits appended to each run of coded data.

    Where blocks are missing they are taken for picture data; where none are, they are skipped.
    """
    parts, pos = [clean[:2]], 2
    while clean[pos + 1] != _EOI:
        if clean[pos + 1] == 0xFF:
            pos += 1
            continue
        end = pos + 2 + int.from_bytes(clean[pos + 2 : pos + 4], "big")
        parts.append(clean[pos:end])
        if clean[pos + 1] == _SOS:
            found = _NEXT.search(clean, end)
            stop = _begin(clean, found.start(), end) if found else len(clean)
            parts += [_filled_runs(clean[end:stop]), _FILLER]
            end = stop
        pos = end
    return b"".join([*parts, clean[pos:]])


def _filled_runs(coded: bytes) -> bytes:
    """Coded data with the filler before each marker that begins another run."""
    parts, pos = [], 0
    for found in _RESTART.finditer(coded):
        at = _begin(coded, found.start(), pos)
        parts += [coded[pos:at], _FILLER]
        pos = at
    return b"".join([*parts, coded[pos:]])


def _begin(data: bytes, at: int, least: int) -> int:
    """Where the marker at `at` begins: bytes of 0xFF before it belong to it."""
    while at > least and data[at - 1] == 0xFF:
        at -= 1
    return at


def _filled_gif(clean: bytes) -> bytes:
    """`clean` with another colour where the data leave the frame empty."""
    pos = 13 + (3 << (clean[10] & 7) + 1 if clean[10] & 0x80 else 0)
    if clean[pos] == 0x21:
        pos += 8
    return clean[:pos] + _OTHER_FILL + clean[pos:]
