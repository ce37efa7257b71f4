"""Two lanes of cars, one of which drives without a driver."""

import random
from collections.abc import Callable, Sequence

from PIL import Image

from components.samples.drawing.canvas import Canvas
from components.samples.drawing.scenes import scene
from components.samples.drawing.shapes import Point, Points, ellipse, placed, rect, rounded, smooth

_PAINT = {
    "pink": ("#f7a3bf", "#dd6f97"),
    "white": ("#f7f7f4", "#cfd3d4"),
    "blue": ("#5b93c9", "#33659b"),
    "yellow": ("#f2c14e", "#cf962b"),
    "green": ("#6fb092", "#3f7f63"),
    "red": ("#dc6450", "#ac3f30"),
}
_PEOPLE = [  # skin, hair, shirt
    ("#e9b796", "#3a2a20", "#3b5a7a"),
    ("#c68c63", "#20160f", "#c9553d"),
    ("#f2cbb0", "#a5642c", "#4d7f56"),
    ("#8f5b3b", "#15100c", "#d9a441"),
    ("#efc3a2", "#6b6b6b", "#6a4f86"),
]
_BODY: list[Point] = [
    (-178, 4), (-180, -38), (-168, -62), (-120, -70), (-82, -118), (-40, -130), (30, -130),
    (66, -118), (112, -72), (158, -62), (180, -40), (182, 4),
]  # fmt: skip


def draw() -> Image.Image:
    canvas = Canvas(1400, 900, "#cfe6f2")
    _city(canvas)
    _road(canvas)
    facts = scene("cars")
    people = iter(_PEOPLE)
    for lane, y, scale, left, step in (("far", 560, 0.92, 240, 460), ("near", 772, 1.14, 245, 452)):
        for i, colour in enumerate(facts[lane]):
            driver = None if colour == facts["empty"] else next(people)
            _car(canvas, (left + i * step, y), scale, _PAINT[colour], driver)
    return canvas.finish()


def _city(canvas: Canvas) -> None:
    canvas.backdrop("#9fd0ea", "#fdf3df")
    rng = random.Random(12)
    canvas.fill(ellipse(1180, 130, 58), "#fff3c4")
    for x, y, s in ((220, 120, 1.0), (700, 80, 0.8), (980, 190, 0.7)):
        for dx, dy, r in ((-60, 8, 32), (-15, -10, 46), (40, 2, 38), (80, 14, 24)):
            canvas.fill(ellipse(x + dx * s, y + dy * s, r * s, r * s * 0.8), "#ffffff")
    for shade, window, low, base in (
        ("#b9d3df", "#c9dfe9", 90, 430),
        ("#93b6c7", "#d9e8ee", 40, 440),
    ):
        left = -20.0
        while left < 1400:
            w, h = rng.uniform(70, 130), rng.uniform(low, low + 160)
            canvas.fill(rect(left, base - h, w, h), shade)
            for wy in range(int(base - h + 16), base - 20, 28):
                for wx in range(int(left + 12), int(left + w - 16), 22):
                    canvas.fill(rect(wx, wy, 10, 14), window)
            left += w + rng.uniform(2, 16)
    for tree in range(10, 1400, 68):
        canvas.fill(rect(tree - 4, 415, 8, 40), "#8a6a4a")
        canvas.shade(ellipse(tree, 405, 27, 31), "#88b884", "#5f9363")


def _road(canvas: Canvas) -> None:
    canvas.shade(rect(0, 438, 1400, 36), "#d9d3c5", "#c2bbab")
    canvas.fill(rect(0, 470, 1400, 7), "#9c9688")
    canvas.shade(rect(0, 477, 1400, 350), "#6c7278", "#575d63")
    for x in range(-40, 1400, 150):
        canvas.fill([(x + 10, 606), (x + 92, 606), (x + 86, 616), (x, 616)], "#f4f1e6")
    canvas.fill(rect(0, 820, 1400, 8), "#f4f1e6")
    canvas.shade(rect(0, 838, 1400, 62), "#9cbf86", "#7da56c")


def _car(
    canvas: Canvas,
    at: Point,
    scale: float,
    paint: tuple[str, str],
    driver: tuple[str, str, str] | None,
) -> None:
    def put(points: Sequence[Point]) -> Points:
        return placed(points, *at, scale)

    canvas.shadow(put(ellipse(0, 34, 190, 10)), dy=0, blur=6, strength=0.65)
    body = put([*smooth(_BODY, closed=False), (182, 16), (-178, 16)])
    canvas.shade(body, *paint)
    _cabin(canvas, put, driver)
    canvas.line(put([(-4, -68), (-4, 6)]), paint[1], 2)
    canvas.line(put([(-104, -68), (-100, 6)]), paint[1], 2)
    canvas.fill(put(rounded(6, -52, 26, 7, 3)), "#ffffffaa")
    canvas.fill(put(rounded(-92, -52, 26, 7, 3)), "#ffffffaa")
    canvas.fill(put(rounded(-182, 2, 366, 17, 8)), "#3b4046")
    canvas.fill(put(ellipse(168, -38, 9, 13)), "#fff3c0")
    canvas.fill(put(ellipse(-174, -38, 6, 14)), "#b3342a")
    for x in (-112, 112):
        canvas.fill(put(ellipse(x, 6, 44)), "#2b2f33")
        canvas.fill(put(ellipse(x, 8, 36)), "#1b1d20")
        canvas.fill(put(ellipse(x, 8, 20)), "#c9ced2")
        canvas.fill(put(ellipse(x, 8, 7)), "#7d858b")


def _cabin(
    canvas: Canvas, put: Callable[[Sequence[Point]], Points], driver: tuple[str, str, str] | None
) -> None:
    front = [(4, -72), (4, -118), (30, -119), (58, -110), (96, -72)]
    rear = [(-10, -72), (-10, -118), (-38, -118), (-72, -108), (-102, -72)]
    for window in (rear, front):
        canvas.shade(put(window), "#e4f2f7", "#bcd7e2")
    for seat in (-58, 10):
        canvas.fill(put(rounded(seat, -112, 13, 20, 5)), "#5b6168")
        canvas.fill(
            put([(seat + 1, -94), (seat + 12, -94), (seat + 15, -72), (seat, -72)]), "#5b6168"
        )
    if driver:
        skin, hair, shirt = driver
        canvas.fill(put([(20, -72), (22, -84), (32, -89), (46, -86), (52, -72)]), shirt)
        canvas.fill(put(ellipse(36, -98, 13, 15)), hair)
        canvas.fill(put(ellipse(39, -96, 11.5, 13.5)), skin)
        canvas.fill(put(rect(34, -88, 9, 8)), skin)
        canvas.fill(put([(26, -108), (50, -108), (49, -102), (30, -100), (27, -94)]), hair)
        canvas.fill(put(ellipse(46, -97, 1.6)), "#22262a")
        canvas.line(put([(36, -78), (54, -77), (66, -83)]), shirt, 7)
        canvas.fill(put(ellipse(67, -84, 4.5)), skin)
    canvas.line(put([(63, -94), (73, -72)]), "#2b2f33", 4.5)
    canvas.fill(put([(20, -118), (28, -118), (6, -84), (4, -84), (4, -92)]), "#ffffff55")
