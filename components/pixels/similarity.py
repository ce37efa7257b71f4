"""SSIM, the structural similarity of two pictures.

Wang, Bovik, Sheikh, Simoncelli: "Image quality assessment: from error visibility to structural
similarity" (IEEE Transactions on Image Processing 13/4, 2004), with its constants. scikit-image
gives the same figure to five places in five times the time and would be a large dependency.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from components.pixels.types import Mask, Plane

_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
_WINDOW, _SIGMA = 11, 1.5


def ssim(a: Plane, b: Plane, covered: Mask | None = None) -> float:
    """Mean SSIM of two grey pictures of one size, -1 to 1; where `covered` if it is given.

    Windows that reach over the edge are left out, unless there are no others.
    """
    first, second = a.astype(np.float32), b.astype(np.float32)
    mean_a, mean_b = _smooth(first), _smooth(second)
    both = mean_a * mean_b
    squares = mean_a * mean_a + mean_b * mean_b
    spread = _smooth(first * first + second * second) - squares
    together = _smooth(first * second) - both
    found = (2 * both + _C1) * (2 * together + _C2) / ((squares + _C1) * (spread + _C2))
    inner = _inner(covered if covered is not None else np.ones(a.shape, np.bool_))
    return float(found[inner].mean(dtype=np.float64)) if inner.any() else float(found.mean())


def _smooth(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    smooth = cv2.GaussianBlur(plane, (_WINDOW, _WINDOW), _SIGMA, borderType=cv2.BORDER_REFLECT)
    return np.asarray(smooth, np.float32)


def _inner(covered: Mask) -> Mask:
    window = np.ones((_WINDOW, _WINDOW), np.uint8)
    kept = cv2.erode(
        covered.astype(np.uint8), window, borderType=cv2.BORDER_CONSTANT, borderValue=0
    )
    return np.asarray(kept, np.bool_)
