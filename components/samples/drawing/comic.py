"""Four panels: a robot counts seeds while a bird eats them."""

import random
from collections.abc import Sequence

from PIL import Image

from components.samples.drawing.canvas import Canvas
from components.samples.drawing.lettering import write, written_width
from components.samples.drawing.scenes import scene
from components.samples.drawing.shapes import (
    Point,
    Points,
    arc,
    ellipse,
    placed,
    rect,
    rounded,
    smooth,
)

_INK = "#25292e"
_WALLS = [
    ("#fbe3b4", "#f6d18f"),
    ("#cfe7e2", "#aad3cc"),
    ("#f9d5c6", "#f0b8a2"),
    ("#d5dcf0", "#b4bfe0"),
]
_W, _H, _GAP = 640, 480, 28


def draw() -> Image.Image:
    facts = scene("comic")
    canvas = Canvas(2 * _W + 3 * _GAP, 2 * _H + 3 * _GAP, "#fffdf8")
    rng = random.Random(facts["random"])
    for i, panel in enumerate(facts["panels"]):
        x, y = _GAP + (i % 2) * (_W + _GAP), _GAP + (i // 2) * (_H + _GAP)
        canvas.shade(rect(x, y, _W, _H), *_WALLS[i])
        _table(canvas, x, y)
        _robot(canvas, (x + 380, y + 372), worried=i)
        _seeds(canvas, (x + 222, y + 412), panel["seeds"])
        _bird(canvas, (x + (84, 100, 116, 152)[i], y + 402), 0.62 + 0.2 * i, full=i == 3)
        _balloon(canvas, (x + 184, y + 72), panel["ask"], (x + 6, y + 186), rng)
        _balloon(canvas, (x + 510, y + 98 - 8 * (i == 0)), panel["answer"], (x + 428, y + 176), rng)
        canvas.line(rect(x, y, _W, _H), _INK, 5, closed=True)
    return canvas.finish()


def _table(canvas: Canvas, x: float, y: float) -> None:
    canvas.shade(rect(x, y + 392, _W, 88), "#c48f5c", "#a57243")
    canvas.fill(rect(x, y + 388, _W, 5), _INK)


def _robot(canvas: Canvas, at: Point, *, worried: int) -> None:
    def put(points: Sequence[Point]) -> Points:
        return placed(points, *at)

    canvas.line(put([(0, -190), (0, -216)]), _INK, 5)
    canvas.shape(
        put(ellipse(0, -222, 10)), ("#7cc47f", "#f0c04f", "#ee8f4d", "#e2574c")[worried], _INK, 4
    )
    canvas.shape(put(rounded(-66, -76, 132, 94, 20)), "#93b8c8", _INK, 5, "#6d98ab")
    canvas.shape(put(rounded(-86, -190, 172, 122, 30)), "#a9cbd8", _INK, 5, "#86b0c1")
    for side in (-1, 1):
        canvas.shape(put(rounded(side * 96 - 9, -148, 18, 40, 7)), "#6d98ab", _INK, 4)
    canvas.shape(put(rounded(-68, -172, 136, 84, 22)), "#2f4450", _INK, 3)
    look = -9 if worried < 3 else -4
    for side in (-1, 1):
        canvas.fill(put(ellipse(side * 30 + look, -138, 14 + worried)), "#c9f4ec")
        canvas.fill(put(ellipse(side * 30 + look * 1.5, -135 + worried, 6)), "#2f4450")
        brow = [(side * 46 + look, -163 + worried * 4), (side * 18 + look, -160 - worried * 2)]
        canvas.line(put(brow), "#c9f4ec", 3.5)
    mouth = [(-20, -106), (-8, -99), (6, -99), (18, -106)] if worried == 0 else None
    nervous = [(-20, -102), (-12, -107), (-3, -101), (6, -107), (16, -102)]
    canvas.line(put(smooth(mouth or nervous, closed=False)), "#c9f4ec", 4)
    for drop in range(worried):
        x, y = ((-74, -196), (74, -204), (100, -176))[drop]
        tear = smooth([(x, y - 14), (x + 7, y + 2), (x, y + 9), (x - 7, y + 2)])
        canvas.shape(put(tear), "#7fc6ea", _INK, 2.5)
    canvas.shape(put(rounded(-30, -52, 60, 40, 8)), "#f4efe2", _INK, 3)
    for x, colour in ((-14, "#e2574c"), (0, "#f0c04f"), (14, "#7cc47f")):
        canvas.fill(put(ellipse(x, -32, 5)), colour)


def _seeds(canvas: Canvas, at: Point, count: int) -> None:
    """A heap of exactly `count` seeds in rows that get shorter upwards; an empty dish under it."""
    canvas.shape(
        placed(smooth([(-108, -4), (108, -4), (84, 22), (-84, 22)]), *at),
        "#fdfaf2",
        _INK,
        4,
        "#ddd6c6",
    )
    row, y, left = 9, -10.0, count
    while left > 0:
        here = min(row, left)
        for k in range(here):
            x = (k - (here - 1) / 2) * 20
            seed = smooth([(x - 11, y + 5), (x, y - 10), (x + 11, y + 5), (x, y + 9)])
            canvas.shape(placed(seed, *at), "#4a423c", _INK, 1.6)
            canvas.line(placed([(x, y - 6), (x, y + 5)], *at), "#e8dcc6", 2.4)
        left, row, y = left - here, max(row - 2, 1), y - 15


def _bird(canvas: Canvas, at: Point, size: float, *, full: bool) -> None:
    def put(points: Sequence[Point]) -> Points:
        return placed(points, *at, size)

    for x in (-12, 14):
        canvas.line(put([(x, -10), (x, 14)]), "#d98a2b", 5 * size)
        canvas.line(put([(x - 7, 15), (x + 9, 15)]), "#d98a2b", 4 * size)
    canvas.shape(
        put([(-50, -50), (-96, -78), (-88, -44), (-100, -24), (-48, -28)]), "#2f6fa5", _INK, 3.5
    )
    body = ellipse(0, -50, 66 if full else 56, 58 if full else 46)
    canvas.shape(put(body), "#5aa0d8", _INK, 4, "#3c7fb8")
    canvas.fill(put(ellipse(14, -36, 44, 36)), "#f6efe0")
    canvas.shape(put(ellipse(34, -106, 36)), "#5aa0d8", _INK, 4, "#4a90ca")
    canvas.shape(put([(66, -116), (98, -104), (64, -92)]), "#f2a93b", _INK, 3)
    if full:
        canvas.line(put(arc(44, -112, 9, 7, 10, 170)), _INK, 4)
    else:
        canvas.fill(put(ellipse(46, -112, 9)), "#ffffff")
        canvas.fill(put(ellipse(49, -112, 5)), _INK)
    wing = smooth([(-40, -66), (2, -64), (6, -40), (-20, -22), (-44, -34)])
    canvas.shape(put(wing), "#2f6fa5", _INK, 3.5)


def _balloon(canvas: Canvas, at: Point, lines: list[str], tip: Point, rng: random.Random) -> None:
    height = 23.0
    w = max(written_width(line, height) for line in lines) / 2 + 34
    h = 24 + 19 * len(lines)
    x, y = at
    oval = [(x + dx, y + dy) for dx, dy in rounded(-w, -h, 2 * w, 2 * h, h * 0.9)]
    foot = x + (tip[0] - x) * 0.3
    tail = [(foot - 14, y + h - 8), tip, (foot + 14, y + h - 8)]
    canvas.line(oval, _INK, 7, closed=True)
    canvas.line(tail, _INK, 7)
    canvas.fill(oval, "#ffffff")
    canvas.fill(tail, "#ffffff")
    for i, line in enumerate(lines):
        top = y - (len(lines) * 38 - 15) / 2 + i * 38
        write(canvas, (x, top), line, height, _INK, 3.2, rng, "m")
