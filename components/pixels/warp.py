"""B drawn as it lies on A."""

import cv2
import numpy as np

from components.pixels.matrices import Size, after, scale_of, scaling
from components.pixels.types import Mask, Matrix, Pixels, Plane

_EMPTY = 128
_MUCH = 0.75


def lay(matrix: Matrix, b: Pixels | Plane, size: Size) -> tuple[Pixels, Mask]:
    """(B as it lies on A, where it reaches), both at A's `size`; grey where it doesn't reach.

    matrix: from pixels of `b` to pixels of A.
    """
    if np.allclose(matrix, scaling(size_of(b), size), atol=1e-6):
        return _scaled(b, size), np.ones((size[1], size[0]), np.bool_)
    b, matrix = _not_much_larger(b, matrix)
    laid = np.asarray(
        cv2.warpAffine(b, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )
    full = np.full(b.shape[:2], 255, np.uint8)
    covered = np.asarray(cv2.warpAffine(full, matrix, size, flags=cv2.INTER_LINEAR)) > 254
    laid[~covered] = _EMPTY
    return laid, covered


def size_of(pixels: Pixels | Plane) -> Size:
    """(width, height)."""
    return pixels.shape[1], pixels.shape[0]


def shrunk(pixels: Pixels | Plane, longest: int) -> Pixels:
    """With a long side of at most `longest`."""
    scale = min(1.0, longest / max(pixels.shape[:2]))
    width, height = size_of(pixels)
    return _scaled(pixels, (max(1, round(width * scale)), max(1, round(height * scale))))


def _scaled(pixels: Pixels | Plane, size: Size) -> Pixels:
    if size_of(pixels) == size:
        return pixels
    shrinks = size[0] * size[1] < pixels.shape[0] * pixels.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)


def _not_much_larger(b: Pixels | Plane, matrix: Matrix) -> tuple[Pixels | Plane, Matrix]:
    """Shrunk before, where the matrix shrinks: warping looks at the nearest pixels only."""
    scale = scale_of(matrix)
    if scale >= _MUCH:
        return b, matrix
    width, height = size_of(b)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return _scaled(b, size), after(matrix, scaling(size, (width, height)))
