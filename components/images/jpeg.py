"""Read a JPEG's segments without decoding (ITU T.81 annex B, JFIF, EXIF, MPF)."""

import re
from dataclasses import dataclass, field

from components.errors import ImageError
from components.images import exif
from components.images.header import Header, merge
from components.images.limits import (
    MAX_METADATA_BYTES,
    MAX_ORIGINAL_PIXELS,
    MAX_SCAN_PIXELS,
    MAX_SCANS,
    MAX_SEGMENTS,
)

_NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC9, 0xCA}
_VARIANTS = {0xC3: "lossless JPEG", 0xC5: "hierarchical JPEG", 0xDE: "hierarchical JPEG"}
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA


@dataclass
class _Seen:
    """What has been seen so far."""

    name: str
    pieces: list[bytes | slice] = field(default_factory=list)
    kind: int = 0
    bits: int = 8
    size: tuple[int, int] = (0, 0)
    components: bytes = b""
    missing: dict[int, set[int]] = field(default_factory=dict)
    scans: int = 0
    icc: dict[int, bytes] = field(default_factory=dict)
    exif: tuple[int, bool] | None = None
    xmp: tuple[int, bool] = (0, False)
    pictures: int = 1
    metadata: bool = False
    finished: bool = False


def read_jpeg(data: bytes, name: str) -> Header:
    """Header of the first picture. Raises ImageError."""
    seen = _Seen(name, [slice(0, 2)])
    pos = 2
    for _ in range(MAX_SEGMENTS):
        found = _NEXT.search(data, pos)
        if not found:
            break
        marker, start = data[found.start() + 1], found.start()
        if marker == _EOI:
            seen.finished = True
            seen.pieces.append(slice(start, start + 2))
            break
        pos = found.end()
        if marker in (_SOI, 0x01):
            continue
        end = pos + int.from_bytes(data[pos : pos + 2], "big")
        if end < pos + 2 or end > len(data):
            break
        pos = _take(seen, marker, data, start, end)
    else:
        raise ImageError("image_too_complex", name=name)
    return _header(seen, len(data))


def _take(seen: _Seen, marker: int, data: bytes, start: int, end: int) -> int:
    """Note one segment; where to go on."""
    if 0xE0 <= marker <= 0xEF or marker == 0xFE:
        if _application(seen, marker, data[start + 4 : end]):
            seen.pieces.append(slice(start, end))
        return end
    if marker in _VARIANTS or (0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC)):
        _frame(seen, marker, data[start + 4 : end])
    if marker == _SOS:
        _scan(seen, data[start + 4 : end])
        following = _NEXT.search(data, end)
        end = following.start() if following else len(data)
    seen.pieces.append(slice(start, end))
    return end


def _scan(seen: _Seen, body: bytes) -> None:
    """Count a scan, and what it completes: coefficients of its components to their last bit."""
    seen.scans += 1
    pixels = min(seen.size[0] * seen.size[1], MAX_ORIGINAL_PIXELS)
    if seen.scans > MAX_SCANS or seen.scans * pixels > MAX_SCAN_PIXELS:
        raise ImageError("image_too_complex", name=seen.name)
    count = body[0] if body else 0
    if len(body) < 4 + 2 * count:
        raise ImageError("image_damaged", name=seen.name)
    first, last, bits = body[1 + 2 * count : 4 + 2 * count]
    if bits & 15 == 0:
        for component in body[1 : 1 + 2 * count : 2]:
            seen.missing.get(component, set()).difference_update(range(first, last + 1))


def _frame(seen: _Seen, marker: int, body: bytes) -> None:
    if marker not in _FRAMES:
        variant = _VARIANTS.get(marker, f"JPEG SOF{marker - 0xC0}")
        raise ImageError("image_unsupported_variant", name=seen.name, variant=variant)
    if len(body) < 6 or seen.kind or len(body) < 6 + 3 * body[5]:
        raise ImageError("image_damaged", name=seen.name)
    seen.kind, seen.bits = marker, body[0]
    seen.size = int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big")
    seen.components = body[6 : 6 + 3 * body[5]]
    seen.missing = {component: set(range(64)) for component in seen.components[::3]}


def _application(seen: _Seen, marker: int, body: bytes) -> bool:
    """Note what an application segment says; whether it is needed to decode."""
    if marker == 0xE0 and body[:5] == b"JFIF\0" and len(body) == 14:
        return True
    if marker == 0xEE and body[:5] == b"Adobe":
        return True
    if marker == 0xE1 and body[:6] == b"Exif\0\0" and seen.exif is None:
        seen.exif = exif.read_exif(body)
    elif marker == 0xE1 and body[:29] == b"http://ns.adobe.com/xap/1.0/\0":
        seen.xmp = exif.read_xmp(body[29:])
    elif marker == 0xE2 and body[:12] == b"ICC_PROFILE\0" and len(body) > 14:
        seen.icc[body[12]] = body[14:]
        return False
    elif marker == 0xE2 and body[:4] == b"MPF\0":
        seen.pictures = exif.mpf_pictures(body[4:])
        return False
    seen.metadata = seen.metadata or marker in (0xE1, 0xED, 0xFE)
    return False


def _header(seen: _Seen, length: int) -> Header:
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
        mended=not seen.finished,
        exif=seen.exif is not None,
        gps=gps or seen.xmp[1],
        metadata=seen.metadata,
        memory=_memory(seen),
        pieces=merge(seen.pieces),
    )


def _memory(seen: _Seen) -> int:
    """Coefficients of the whole picture (2 bytes each) are kept if it comes in several scans."""
    pixels = seen.size[0] * seen.size[1]
    if seen.scans < 2:
        return pixels * 4
    factors = [(s >> 4) * (s & 15) for s in seen.components[1::3]]
    return 2 * pixels * sum(factors) // max(1, *factors, 1) + pixels * 4
