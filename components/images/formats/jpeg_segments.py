"""The segments of a JPEG that say something (ITU T.81 annex B, JFIF, EXIF, MPF)."""

from dataclasses import dataclass, field

from components.errors import ImageError
from components.images.formats import exif
from components.images.limits import MAX_ORIGINAL_PIXELS, MAX_SCAN_PIXELS, MAX_SCANS

_FRAMES = {0xC0, 0xC1, 0xC2, 0xC9, 0xCA}
_FOLLOWING = {0xC4, 0xCC, 0xD9, 0xDA, 0xDB, 0xDC, 0xDD, 0xFE}
_RESTARTS = bytes(range(0xD0, 0xD8))
_VARIANTS = {0xC3: "lossless JPEG", 0xC5: "hierarchical JPEG", 0xDE: "hierarchical JPEG"}


@dataclass
class Seen:
    """What has been seen so far.

    interval: blocks (MCUs) between restart markers, 0 for no such markers. stray: there is
    something among the scans that doesn't belong there. before: pieces up to the first scan, and
    all that follows as it came.
    """

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
    interval: int = 0
    stray: bool = False
    before: tuple[bytes | slice, ...] = ()


def note_scan(seen: Seen, body: bytes) -> None:
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


def expected_restarts(seen: Seen, body: bytes) -> bytes:
    """The restart markers (0xD0 to 0xD7) that a scan has, by the header `body` of it."""
    if not seen.interval or not seen.components:
        return b""
    factors = {
        seen.components[i]: seen.components[i + 1] for i in range(0, len(seen.components), 3)
    }
    most = [max(f >> shift & 15 for f in factors.values()) or 1 for shift in (4, 0)]
    units = [-(-side // (8 * high)) for side, high in zip(seen.size, most, strict=True)]
    if body[0] == 1:
        own = [factors.get(body[1], 0x11) >> shift & 15 for shift in (4, 0)]
        units = [
            -(-side * mine // (8 * high))
            for side, mine, high in zip(seen.size, own, most, strict=True)
        ]
    count = max(0, -(-units[0] * units[1] // seen.interval) - 1)
    return (_RESTARTS * (count // 8 + 1))[:count]


def note_frame(seen: Seen, marker: int, body: bytes) -> None:
    if marker not in _FRAMES:
        variant = _VARIANTS.get(marker, f"JPEG SOF{marker - 0xC0}")
        raise ImageError("image_unsupported_variant", name=seen.name, variant=variant)
    if len(body) < 6 or seen.kind or len(body) < 6 + 3 * body[5]:
        raise ImageError("image_damaged", name=seen.name)
    seen.kind, seen.bits = marker, body[0]
    seen.size = int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big")
    seen.components = body[6 : 6 + 3 * body[5]]
    seen.missing = {component: set(range(64)) for component in seen.components[::3]}


def note_application(seen: Seen, marker: int, body: bytes) -> bool:
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


def follows_scan(marker: int) -> bool:
    """Whether a marker may stand where coded data end: tables, another scan, the end."""
    return marker in _FOLLOWING or 0xE0 <= marker <= 0xEF


def is_frame(marker: int) -> bool:
    """Whether a marker starts a frame: all SOFs, and the hierarchical DHP."""
    return marker in _VARIANTS or (0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC))
