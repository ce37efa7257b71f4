"""A PNG's compressed data (PNG specification, third edition, 7, 8 and 10)."""

import zlib
from collections.abc import Iterator

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
          (0, 1, 1, 2))  # fmt: skip
_AT_ONCE = 1_000_000


def inflates_exactly(data: bytes) -> bool:
    """Whether the data are intact (Adler-32) and hold just the rows that the header announces,
    each with a known filter. data: a PNG whose chunks are whole. Needs a few MB at most."""
    header, packed = b"", []
    for kind, body in _chunks(data):
        if kind == b"IHDR":
            header = body
        elif kind == b"IDAT":
            packed.append(body)
    if header[10:12] != b"\0\0" or header[12] > 1:
        return False
    unpacker = zlib.decompressobj()
    left = b"".join(packed)
    try:
        for rows, stride in _rows(header):
            for start in range(0, rows, max(1, _AT_ONCE // stride)):
                wanted = min(rows - start, max(1, _AT_ONCE // stride)) * stride
                found, left = _read(unpacker, left, wanted)
                if len(found) < wanted or max(found[::stride]) > 4:
                    return False
        more, left = _read(unpacker, left, 1)
    except zlib.error:
        return False
    return unpacker.eof and not more and not left and not unpacker.unused_data


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    pos = 8
    while pos + 12 <= len(data):
        end = pos + 8 + int.from_bytes(data[pos : pos + 4], "big")
        yield data[pos + 4 : pos + 8], data[pos + 8 : end]
        pos = end + 4


def _rows(header: bytes) -> Iterator[tuple[int, int]]:
    """(rows, bytes of a row with its filter) of each pass that has any."""
    width, height = (int.from_bytes(header[i : i + 4], "big") for i in (0, 4))
    bits = header[8] * _CHANNELS[header[9]]
    for x, y, across, down in _ADAM7 if header[12] else ((0, 0, 1, 1),):
        wide, high = -((x - width) // across), -((y - height) // down)
        if wide > 0 and high > 0:
            yield high, 1 + (wide * bits + 7) // 8


def _read(unpacker: "zlib._Decompress", left: bytes, wanted: int) -> tuple[bytes, bytes]:
    """(as many unpacked bytes as are `wanted`, or all there are; what is still packed)."""
    parts, size = [], 0
    while size < wanted and not unpacker.eof:
        part = unpacker.decompress(left, wanted - size)
        left = unpacker.unconsumed_tail
        if not part and not left:
            break
        parts.append(part)
        size += len(part)
    return b"".join(parts), left
