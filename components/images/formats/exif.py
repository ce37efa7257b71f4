"""The three things that matter in metadata: which way is up, whether it tells a place, MPO.

A small reader of TIFF directories (TIFF 6.0; CIPA DC-008 for EXIF, DC-007 for MPF) that never
follows more than it was asked for. Anything odd counts as absent.
"""

import re
import struct
import zlib

from components.images.limits import MAX_METADATA_BYTES

_ORIENTATION, _GPS, _MPF_COUNT = 0x0112, 0x8825, 0xB001
_LATITUDE, _LONGITUDE = 2, 4
_XMP_ORIENTATION = re.compile(rb'tiff:Orientation(?:="|>)\s*([1-8])\b')


def directory(tiff: bytes, offset: int | None = None) -> dict[int, int]:
    """Tag -> value (or offset of a longer value) of one TIFF directory, {} if unreadable."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "")
    if not order:
        return {}
    try:
        if offset is None:
            offset = struct.unpack_from(order + "I", tiff, 4)[0]
        count = struct.unpack_from(order + "H", tiff, offset)[0]
        return dict(_entries(tiff, order, offset + 2, count))
    except struct.error:
        return {}


def _entries(tiff: bytes, order: str, start: int, count: int) -> list[tuple[int, int]]:
    found = []
    for at in range(start, min(start + 12 * count, len(tiff) - 11), 12):
        tag, kind = struct.unpack_from(order + "HH", tiff, at)
        found.append(
            (tag, struct.unpack_from(order + ("H" if kind == 3 else "I"), tiff, at + 8)[0])
        )
    return found


def read_exif(tiff: bytes) -> tuple[int, bool]:
    """(orientation 1 to 8 or 0 if there is none, whether it holds a place) of an EXIF block."""
    tiff = tiff.removeprefix(b"Exif\0\0")
    tags = directory(tiff)
    orientation = tags.get(_ORIENTATION, 0)
    place = directory(tiff, tags[_GPS]) if _GPS in tags else {}
    return (
        orientation if 1 <= orientation <= 8 else 0,
        _LATITUDE in place or _LONGITUDE in place,
    )


def read_xmp(xmp: bytes) -> tuple[int, bool]:
    """The same of an XMP packet."""
    found = _XMP_ORIENTATION.search(xmp)
    return int(found[1]) if found else 0, b"exif:GPSLatitude" in xmp


def mpf_pictures(tiff: bytes) -> int:
    """Number of pictures by a JPEG's MPF block, at least 1."""
    return max(1, min(directory(tiff).get(_MPF_COUNT, 1), 1000))


def inflate(packed: bytes) -> bytes:
    """Unpack zlib data, b"" if it is broken or unpacks to more than metadata ever needs."""
    try:
        unpacker = zlib.decompressobj()
        out = unpacker.decompress(packed, MAX_METADATA_BYTES)
    except zlib.error:
        return b""
    return b"" if unpacker.unconsumed_tail else out
