"""Ways to lay B on A, found from what the two show (grey, small)."""

import cv2
import numpy as np

from components.pixels.matrices import (
    Size,
    after,
    inverse,
    resized,
    scale_of,
    shifted,
    turn_of,
)
from components.pixels.types import Matrix, Plane
from components.pixels.warp import lay, size_of

_SEARCHABLE = 24  # pixels of the short side
_SHIFT = 0.1
_FEATURES, _ENOUGH = 1000, 12
_RATIO = 0.75  # Lowe's test: the best match against the second best
_STEPS, _PRECISION = 30, 1e-4


def by_shift(a: Plane, b: Plane, start: Matrix) -> Matrix | None:
    """`start` and a shift, None if there is none.

    Phase correlation: what moved shows in the phases of the spectrum, brightness doesn't.
    """
    if min(*size_of(a), *size_of(b)) < _SEARCHABLE:
        return None
    laid, _ = lay(start, b, size_of(a))
    window = cv2.createHanningWindow(size_of(a), cv2.CV_32F)
    (right, down), _ = cv2.phaseCorrelate(a.astype(np.float32), laid.astype(np.float32), window)
    if max(abs(right), abs(down)) < _SHIFT:
        return None
    return after(shifted(-right, -down), start)


def by_features(a: Plane, b: Plane) -> Matrix | None:
    """Shift, turn and zoom by points that look alike (SIFT, RANSAC); None without enough."""
    if min(*size_of(a), *size_of(b)) < _SEARCHABLE:
        return None
    finder = cv2.SIFT.create(nfeatures=_FEATURES)
    (at_a, seen_a), (at_b, seen_b) = (finder.detectAndCompute(p, None) for p in (a, b))
    if min(len(at_a), len(at_b)) < _ENOUGH:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(seen_b, seen_a, k=2)
    good = [p[0] for p in pairs if len(p) == 2 and p[0].distance < _RATIO * p[1].distance]
    if len(good) < _ENOUGH:
        return None
    of_b = np.array([at_b[one.queryIdx].pt for one in good], np.float32)
    of_a = np.array([at_a[one.trainIdx].pt for one in good], np.float32)
    matrix, inliers = cv2.estimateAffinePartial2D(of_b, of_a, ransacReprojThreshold=2.0)
    if matrix is None or int(inliers.sum()) < max(_ENOUGH, 0.2 * len(good)):
        return None
    found = np.asarray(matrix, np.float64)
    return found if 0.1 < scale_of(found) < 10 else None


def refined(a: Plane, b: Plane, matrix: Matrix) -> Matrix:
    """To a fraction of a pixel (Evangelidis and Psarakis: enhanced correlation coefficient)."""
    way = inverse(matrix)
    if way is None:
        return matrix
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _STEPS, _PRECISION)
    everywhere = np.full(b.shape, 255, np.uint8)
    try:
        _, found = cv2.findTransformECC(
            a, b, way.astype(np.float32), cv2.MOTION_AFFINE, criteria, everywhere, 5
        )
    except cv2.error:  # it didn't converge
        return matrix
    back = inverse(np.asarray(found, np.float64))
    return matrix if back is None else back


def snapped(matrix: Matrix, now: tuple[Size, Size], sizes: tuple[Size, Size]) -> tuple[Matrix, ...]:
    """The same without turn and zoom, by whole pixels of the pictures as they were, if that is
    nearly what it is: screenshots are cut and scrolled by whole pixels. At most one.

    now: A's and B's size as the matrix has them; sizes: as the pictures were.
    """
    whole = resized(matrix, now, sizes)
    if abs(scale_of(whole) - 1) > 0.004 or abs(turn_of(whole)) > 0.15:
        return ()
    middle = np.array([(sizes[1][0] - 1) / 2, (sizes[1][1] - 1) / 2])
    moved = whole[:, :2] @ middle + whole[:, 2] - middle
    exact = shifted(*(float(round(by)) for by in moved))
    return (resized(exact, sizes, now),)
