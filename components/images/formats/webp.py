"""Read a WebP's chunks without decoding (RFC 9649)."""

from dataclasses import dataclass, field

from components.errors import ImageError
from components.images.formats import exif
from components.images.formats.header import Header
from components.images.limits import MAX_METADATA_BYTES, MAX_SEGMENTS

_ALPHA_FLAG = 0x10
_BITSTREAMS = (b"VP8 ", b"VP8L")


@dataclass
class _Seen:
    """What has been seen so far."""

    canvas: bytes = b""
    kept: dict[bytes, slice] = field(default_factory=dict)
    size: tuple[int, int] = (0, 0)
    alpha: bool = False
    animated: bool = False
    flawed: bool = False
    frames: int = 0
    icc: bytes | None = None
    exif: tuple[int, bool] | None = None
    xmp: tuple[int, bool] | None = None


def read_webp(data: bytes, name: str) -> Header:
    """Header of a WebP. Raises ImageError."""
    # The length of the whole may be wrong: each chunk tells its own.
    length = 8 + int.from_bytes(data[4:8], "little")
    seen, pos = _Seen(), 12
    for _ in range(MAX_SEGMENTS):
        complete = seen.size[0] or seen.frames
        if pos >= (length if complete and length <= len(data) else len(data)) - 1:
            break
        kind, size = data[pos : pos + 4], int.from_bytes(data[pos + 4 : pos + 8], "little")
        end = pos + 8 + size
        if len(kind) < 4 or end > len(data):
            if seen.size[0] and not seen.animated:
                seen.flawed = True
                break
            raise ImageError("image_truncated", name=name)
        seen.flawed |= end > length
        _take(seen, kind, data, pos, end)
        pos = end + (size & 1)
    else:
        raise ImageError("image_too_complex", name=name)
    seen.flawed |= length > len(data) + 1
    return _header(seen, data, name)


def _take(seen: _Seen, kind: bytes, data: bytes, pos: int, end: int) -> None:
    """Note one chunk. Metadata that is too large counts as absent."""
    start = pos + 8
    body = data[start : start + 10]
    if kind == b"VP8X" and len(body) == 10:
        seen.canvas = body
    elif kind in _BITSTREAMS and not seen.size[0]:
        seen.size, seen.alpha = _bitstream(kind, body)
        seen.kept[kind] = slice(pos, end)
    elif kind == b"ALPH":
        seen.kept.setdefault(kind, slice(pos, end))
    elif kind == b"ANIM":
        seen.animated = True
    elif kind == b"ANMF":
        seen.frames += 1
    elif end - start <= MAX_METADATA_BYTES:
        if kind == b"ICCP":
            seen.icc = data[start:end]
        elif kind == b"EXIF":
            seen.exif = exif.read_exif(data[start:end])
        elif kind == b"XMP ":
            seen.xmp = exif.read_xmp(data[start:end])


def _bitstream(kind: bytes, body: bytes) -> tuple[tuple[int, int], bool]:
    """((width, height), alpha) of a lossy or lossless picture; (0, 0) if it is none."""
    if kind == b"VP8L" and body[:1] == b"\x2f" and len(body) >= 5:
        bits = int.from_bytes(body[1:5], "little")
        return ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1), bool(bits >> 28 & 1)
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a" and len(body) == 10:
        width, height = (int.from_bytes(body[i : i + 2], "little") & 0x3FFF for i in (6, 8))
        return (width, height), False
    return (0, 0), False


def _header(seen: _Seen, data: bytes, name: str) -> Header:
    width, height = seen.size
    if seen.canvas:
        width, height = (int.from_bytes(seen.canvas[i : i + 3], "little") + 1 for i in (4, 7))
    if not seen.animated and (not seen.size[0] or (width, height) != seen.size):
        raise ImageError("image_damaged", name=name)
    orientation, gps = seen.exif or (0, False)
    xmp = seen.xmp or (0, False)
    alpha = seen.alpha or b"ALPH" in seen.kept or (seen.animated and bool(seen.canvas))
    return Header(
        "webp",
        width,
        height,
        orientation=orientation or xmp[0] or 1,
        frames=max(1, seen.frames),
        icc=seen.icc,
        alpha=alpha,
        plain=not seen.animated,
        flawed=seen.flawed,
        exif=seen.exif is not None,
        gps=gps or xmp[1],
        metadata=seen.exif is not None or seen.xmp is not None,
        # Two RGBA canvases and two copies; opaque ones are decoded more sparingly.
        memory=width * height * (16 if alpha else 8),
        pieces=() if seen.animated else _pieces(seen, data),
    )


def _pieces(seen: _Seen, data: bytes) -> list[bytes | slice]:
    """A minimal file: the bitstream, and its separate alpha with the header that it needs."""
    kept = dict(sorted(seen.kept.items()))
    chunks: list[bytes | slice] = []
    size = 4
    if b"ALPH" in kept:
        chunks.append(b"VP8X\x0a\0\0\0" + bytes([_ALPHA_FLAG]) + b"\0\0\0" + seen.canvas[4:])
        size += 18
    for part in kept.values():
        odd = (part.stop - part.start) & 1
        chunks += [part, b"\0"] if odd else [part]
        size += part.stop - part.start + odd
    pieces = [b"RIFF" + size.to_bytes(4, "little") + b"WEBP", *chunks]
    asis = size + 8 == len(data) and len(kept) == 1 and not seen.flawed
    return [slice(0, len(data))] if asis else pieces
