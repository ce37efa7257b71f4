"""One number in a text."""

from dataclasses import dataclass
from decimal import Decimal

MOST = 1_000
"""Places of a text that may be numbers and are looked at, of each kind."""


@dataclass(frozen=True)
class Said:
    """value: as written, so 23 for "23 %". start, end: its place in the prepared text, with its
    sign. percent: it is said to be one. article: 一个 and "one", which beside another number are
    no number."""

    value: Decimal
    start: int
    end: int
    percent: bool = False
    article: bool = False
