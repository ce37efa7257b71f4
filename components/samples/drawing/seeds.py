"""A plate of sunflower seeds to count."""

import math
import random

from PIL import Image

from components.samples.drawing.canvas import Canvas
from components.samples.drawing.scenes import scene
from components.samples.drawing.shapes import Point, ellipse, placed, rect, smooth, turned

_CENTRE = (600, 450)
_HEAP = 222  # radius within which seeds lie
_APART = 76  # least distance of two seeds' middles: they overlap a little, none is hidden
_OUTLINE = [(0, -66), (15, -50), (28, -14), (31, 18), (22, 46), (0, 56)]


def draw() -> Image.Image:
    canvas = Canvas(1200, 900, "#c9a277")
    _table(canvas)
    _plate(canvas)
    rng = random.Random(scene("seeds")["random"])
    for at in positions():
        draw_seed(canvas, at, rng.uniform(0, 360), rng.uniform(0.92, 1.06), rng)
    return canvas.finish()


def positions() -> list[Point]:
    """The middles of the seeds, as many as scenes.toml says."""
    facts = scene("seeds")
    rng = random.Random(facts["random"])
    found: list[Point] = []
    while len(found) < facts["count"]:
        r, a = _HEAP * math.sqrt(rng.random()), rng.uniform(0, math.tau)
        at = (_CENTRE[0] + 1.12 * r * math.cos(a), _CENTRE[1] + 0.98 * r * math.sin(a))
        if all(math.dist(at, other) >= _APART for other in found):
            found.append(at)
    return found


def _table(canvas: Canvas) -> None:
    rng = random.Random(1)
    for row in range(6):
        top = row * 150
        canvas.shade(rect(0, top, 1200, 150), *rng.choice(_PLANKS))
        for _ in range(7):
            y = top + rng.uniform(12, 138)
            grain = [(x, y + rng.uniform(-3, 3)) for x in range(-60, 1400, 140)]
            canvas.line(smooth(grain, closed=False), "#b08558", 1)
        canvas.fill(rect(0, top, 1200, 3), "#8f6840")


_PLANKS = [("#cfa97d", "#c59c6e"), ("#c8a073", "#bd9466"), ("#d4b087", "#c9a277")]


def _plate(canvas: Canvas) -> None:
    x, y = _CENTRE
    rim = ellipse(x, y, 425, 405)
    canvas.shadow(rim, dx=10, dy=22, blur=22, strength=0.5)
    canvas.shade(rim, "#fdfbf6", "#e9e4d9")
    canvas.line(ellipse(x, y, 415, 395), "#5d8f99", 4, closed=True)
    canvas.line(ellipse(x, y, 404, 384), "#5d8f99", 1.5, closed=True)
    canvas.shade(ellipse(x, y, 345, 325), "#e6e0d4", "#fbf8f2")
    canvas.shade(ellipse(x, y + 3, 336, 316), "#f4f0e7", "#fdfbf7")


def draw_seed(
    canvas: Canvas, at: Point, angle: float, size: float, rng: random.Random, soft: bool = True
) -> None:
    """One sunflower seed, 122 pixels long at size 1; soft: with a shadow."""

    def put(points: list[Point]) -> list[Point]:
        return turned(placed(points, *at, size), at, angle)

    outline = put(smooth(_OUTLINE + [(-x, y) for x, y in _OUTLINE[-2:0:-1]]))
    if soft:
        canvas.shadow(outline, dx=4, dy=7, blur=5, strength=0.55)
    canvas.fill(outline, "#2a2623")
    for edge in (-1, -0.42, 0.42, 1):
        lean = edge * 21 + rng.uniform(-1.5, 1.5)
        width = 7 if abs(edge) == 1 else 8.5
        stripe = [(lean * 0.25, -50), (lean - width / 2, 0), (lean * 0.55, 44)]
        back = [(lean * 0.25, -50), (lean + width / 2, 2), (lean * 0.55, 44)]
        canvas.fill(put(smooth(stripe, closed=False) + smooth(back, closed=False)[::-1]), "#e8dcc6")
    canvas.line(outline, "#191614", 1.6, closed=True)
    canvas.fill(put(ellipse(-9, -14, 4, 18, 10)), "#ffffff2e")
