"""A bar chart with a value on every bar."""

from PIL import Image

from components.samples.drawing import palette as p
from components.samples.drawing.canvas import Canvas
from components.samples.drawing.scenes import scene
from components.samples.drawing.shapes import rect, rounded

_LEFT, _RIGHT, _BASE, _TOP = 130, 1220, 690, 190


def draw() -> Image.Image:
    facts = scene("chart")
    canvas = Canvas(1280, 800, p.WHITE)
    canvas.text((60, 84), facts["title"], "sans-bold", 42, p.INK)
    canvas.text((60, 124), facts["subtitle"], "sans", 23, p.GREY)
    limit = facts["step"] * -(-max(facts["values"]) // facts["step"])
    _grid(canvas, facts["step"], limit)
    _bars(canvas, facts["months"], facts["values"], limit)
    canvas.text((60, 166), facts["axis"], "sans", 20, p.GREY)
    return canvas.finish()


def _grid(canvas: Canvas, step: int, limit: int) -> None:
    for value in range(0, limit + 1, step):
        y = _y(value, limit)
        canvas.fill(rect(_LEFT, y - 0.7, _RIGHT - _LEFT, 1.4), "#e3e7ea")
        canvas.text((_LEFT - 16, y), f"{value:,}", "sans", 20, p.GREY, "rm")


def _bars(canvas: Canvas, names: list[str], values: list[int], limit: int) -> None:
    step = (_RIGHT - _LEFT) / len(values)
    for i, (name, value) in enumerate(zip(names, values, strict=True)):
        middle, y = _LEFT + step * (i + 0.5), _y(value, limit)
        bar = rounded(middle - 29, y, 58, _BASE - y + 10, 7)
        canvas.fill(bar, "#e2863d" if value == max(values) else "#2f7d8c")
        canvas.text((middle, y - 10), f"{value:,}", "sans-bold", 22, p.INK, "ms")
        canvas.text((middle, _BASE + 36), name, "sans", 22, p.INK, "ms")
    canvas.fill(rect(_LEFT, _BASE, _RIGHT - _LEFT, 11), p.WHITE)
    canvas.fill(rect(_LEFT, _BASE - 1, _RIGHT - _LEFT, 2.4), p.INK)


def _y(value: float, limit: int) -> float:
    return _BASE - (_BASE - _TOP) * value / limit
