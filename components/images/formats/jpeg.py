"""Read a JPEG without decoding: walk its segments, keep those that the picture needs."""

import re

from components.errors import ImageError
from components.images.formats.header import Header, merge
from components.images.formats.jpeg_segments import (
    Seen,
    expected_restarts,
    follows_scan,
    is_frame,
    note_application,
    note_frame,
    note_scan,
)
from components.images.limits import MAX_METADATA_BYTES, MAX_SEGMENTS

_NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_RESTART = re.compile(rb"\xff([\xd0-\xd7])")
_SOI, _EOI, _SOS, _DRI = 0xD8, 0xD9, 0xDA, 0xDD


def read_jpeg(data: bytes, name: str) -> Header:
    """Header of the first picture. Raises ImageError."""
    seen = Seen(name, [slice(0, 2)])
    pos = 2
    for _ in range(MAX_SEGMENTS):
        found = _NEXT.search(data, pos)
        if not found:
            break
        marker, start = data[found.start() + 1], found.start()
        if seen.scans and (not follows_scan(marker) or data[pos:start].strip(b"\xff")):
            seen.stray = True
        if marker == _EOI:
            seen.finished = True
            seen.pieces.append(slice(start, start + 2))
            break
        pos = found.end()
        if marker in (_SOI, 0x01):
            continue
        end = pos + int.from_bytes(data[pos : pos + 2], "big")
        if end < pos + 2 or end > len(data):
            seen.stray = seen.stray or bool(seen.scans)
            break
        pos = _take(seen, marker, data, start, end)
    else:
        raise ImageError("image_too_complex", name=name)
    return _header(seen, len(data))


def _take(seen: Seen, marker: int, data: bytes, start: int, end: int) -> int:
    """Note one segment; where to go on."""
    if 0xE0 <= marker <= 0xEF or marker == 0xFE:
        if note_application(seen, marker, data[start + 4 : end]):
            seen.pieces.append(slice(start, end))
        return end
    if is_frame(marker):
        note_frame(seen, marker, data[start + 4 : end])
    if marker == _DRI:
        seen.interval = int.from_bytes(data[start + 4 : end], "big")
    if marker == _SOS:
        seen.before = seen.before or (*seen.pieces, slice(start, len(data)))
        note_scan(seen, data[start + 4 : end])
        following = _NEXT.search(data, end)
        stop = following.start() if following else len(data)
        restarts = b"".join(_RESTART.findall(data, end, stop))
        seen.stray = seen.stray or restarts != expected_restarts(seen, data[start + 4 : end])
        end = stop
    seen.pieces.append(slice(start, end))
    return end


def _header(seen: Seen, length: int) -> Header:
    count = len(seen.components) // 3
    if not seen.kind or not seen.scans or (not seen.finished and any(seen.missing.values())):
        raise ImageError("image_truncated", name=seen.name)
    if seen.bits != 8:
        variant = f"{seen.bits}-bit JPEG"
        raise ImageError("image_unsupported_variant", name=seen.name, variant=variant)
    if count not in (1, 3, 4):
        variant = f"JPEG with {count} channels"
        raise ImageError("image_unsupported_variant", name=seen.name, variant=variant)
    icc = b"".join(part for _, part in sorted(seen.icc.items()))
    orientation, gps = seen.exif or (0, False)
    return Header(
        "jpeg",
        *seen.size,
        orientation=orientation or seen.xmp[0] or 1,
        pictures=seen.pictures,
        icc=icc if 0 < len(icc) <= MAX_METADATA_BYTES else None,
        grey=count == 1,
        plain=count != 4 and seen.kind < 0xC3,
        mended=not seen.finished and not seen.stray,
        flawed=seen.stray,
        damaged=seen.stray,
        progressive=seen.kind in (0xC2, 0xCA),
        exif=seen.exif is not None,
        gps=gps or seen.xmp[1],
        metadata=seen.metadata,
        memory=_memory(seen),
        # What a decoder makes of stray bytes depends on all of them.
        pieces=merge(seen.before if seen.stray else seen.pieces),
    )


def _memory(seen: Seen) -> int:
    """Coefficients of the whole picture (2 bytes each) are kept if it comes in several scans."""
    pixels = seen.size[0] * seen.size[1]
    if seen.scans < 2:
        return pixels * 4
    factors = [(s >> 4) * (s & 15) for s in seen.components[1::3]]
    return 2 * pixels * sum(factors) // max(1, *factors, 1) + pixels * 4
