"""What a matrix does, in a person's terms."""

import cv2
import numpy as np

from components.pixels.limits import SHAPE_TOLERANCE
from components.pixels.matrices import Size, resized, scale_of, turn_of
from components.pixels.types import Alignment, Matrix, Reason, Step

_SHIFT, _TURN, _SCALE = 0.3, 0.05, 0.002
"""Pixels, degrees and share from which it is worth a word."""
_TURNED = 5  # times less sure is the shift of what was turned, too


def described(
    matrix: Matrix, reason: Reason, now: tuple[Size, Size], sizes: tuple[Size, Size]
) -> Alignment:
    """The alignment by `matrix`, which is for pictures (A, B) of the sizes `now`.

    sizes: as the pictures were before they were shrunk to that.
    """
    whole = resized(matrix, now, sizes)
    scale, turn = scale_of(whole), turn_of(whole)
    shift = _shift(whole, sizes)
    steps: list[Step] = []
    if abs(scale - 1) >= _SCALE:
        steps.append("scaled")
    seen = _SHIFT * max(1.0, sizes[0][0] / now[0][0]) * (1 if abs(turn) < _TURN else _TURNED)
    if max(abs(shift[0]), abs(shift[1])) >= seen:
        steps.append("shifted")
    if abs(turn) >= _TURN:
        steps.append("turned")
    return Alignment(reason, tuple(steps), scale, shift, turn, _overlap(matrix, now), matrix)


def same_shape(a: Size, b: Size) -> bool:
    """Equal proportions, or nearly, or as near as whole pixels allow."""
    ratio = (a[0] * b[1]) / (a[1] * b[0])
    if 1 / (1 + SHAPE_TOLERANCE) <= ratio <= 1 + SHAPE_TOLERANCE:
        return True
    rounding = abs(b[0] * a[1] / a[0] - b[1]) < 1 or abs(b[1] * a[0] / a[1] - b[0]) < 1
    return rounding and a != b and min(b) > 1


def scale_between(a: Size, b: Size) -> float:
    """Pixels of A per pixel of B when B is scaled to A's size."""
    return float(np.sqrt(a[0] * a[1] / (b[0] * b[1])))


def _shift(whole: Matrix, sizes: tuple[Size, Size]) -> tuple[float, float]:
    """From A's upper left corner to B's, as if B weren't turned (but by quarters)."""
    width, height = sizes[1]
    lying = 45 < abs(turn_of(whole)) < 135
    across, down = np.linalg.norm(whole[:, :2], axis=0) * (width / 2, height / 2)
    half = (down, across) if lying else (across, down)
    centre = whole @ np.array([(width - 1) / 2, (height - 1) / 2, 1.0]) + 0.5
    return float(centre[0] - half[0]), float(centre[1] - half[1])


def _overlap(matrix: Matrix, now: tuple[Size, Size]) -> float:
    """Share of A that B covers."""
    frame, corners = (_corners(size) for size in now)
    laid = corners @ matrix[:, :2].T + matrix[:, 2]
    area, _ = cv2.intersectConvexConvex(frame.astype(np.float32), laid.astype(np.float32))
    return min(1.0, float(area) / (now[0][0] * now[0][1]))


def _corners(size: Size) -> Matrix:
    right, bottom = size[0] - 0.5, size[1] - 0.5
    return np.array([[-0.5, -0.5], [right, -0.5], [right, bottom], [-0.5, bottom]], np.float64)
