"""Laying B over A: sizes, small shifts, turns and zooms."""

from dataclasses import replace

import cv2
import numpy as np

from components.pixels.candidates import by_features, by_shift, refined, snapped
from components.pixels.describe import described, same_shape, scale_between
from components.pixels.limits import ALIGNING_SIDE, LEAST_OVERLAP, SHAPE_LIMIT
from components.pixels.matching import Match, likeness, match
from components.pixels.matrices import Size, after, resized, scaling, turn_of
from components.pixels.types import Alignment, Matrix, Pixels, Plane
from components.pixels.warp import shrunk, size_of

_CLOSE, _GOOD = 0.3, 3.0
"""What remains (see Match) when nothing is to be mended, and when it's worth a longer search."""
_GAIN = 0.85
_SAME_OVERLAP = 0.5
_UNLIKE, _LIKE, _SURE, _CERTAIN = 0.25, 0.6, 0.8, 0.9
_TINY = 0.02  # share of A, less than which nothing is looked for
_FAVOUR = 0.9
_TURNED = 1.0  # degrees


def align(a: Pixels, b: Pixels, *, sizes: tuple[Size, Size] | None = None) -> Alignment:
    """How `b` is laid over `a`; its matrix is from pixels of `b` to pixels of `a`.

    sizes: (width, height) of the two before they were shrunk to these arrays, if they were:
    shapes are judged by them, `scale` and `shift` are told in their pixels.
    """
    now = size_of(a), size_of(b)
    sizes = sizes or now
    small_a, small_b = _grey(a), _grey(b)
    small = size_of(small_a), size_of(small_b)
    if same_shape(*sizes):
        start = scaling(small[1], small[0])
        found = _whole(small_a, small_b, start, sizes)
        if found is None or match(small_a, small_b, found).rest > _GOOD:
            mirror = _mirrored(small_a, small_b, start, found, sizes)
            if mirror is not None:
                return _as_mirrored(resized(mirror, small, now), now, sizes)
        if found is None:
            return described(scaling(now[1], now[0]), "no_match", now, sizes)
        matrix = scaling(now[1], now[0]) if found is start else resized(found, small, now)
        return described(matrix, "", now, sizes)
    part = _part(small_a, small_b, sizes)
    if part is None and (part := _part(small_a, _flipped(small_b), sizes)) is not None:
        return _as_mirrored(resized(part, small, now), now, sizes)
    if part is None:
        return Alignment("ratio", scale=scale_between(*sizes), overlap=0.0)
    return described(resized(part, small, now), "", now, sizes)


def _mirrored(
    a: Plane, b: Plane, start: Matrix, plain: Matrix | None, sizes: tuple[Size, Size]
) -> Matrix | None:
    """How B's mirror image lies on A, where it does so plainly better than B."""
    turned = _flipped(b)
    found = _whole(a, turned, start, sizes)
    if found is None or likeness(a, turned, found) < _SURE:
        return None
    if plain is not None and likeness(a, b, plain) >= _SURE:
        return None
    return found


def _as_mirrored(matrix: Matrix, now: tuple[Size, Size], sizes: tuple[Size, Size]) -> Alignment:
    """matrix: of B's mirror image, to pixels of A."""
    told = described(matrix, "", now, sizes)
    mirror = np.array([[-1, 0, now[1][0] - 1], [0, 1, 0]], np.float64)
    return replace(told, steps=("mirrored", *told.steps), matrix=after(matrix, mirror))


def _flipped(plane: Plane) -> Plane:
    """Left and right changed over."""
    return np.ascontiguousarray(plane[:, ::-1])


def _whole(a: Plane, b: Plane, start: Matrix, sizes: tuple[Size, Size]) -> Matrix | None:
    """The best way to lay pictures of one shape: `start` itself unless another is clearly
    better; None when they are nothing alike."""
    plain = match(a, b, start)
    if plain.rest < _CLOSE:
        return start
    found: list[Match] = []
    shift = by_shift(a, b, start)
    if shift is not None:
        found += _tried(a, b, shift, sizes)
    if min(one.rest for one in (plain, *found)) > _GOOD:
        features = by_features(a, b)
        if features is not None:
            found += _tried(a, b, features, sizes)
            found += _tried(a, b, refined(a, b, features), sizes)
    found = [one for one in found if _shown(a, b, one)]
    best = min(found, key=lambda one: one.rest, default=plain)
    if best.rest >= _GAIN * plain.rest:
        best = plain
    if best.rest > _GOOD and likeness(a, b, best.matrix) < _UNLIKE:
        return None
    return best.matrix


def _shown(a: Plane, b: Plane, one: Match) -> bool:
    """Whether the two look alike as they would lie. One may be a part of the other, enlarged to
    any size: the more far-fetched a way is, the more it has to show for itself."""
    if one.overlap >= _SAME_OVERLAP:
        return abs(turn_of(one.matrix)) < _TURNED or likeness(a, b, one.matrix) >= _LIKE
    least = _SURE if one.overlap >= LEAST_OVERLAP else _CERTAIN
    return one.overlap >= _TINY and likeness(a, b, one.matrix) >= least


def _part(a: Plane, b: Plane, sizes: tuple[Size, Size]) -> Matrix | None:
    """One as a part of the other; None when nothing of the one is seen in the other."""
    (wide, high), (other_wide, other_high) = sizes
    ratio = (wide * other_high) / (high * other_wide)
    features = by_features(a, b) if 1 / SHAPE_LIMIT <= ratio <= SHAPE_LIMIT else None
    if features is None:
        return None
    found = [one for way in (features, refined(a, b, features)) for one in _tried(a, b, way, sizes)]
    best = min(found, key=lambda one: one.rest)
    good = best.overlap >= LEAST_OVERLAP and likeness(a, b, best.matrix) >= _LIKE
    return best.matrix if good else None


def _tried(a: Plane, b: Plane, matrix: Matrix, sizes: tuple[Size, Size]) -> list[Match]:
    """`matrix`, and the same by whole pixels, which is preferred."""
    exact = snapped(matrix, (size_of(a), size_of(b)), sizes)
    return [match(a, b, matrix), *(match(a, b, one, favour=_FAVOUR) for one in exact)]


def _grey(pixels: Pixels) -> Plane:
    """Small and grey, for the search."""
    return np.asarray(cv2.cvtColor(shrunk(pixels, ALIGNING_SIDE), cv2.COLOR_RGB2GRAY), np.uint8)
