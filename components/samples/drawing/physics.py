"""A problem from a French physics course, with its drawing."""

import math

from PIL import Image

from components.samples.drawing import palette as p
from components.samples.drawing.canvas import Canvas
from components.samples.drawing.scenes import scene
from components.samples.drawing.shapes import Point, Points, arc, ellipse, rect, rounded, turned

_A: Point = (330, 480)  # top of the plane; its foot B follows from the angle
_LONG = 640  # length of AB in pixels


def draw() -> Image.Image:
    facts = scene("physics")
    canvas = Canvas(1200, 1180, "#fffdf9")
    canvas.fill(rect(0, 0, 14, 1180), p.TEAL)
    canvas.text((80, 104), facts["title"], "serif-bold", 44, p.TEAL_DARK)
    canvas.fill(rect(80, 128, 1040, 2.5), p.TEAL_LIGHT)
    for i, line in enumerate(facts["text"]):
        canvas.text((80, 184 + i * 44), line, "serif", 28, p.INK)
    for i, line in enumerate(facts["questions"]):
        canvas.text((80, 960 + i * 50), line, "serif", 28, p.INK)
    _figure(canvas, facts)
    return canvas.finish()


def _figure(canvas: Canvas, facts: dict[str, object]) -> None:
    angle = float(str(facts["angle"]))
    a, b, m, length, alpha, h = (str(label) for label in facts["labels"])  # type: ignore[attr-defined]
    dx, dy = _LONG * math.cos(math.radians(angle)), _LONG * math.sin(math.radians(angle))
    foot, corner = (_A[0] + dx, _A[1] + dy), (_A[0], _A[1] + dy)
    canvas.fill(rounded(80, 350, 1040, 540, 14), "#f3f6f4")
    canvas.shade([_A, foot, corner], "#dfe9e4", "#bfd3cb")
    _ground(canvas, corner[1])
    canvas.line([_A, foot, corner], p.INK, 3.5, closed=True)
    _cart(canvas, angle)
    _dimension(canvas, _A, foot, 118)
    middle = turned([(_A[0] + _LONG * 0.55, _A[1] - 128)], _A, angle)[0]
    canvas.text((middle[0] + 18, middle[1] - 8), length, "serif-italic", 34, p.INK, "mm")
    _dimension(canvas, corner, _A, 42)
    canvas.text((_A[0] - 70, (_A[1] + corner[1]) / 2), h, "serif-italic", 34, p.INK, "mm")
    canvas.line(arc(*foot, 110, 110, 180, 180 + angle), p.BRICK, 3)
    at = turned([(foot[0] - 148, foot[1])], foot, angle / 2)[0]
    canvas.text(at, alpha, "serif-italic", 36, p.BRICK, "mm")
    canvas.line(
        [
            (corner[0], corner[1] - 26),
            (corner[0] + 26, corner[1] - 26),
            (corner[0] + 26, corner[1]),
        ],
        p.INK,
        2,
    )
    canvas.text((_A[0] - 20, _A[1] - 14), a, "serif-bold", 34, p.INK, "ms")
    canvas.text((foot[0] + 32, foot[1] - 12), b, "serif-bold", 34, p.INK, "ms")
    at = turned([(_A[0] + 150, _A[1] - 62)], _A, angle)[0]
    canvas.text(at, m, "serif-italic", 34, p.WHITE, "mm")


def _cart(canvas: Canvas, angle: float) -> None:
    def put(points: Points) -> Points:
        return turned([(_A[0] + x, _A[1] + y) for x, y in points], _A, angle)

    canvas.shade(put(rounded(88, -94, 124, 66, 9)), "#d9795a", p.BRICK)
    canvas.line(put(rounded(88, -94, 124, 66, 9)), p.INK, 3, closed=True)
    for x in (116, 184):
        canvas.fill(put(ellipse(x, -20, 19)), p.INK)
        canvas.fill(put(ellipse(x, -20, 8)), "#e7ecec")


def _ground(canvas: Canvas, y: float) -> None:
    canvas.line([(150, y), (1050, y)], p.INK, 3.5)
    for x in range(160, 1050, 26):
        canvas.line([(x + 14, y + 3), (x, y + 18)], p.GREY, 1.8)


def _dimension(canvas: Canvas, start: Point, end: Point, off: float) -> None:
    """A measuring line beside start-end, on its left, with arrow heads."""
    angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    long = math.dist(start, end)

    def put(points: Points) -> Points:
        return turned([(start[0] + x, start[1] + y) for x, y in points], start, angle)

    canvas.line(put([(0, -off), (long, -off)]), p.GREY, 2)
    for x, way in ((0.0, 1), (long, -1)):
        canvas.fill(put([(x, -off), (x + way * 16, -off - 6), (x + way * 16, -off + 6)]), p.GREY)
        canvas.line(put([(x, -14), (x, -off - 10)]), "#b7bfc2", 1.4)
