"""Read a PNG's chunks without decoding (PNG specification, third edition; APNG)."""

import zlib
from dataclasses import dataclass, field

from components.errors import ImageError
from components.images.formats import exif
from components.images.formats.header import Header, merge
from components.images.limits import MAX_METADATA_BYTES, MAX_SEGMENTS

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_TEXTS = {b"tEXt", b"zTXt", b"iTXt"}
_END = b"\0\0\0\0IEND\xaeB`\x82"


@dataclass
class _Seen:
    """What has been seen so far."""

    pieces: list[bytes | slice] = field(default_factory=lambda: [slice(0, 8)])
    header: bytes = b""
    kinds: set[bytes] = field(default_factory=set)
    declared_frames: int = 0
    frames: int = 0
    default_is_frame: bool = False
    icc: bytes | None = None
    orientation: int = 0
    exif: bool = False
    gps: bool = False
    metadata: bool = False
    flawed: bool = False
    damaged: bool = False


def read_png(data: bytes, name: str) -> Header:
    """Header of the default image. Raises ImageError."""
    seen, pos = _Seen(), 8
    for _ in range(MAX_SEGMENTS):
        kind, end = data[pos + 4 : pos + 8], pos + 12 + int.from_bytes(data[pos : pos + 4], "big")
        if len(kind) < 4 or end > len(data):
            break
        if kind == b"CgBI":
            raise ImageError("image_unsupported_variant", name=name, variant="CgBI PNG")
        if not seen.header and kind != b"IHDR":
            raise ImageError("image_damaged", name=name)
        _take(seen, kind, data, pos, end)
        pos = end
        if kind == b"IEND":
            break
    else:
        raise ImageError("image_too_complex", name=name)
    if b"IDAT" not in seen.kinds:
        raise ImageError("image_truncated", name=name)
    return _header(seen, name)


def _take(seen: _Seen, kind: bytes, data: bytes, pos: int, end: int) -> None:
    """Note one chunk; a wrong checksum is set right."""
    checksum = zlib.crc32(memoryview(data)[pos + 4 : end - 4]).to_bytes(4, "big")
    wrong = checksum != data[end - 4 : end]
    seen.flawed |= wrong
    if kind in _KEPT:
        seen.pieces += [slice(pos, end - 4), checksum] if wrong else [slice(pos, end)]
        seen.damaged |= _misplaced(seen, kind, data[pos + 8 : min(end - 4, pos + 1000)])
    if kind == b"IHDR":
        seen.header = seen.header or data[pos + 8 : end - 4]
    elif kind == b"acTL" and b"IDAT" not in seen.kinds:
        seen.declared_frames = int.from_bytes(data[pos + 8 : pos + 12], "big")
    elif kind == b"fcTL":
        seen.frames += 1
        seen.default_is_frame |= b"IDAT" not in seen.kinds
    elif kind != b"IDAT" and end - pos <= MAX_METADATA_BYTES:
        _metadata(seen, kind, data[pos + 8 : end - 4])
    seen.kinds.add(kind)


def _misplaced(seen: _Seen, kind: bytes, body: bytes) -> bool:
    """Whether a chunk that the picture needs stands where strict decoders refuse it, or isn't
    what its kind must be."""
    again = kind != b"IDAT" and kind in seen.kinds
    late = kind in (b"PLTE", b"tRNS") and b"IDAT" in seen.kinds
    colour = seen.header[9] if len(seen.header) == 13 else -1
    if kind == b"PLTE":
        return again or late or len(body) not in range(3, 769, 3) or colour in (0, 4)
    if kind == b"tRNS":
        fits = {0: len(body) == 2, 2: len(body) == 6, 3: 0 < len(body) <= 256}
        unpaletted = colour == 3 and b"PLTE" not in seen.kinds
        return again or late or unpaletted or not fits.get(colour, False)
    return again or (kind == b"IDAT" and colour == 3 and b"PLTE" not in seen.kinds)


def _metadata(seen: _Seen, kind: bytes, body: bytes) -> None:
    if kind == b"iCCP":
        seen.icc = exif.inflate(body.partition(b"\0")[2][1:]) or None
    elif kind == b"eXIf":
        seen.exif = seen.metadata = True
        _orient(seen, exif.read_exif(body))
    elif kind in _TEXTS:
        seen.metadata = True
        if body.startswith(b"Raw profile type exif\0"):
            seen.exif = True
            _orient(seen, exif.read_exif(_raw_profile(kind, body)))
        elif body.startswith(b"XML:com.adobe.xmp\0"):
            _orient(seen, exif.read_xmp(_international(body)))


def _orient(seen: _Seen, found: tuple[int, bool]) -> None:
    seen.orientation = seen.orientation or found[0]
    seen.gps |= found[1]


def _international(body: bytes) -> bytes:
    """The text of an iTXt chunk."""
    rest = body.partition(b"\0")[2]
    text = rest[2:].split(b"\0", 2)[-1]
    return exif.inflate(text) if rest[:1] == b"\1" else text


def _raw_profile(kind: bytes, body: bytes) -> bytes:
    """EXIF as ImageMagick writes it: a name, a length, then hexadecimal lines."""
    text = body.partition(b"\0")[2]
    if kind == b"zTXt":
        text = exif.inflate(text[1:])
    elif kind == b"iTXt":
        text = _international(body)
    lines = text.split(b"\n", 3)
    try:
        return bytes.fromhex(lines[3].decode("ascii")) if len(lines) == 4 else b""
    except ValueError:
        return b""


def _header(seen: _Seen, name: str) -> Header:
    if len(seen.header) != 13:
        raise ImageError("image_damaged", name=name)
    width, height = (int.from_bytes(seen.header[i : i + 4], "big") for i in (0, 4))
    depth, colour = seen.header[8:10]
    if depth not in _DEPTHS.get(colour, ()):
        raise ImageError("image_damaged", name=name)
    mended = b"IEND" not in seen.kinds
    return Header(
        "png",
        width,
        height,
        orientation=seen.orientation or 1,
        frames=_frames(seen),
        icc=seen.icc,
        grey=colour in (0, 4),
        alpha=colour in (4, 6) or b"tRNS" in seen.kinds,
        plain=depth <= 8,
        mended=mended,
        flawed=seen.flawed or seen.damaged,
        damaged=seen.damaged,
        exif=seen.exif,
        gps=seen.gps,
        metadata=seen.metadata,
        memory=width * height * (1 if _CHANNELS[colour] == 1 and depth <= 8 else 4),
        pieces=merge([*seen.pieces, _END] if mended else seen.pieces),
    )


def _frames(seen: _Seen) -> int:
    """Pictures in the file: an animation without the default image holds one more."""
    if not 0 < seen.declared_frames < 2**31:
        return 1
    return max(1, seen.frames + (not seen.default_is_frame))
