"""Read a GIF's blocks without decoding (GIF89a specification)."""

from dataclasses import dataclass, field

from components.errors import ImageError
from components.images.formats.header import Header, merge
from components.images.limits import MAX_SEGMENTS

_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _COMMENT, _APPLICATION = 0xF9, 0xFE, 0xFF
_MAX_BLOCKS = 2_000_000


class _Truncated(Exception):
    """The data end inside a block."""


@dataclass
class _Seen:
    """What has been seen so far."""

    pieces: list[bytes | slice] = field(default_factory=list)
    control: slice | None = None
    size: tuple[int, int] = (0, 0)
    covers: bool = False
    transparent: bool = False
    frames: int = 0
    metadata: bool = False
    finished: bool = False
    blocks: int = 0


def read_gif(data: bytes, name: str) -> Header:
    """Header of the first frame. Raises ImageError."""
    seen = _Seen(size=_pair(data, 6))
    try:
        pos = 13 + _palette(data, 10)
        seen.pieces.append(slice(0, pos))
        for _ in range(MAX_SEGMENTS):
            if seen.finished:
                break
            pos = _take(seen, data, pos)
    except (_Truncated, IndexError):
        pass
    if not seen.frames:
        raise ImageError("image_truncated", name=name)
    if seen.blocks >= _MAX_BLOCKS or (not seen.finished and seen.frames >= MAX_SEGMENTS // 3):
        raise ImageError("image_too_complex", name=name)
    return Header(
        "gif",
        *seen.size,
        frames=seen.frames,
        alpha=seen.transparent or not seen.covers,
        plain=seen.covers and not seen.transparent,
        metadata=seen.metadata,
        mended=not seen.finished and seen.frames == 1,
        memory=seen.size[0] * seen.size[1] * 5,
        pieces=merge(seen.pieces) + ([] if seen.finished and seen.frames == 1 else [b"\x3b"]),
    )


def _take(seen: _Seen, data: bytes, pos: int) -> int:
    """Note one block; where the next one starts."""
    kind = data[pos]
    if kind == _TRAILER:
        seen.finished = True
        if seen.frames == 1:
            seen.pieces.append(slice(pos, pos + 1))
        return pos + 1
    if kind == _EXTENSION:
        end = _sub_blocks(seen, data, pos + 2)
        if data[pos + 1] == _CONTROL:
            seen.control = slice(pos, end)
        seen.metadata |= data[pos + 1] in (_COMMENT, _APPLICATION)
        return end
    if kind != _IMAGE:
        raise _Truncated
    end = _sub_blocks(seen, data, pos + 10 + _palette(data, pos + 9) + 1)
    if not seen.frames:
        _first(seen, data, pos, end)
    seen.frames += 1
    return end


def _first(seen: _Seen, data: bytes, pos: int, end: int) -> None:
    left, top = _pair(data, pos + 1)
    width, height = _pair(data, pos + 5)
    seen.covers = (left, top, width, height) == (0, 0, *seen.size)
    seen.size = max(seen.size[0], left + width), max(seen.size[1], top + height)
    if seen.control:
        seen.transparent = bool(data[seen.control.start + 3] & 1)
        seen.pieces.append(seen.control)
    seen.pieces.append(slice(pos, end))


def _pair(data: bytes, at: int) -> tuple[int, int]:
    return int.from_bytes(data[at : at + 2], "little"), int.from_bytes(
        data[at + 2 : at + 4], "little"
    )


def _palette(data: bytes, at: int) -> int:
    """Bytes of the colour table that the flags at `at` announce."""
    return 3 << (data[at] & 7) + 1 if data[at] & 0x80 else 0


def _sub_blocks(seen: _Seen, data: bytes, pos: int) -> int:
    """The end of a run of sub-blocks."""
    while data[pos]:
        pos += 1 + data[pos]
        seen.blocks += 1
        if seen.blocks >= _MAX_BLOCKS:
            raise _Truncated
    return pos + 1
