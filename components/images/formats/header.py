"""What the bytes of a file say about the picture before anything is decoded."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Header:
    """The outcome of a header scan.

    format: "jpeg", "png", "webp", "gif", "avif" or "heic". width, height: pixels as stored,
    before `orientation` (EXIF, 1 to 8). frames: of an animation; pictures: of a file that holds
    several. icc: colour profile. grey: one channel of colour. alpha: some pixel may be
    transparent. plain: every API takes the stored pixels as they are. mended: the end marker
    was missing and is added. flawed: something in the file isn't as its format demands, and
    cleaning sets it right; damaged: cleaning doesn't, so that the picture is to be encoded anew.
    progressive: a JPEG whose scans refine each other. metadata: cleaning removes EXIF, XMP, IPTC
    or comments. memory: bytes that decoding needs. pieces: what a cleaned file is joined from,
    () where the format isn't cleaned.
    """

    format: str
    width: int
    height: int
    orientation: int = 1
    frames: int = 1
    pictures: int = 1
    icc: bytes | None = None
    grey: bool = False
    alpha: bool = False
    plain: bool = True
    mended: bool = False
    flawed: bool = False
    damaged: bool = False
    progressive: bool = False
    exif: bool = False
    gps: bool = False
    metadata: bool = False
    memory: int = 0
    pieces: Sequence[bytes | slice] = ()

    @property
    def upright(self) -> tuple[int, int]:
        """(width, height) in pixels as a person sees the picture."""
        return swap((self.width, self.height), self.orientation)

    def clean(self, data: bytes) -> bytes:
        """`data` without metadata and without later pictures; the same object if it is clean."""
        if not self.pieces or list(self.pieces) == [slice(0, len(data))]:
            return data
        view = memoryview(data)
        return b"".join(view[p] if isinstance(p, slice) else p for p in self.pieces)


def swap(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """`size` as it is before or after turning by an EXIF orientation."""
    return size if orientation < 5 else (size[1], size[0])


def merge(pieces: Sequence[bytes | slice]) -> list[bytes | slice]:
    """Join neighbouring slices, so that a file that is clean becomes one slice."""
    merged: list[bytes | slice] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if isinstance(piece, slice) and isinstance(last, slice) and last.stop == piece.start:
            merged[-1] = slice(last.start, piece.stop)
        else:
            merged.append(piece)
    return merged
