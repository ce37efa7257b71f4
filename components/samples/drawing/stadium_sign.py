"""A sign in Chinese and English, of which one line is translated wrongly."""

import random

from PIL import Image

from components.samples.drawing import palette as p
from components.samples.drawing.canvas import Canvas
from components.samples.drawing.scenes import scene
from components.samples.drawing.shapes import Points, ellipse, rect, rounded, smooth, turned

_BLUE, _YELLOW = "#144a7c", "#ffd35c"


def draw() -> Image.Image:
    canvas = Canvas(1280, 960, p.SKY)
    _surroundings(canvas)
    for x in (210, 1030):
        canvas.shade(rect(x, 60, 40, 860), "#8b949b", "#e3e7ea", sideways=True)
        canvas.shade(rounded(x - 30, 896, 100, 34, 6), "#9aa1a6", "#7d858b")
    board = rounded(120, 90, 1040, 730, 26)
    canvas.shadow(board, dx=8, dy=16, blur=18, strength=0.4)
    canvas.shade(board, "#17558d", "#103f6b")
    canvas.line(rounded(136, 106, 1008, 698, 18), "#ffffff", 3, closed=True)
    _title(canvas)
    for i, row in enumerate(scene("stadium_sign")["rows"]):
        _row(canvas, 268 + i * 132, *row)
    return canvas.finish()


def _surroundings(canvas: Canvas) -> None:
    canvas.backdrop("#a9d4ec", "#f2f3e8")
    rng = random.Random(8)
    bowl = [(-40, 640), (40, 480), (330, 400), (640, 376), (950, 400), (1240, 480), (1320, 640)]
    canvas.shade([*smooth(bowl, closed=False), (1320, 860), (-40, 860)], "#e6ebee", "#c6d0d6")
    for i in range(-1, 22):
        x = i * 64
        canvas.line([(x, 860), (640 + (x - 640) * 0.86, 420)], "#b4c1c9", 5)
    canvas.fill(rect(0, 770, 1280, 190), "#9fb98f")
    for x in range(-20, 1320, 52):
        r = rng.uniform(30, 52)
        canvas.fill(ellipse(x, 790, r), rng.choice(["#6f9b6b", "#7fab78", "#628f63"]))
    canvas.shade(rect(0, 800, 1280, 160), "#a9c398", "#8aa97c")
    canvas.fill([(0, 925), (1280, 905), (1280, 960), (0, 960)], "#d8d2c4")


def _title(canvas: Canvas) -> None:
    chinese, english = scene("stadium_sign")["title"]
    canvas.text((190, 200), chinese, "cjk-bold", 62, p.WHITE, spacing=8)
    canvas.text((1090, 196), english, "sans-bold", 44, "#cfe3f5", "rs")
    canvas.fill(rect(190, 236, 900, 3), "#6fa3cf")


def _row(canvas: Canvas, y: float, icon: str, chinese: str, english: str, way: str) -> None:
    canvas.fill(rounded(190, y, 100, 100, 14), _YELLOW)
    _ICONS[icon](canvas, 240, y + 50)
    canvas.text((326, y + 48), chinese, "cjk-bold", 46, p.WHITE, spacing=4)
    canvas.text((326, y + 94), english, "sans", 38, p.WHITE)
    arrow: Points = [(-38, -8), (8, -8), (8, -30), (44, 0), (8, 30), (8, 8), (-38, 8)]
    angle = {"right": 0, "left": 180, "up": -90}[way]
    points = turned(arrow, (0, 0), angle)
    canvas.fill([(1042 + px, y + 50 + py) for px, py in points], p.WHITE)


def _ticket(canvas: Canvas, x: float, y: float) -> None:
    canvas.fill(turned(rounded(x - 36, y - 20, 72, 40, 6), (x, y), -18), _BLUE)
    for side in (-1, 1):
        canvas.fill(turned(ellipse(x + side * 36, y, 8), (x, y), -18), _YELLOW)
    for step in (-10, 0, 10):
        canvas.fill(turned(rect(x + 12, y + step - 3, 4, 6), (x, y), -18), _YELLOW)


def _guide(canvas: Canvas, x: float, y: float) -> None:
    for side in (-1, 1):
        page = [(x, y - 22), (x + side * 18, y - 30), (x + side * 38, y - 26)]
        low = [(x + side * 38, y + 24), (x + side * 18, y + 20), (x, y + 28)]
        canvas.fill([*smooth(page, closed=False), *smooth(low, closed=False)], _BLUE)
        for k in (-10, 0, 10):
            canvas.line([(x + side * 10, y + k - 3), (x + side * 29, y + k - 5)], _YELLOW, 3)
    canvas.line([(x, y - 20), (x, y + 27)], _YELLOW, 3)


def _lost(canvas: Canvas, x: float, y: float) -> None:
    canvas.line(rounded(x - 15, y - 32, 30, 26, 8), _BLUE, 6, closed=True)
    canvas.fill(rounded(x - 38, y - 18, 76, 52, 8), _BLUE)
    canvas.text((x, y + 22), "?", "sans-bold", 42, _YELLOW, "ms")


def _exit(canvas: Canvas, x: float, y: float) -> None:
    canvas.line([(x + 8, y - 34), (x - 30, y - 34), (x - 30, y + 34), (x + 8, y + 34)], _BLUE, 8)
    canvas.line([(x - 8, y), (x + 32, y)], _BLUE, 9)
    canvas.fill([(x + 18, y - 20), (x + 44, y), (x + 18, y + 20)], _BLUE)


_ICONS = {"ticket": _ticket, "guide": _guide, "lost": _lost, "exit": _exit}
