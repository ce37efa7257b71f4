"""Shapes as lists of points. Units: pixels of the finished picture, y downwards, angles in
degrees, clockwise as seen."""

import math
import random
from collections.abc import Iterable, Sequence
from itertools import pairwise

Point = tuple[float, float]
Points = list[Point]


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 12) -> Points:
    """A Catmull-Rom curve through `points`."""
    n = len(points)
    spans = n if closed else n - 1
    found: Points = []
    for i in range(spans):
        p = [points[(i + k) % n if closed else min(max(i + k, 0), n - 1)] for k in (-1, 0, 1, 2)]
        found += [_catmull_rom(p, step / steps) for step in range(steps)]
    return found if closed else [*found, points[-1]]


def _catmull_rom(p: Sequence[Point], t: float) -> Point:
    weights = (
        -0.5 * t + t * t - 0.5 * t**3,
        1 - 2.5 * t * t + 1.5 * t**3,
        0.5 * t + 2 * t * t - 1.5 * t**3,
        -0.5 * t * t + 0.5 * t**3,
    )
    x = sum(w * q[0] for w, q in zip(weights, p, strict=True))
    y = sum(w * q[1] for w, q in zip(weights, p, strict=True))
    return x, y


def rect(x: float, y: float, w: float, h: float) -> Points:
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def rounded(x: float, y: float, w: float, h: float, r: float) -> Points:
    """A rectangle with round corners of radius `r`."""
    found: Points = []
    for cx, cy, start in (
        (x + w - r, y + r, 270),
        (x + w - r, y + h - r, 0),
        (x + r, y + h - r, 90),
        (x + r, y + r, 180),
    ):
        found += arc(cx, cy, r, r, start, start + 90, steps=12)
    return found


def ellipse(cx: float, cy: float, rx: float, ry: float | None = None, angle: float = 0) -> Points:
    points = arc(cx, cy, rx, rx if ry is None else ry, 0, 360, steps=72)[:-1]
    return turned(points, (cx, cy), angle) if angle else points


def arc(
    cx: float, cy: float, rx: float, ry: float, start: float, end: float, *, steps: int = 36
) -> Points:
    """Points from `start` to `end`; 0 is to the right, 90 down."""
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


def turned(points: Iterable[Point], centre: Point, angle: float) -> Points:
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    cx, cy = centre
    return [(cx + (x - cx) * c - (y - cy) * s, cy + (x - cx) * s + (y - cy) * c) for x, y in points]


def placed(points: Iterable[Point], x: float, y: float, scale: float = 1, flip: int = 1) -> Points:
    """Points moved from the origin to (x, y), scaled, mirrored when flip is -1."""
    return [(x + px * scale * flip, y + py * scale) for px, py in points]


def wobbly(points: Sequence[Point], rng: random.Random, amount: float, step: float = 40) -> Points:
    """A line as a hand draws it: through `points`, off by about `amount` every `step` pixels."""
    found: Points = [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        pieces = max(1, round(math.hypot(x1 - x0, y1 - y0) / step))
        for i in range(1, pieces + 1):
            t = i / pieces
            found.append(
                (
                    x0 + (x1 - x0) * t + rng.uniform(-amount, amount),
                    y0 + (y1 - y0) * t + rng.uniform(-amount, amount),
                )
            )
    return smooth(found, closed=False, steps=6)
