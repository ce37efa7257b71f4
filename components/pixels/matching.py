"""How well B lies on A."""

from dataclasses import dataclass

import cv2
import numpy as np

from components.pixels.types import Matrix, Plane
from components.pixels.warp import lay, size_of

_MOST = 40


@dataclass(frozen=True, eq=False)
class Match:
    """A way to lay B on A. rest: steps of brightness by which they still differ on average,
    lower is better; overlap: share of A that B covers."""

    matrix: Matrix
    rest: float
    overlap: float


def match(a: Plane, b: Plane, matrix: Matrix, *, favour: float = 1.0) -> Match:
    """`matrix` tried. favour: below 1 prefers it to others that are as good.

    A change of brightness all over is taken out, and what differs much counts no more than
    `_MOST`, so that an edited part doesn't decide how the rest is laid.
    """
    laid, covered = lay(matrix, b, size_of(a))
    apart = a[covered].astype(np.int16) - laid[covered]
    if not apart.size:
        return Match(matrix, float("inf"), 0.0)
    apart -= np.int16(np.median(apart))
    rest = float(np.minimum(np.abs(apart), _MOST).mean())
    return Match(matrix, rest * favour, float(covered.mean()))


def likeness(a: Plane, b: Plane, matrix: Matrix) -> float:
    """Correlation of the two where they overlap, -1 to 1; brightness and contrast don't matter."""
    laid, covered = lay(matrix, b, size_of(a))
    one, other = (cv2.blur(plane, (5, 5))[covered].astype(np.float32) for plane in (a, laid))
    if not one.size:
        return 0.0
    one, other = one - one.mean(), other - other.mean()
    spread = float(np.linalg.norm(one) * np.linalg.norm(other))
    if spread < 1e-6:
        return 1.0 if float(np.abs(one - other).max()) < 1 else 0.0
    return float(one @ other) / spread
