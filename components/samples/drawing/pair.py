"""Two pictures of a room that differ in five places."""

import math
import random

from PIL import Image

from components.samples.drawing import palette as p
from components.samples.drawing.canvas import Canvas
from components.samples.drawing.cat import cat
from components.samples.drawing.room import analyzer, lamp, notebook, window
from components.samples.drawing.scenes import scene
from components.samples.drawing.shapes import arc, ellipse, rect, rounded, smooth


def draw() -> tuple[Image.Image, Image.Image]:
    return _room(changed=False), _room(changed=True)


def _room(*, changed: bool) -> Image.Image:
    canvas = Canvas(1200, 900, "#f3e3cb")
    for x in range(0, 1200, 80):
        canvas.fill(rect(x, 0, 40, 690), "#f0dcc0")
    window(canvas)
    _flowers(canvas, 2 if changed else 3)
    _clock(canvas, *scene("pair")["second_time" if changed else "first_time"])
    _shelf(canvas, without=3 if changed else None)
    analyzer(canvas)
    lamp(canvas)
    notebook(canvas)
    _mug(canvas, "#3f8f96" if changed else p.TERRACOTTA)
    cat(canvas, bow=not changed)
    return canvas.finish()


def _flowers(canvas: Canvas, count: int) -> None:
    blooms = [(338, 342, p.BLUSH), (374, 300, p.MUSTARD), (422, 330, "#d9607a")]
    for x, y, _ in blooms[:count]:
        canvas.line(
            smooth([(372, 424), ((x + 372) / 2, (y + 410) / 2), (x, y)], closed=False), p.LEAF, 5
        )
    for x, y, colour in blooms[:count]:
        for k in range(6):
            a = math.tau * k / 6
            canvas.fill(ellipse(x + 15 * math.cos(a), y + 15 * math.sin(a), 12), colour)
        canvas.fill(ellipse(x, y, 10), "#fff3c4")
    for side in (-1, 1):
        leaf = [(372, 424), (372 + side * 22, 394), (372 + side * 46, 396), (372 + side * 30, 420)]
        canvas.fill(smooth(leaf), "#5f9a63")
    canvas.fill([(330, 418), (414, 418), (402, 470), (342, 470)], p.TERRACOTTA)
    canvas.fill(rounded(324, 410, 96, 18, 5), "#b8553a")


def _clock(canvas: Canvas, hour: int, minute: int) -> None:
    x, y = 640, 170
    canvas.fill(ellipse(x, y, 76), p.TEAL_DARK)
    canvas.fill(ellipse(x, y, 64), "#fffdf6")
    for k in range(12):
        a = math.tau * k / 12
        inner = 48 if k % 3 == 0 else 54
        line = [(x + r * math.sin(a), y - r * math.cos(a)) for r in (inner, 58)]
        canvas.line(line, p.INK, 4 if k % 3 == 0 else 2)
    for turn, length, width in ((hour / 12 + minute / 720, 32, 7), (minute / 60, 46, 5)):
        a = math.tau * turn
        canvas.line([(x, y), (x + length * math.sin(a), y - length * math.cos(a))], p.INK, width)
    canvas.fill(ellipse(x, y, 6), p.TERRACOTTA)


def _shelf(canvas: Canvas, without: int | None) -> None:
    colours = ["#2f6f7c", "#d98f3c", "#7a9e6b", "#b3493a", "#3d5a80", "#e0b24e", "#8a5a83"]
    rng = random.Random(6)
    x = 800.0
    for i, colour in enumerate(colours):
        w, h = rng.choice([34, 40, 46]), rng.uniform(112, 142)
        if i == 3:
            x, w, h = 938, 34, 138
        if i != without:
            canvas.fill(rect(x, 246 - h, w, h), colour)
            for band in (16, 26):
                canvas.fill(rect(x, 246 - h + band, w, 4), "#fff3d6")
            canvas.fill(rect(x + w - 5, 246 - h, 5, h), "#00000022")
        x += w + 4
    canvas.fill(rect(770, 254, 370, 20), p.WOOD)
    canvas.fill(rect(770, 246, 370, 12), "#cda06f")
    for bracket in (810, 1090):
        canvas.fill([(bracket, 274), (bracket + 14, 274), (bracket + 14, 320)], p.WOOD_DARK)
    canvas.fill(rect(690, 330, 130, 110), p.WOOD_DARK)
    canvas.fill(rect(700, 340, 110, 90), "#cfe6ec")
    canvas.fill([(700, 430), (740, 374), (768, 408), (784, 390), (810, 430)], "#6f9fa6")
    canvas.fill(ellipse(784, 364, 10), p.MUSTARD)


def _mug(canvas: Canvas, stripe: str) -> None:
    canvas.line(arc(672, 640, 26, 28, -90, 90), "#e9e0d0", 11)
    canvas.fill(rounded(560, 586, 110, 108, 14), "#fffaf0")
    canvas.fill(rect(560, 612, 110, 36), stripe)
    canvas.fill(ellipse(615, 588, 55, 9), "#6b4630")
    canvas.line(ellipse(615, 588, 54, 9), "#efe6d6", 4, closed=True)
    for x in (596, 628):
        steam = [(x, 566), (x + 8, 550), (x - 4, 534), (x + 5, 516)]
        canvas.line(smooth(steam, closed=False), "#fffaf0", 4)
