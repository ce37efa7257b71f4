"""A PDF that was looked at."""

from dataclasses import dataclass, field

_MARK = b"%PDF-"
_LOOK = 1024  # bytes within which the mark stands, by the specification's leniency


@dataclass(frozen=True)
class Pdf:
    """name: of the file; pages: how many there are. Pages are counted from 1. sizes: width and
    height of each in points, (0, 0) where it is damaged."""

    name: str
    content: bytes = field(repr=False)
    pages: int
    sizes: tuple[tuple[float, float], ...] = field(default=(), repr=False)


def is_pdf(content: bytes) -> bool:
    """Whether the bytes say that they are a PDF, whatever the file is called."""
    return _MARK in content[:_LOOK]
