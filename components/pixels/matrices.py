"""Matrices (2, 3) between pictures; whole numbers are pixel centres, as OpenCV has it."""

import math

import numpy as np

from components.pixels.types import Matrix

Size = tuple[int, int]


def scaling(size: Size, wanted: Size) -> Matrix:
    """A picture of `size` (width, height) scaled to the `wanted` one, edge to edge."""
    x, y = wanted[0] / size[0], wanted[1] / size[1]
    return np.array([[x, 0, (x - 1) / 2], [0, y, (y - 1) / 2]], np.float64)


def shifted(right: float, down: float) -> Matrix:
    """Moved by so many pixels."""
    return np.array([[1, 0, right], [0, 1, down]], np.float64)


def after(second: Matrix, first: Matrix) -> Matrix:
    """`first`, and then `second`."""
    return np.asarray((_square(second) @ _square(first))[:2], np.float64)


def inverse(matrix: Matrix) -> Matrix | None:
    """The way back, None for a matrix that crushes the picture."""
    if abs(np.linalg.det(matrix[:, :2])) < 1e-9:
        return None
    return np.asarray(np.linalg.inv(_square(matrix))[:2], np.float64)


def resized(matrix: Matrix, now: tuple[Size, Size], wanted: tuple[Size, Size]) -> Matrix:
    """`matrix` from B to A at the sizes (A's, B's) `now`, for the two at the `wanted` sizes."""
    back = after(matrix, scaling(wanted[1], now[1]))
    return after(scaling(now[0], wanted[0]), back)


def scale_of(matrix: Matrix) -> float:
    """How much it enlarges lengths, on average."""
    return math.sqrt(abs(float(np.linalg.det(matrix[:, :2]))))


def turn_of(matrix: Matrix) -> float:
    """Degrees by which it turns clockwise."""
    return math.degrees(math.atan2(matrix[1, 0] - matrix[0, 1], matrix[0, 0] + matrix[1, 1]))


def _square(matrix: Matrix) -> Matrix:
    return np.vstack([matrix, [0.0, 0.0, 1.0]])
