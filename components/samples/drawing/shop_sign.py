"""A bakery with a board on the pavement, on which one word is misspelt."""

import random

from PIL import Image

from components.samples.drawing import palette as p
from components.samples.drawing.canvas import Canvas
from components.samples.drawing.lettering import write
from components.samples.drawing.scenes import scene
from components.samples.drawing.shapes import arc, ellipse, rect, rounded, smooth


def draw() -> Image.Image:
    canvas = Canvas(1280, 960, p.TEAL)
    rng = random.Random(3)
    _front(canvas)
    _window(canvas, rng)
    _door(canvas)
    _awning(canvas)
    _pavement(canvas)
    _board(canvas, rng)
    return canvas.finish()


def _front(canvas: Canvas) -> None:
    canvas.backdrop("#24697a", p.TEAL_DARK)
    canvas.shadow(rect(0, 0, 1280, 78), dy=8, blur=8, strength=0.4)
    canvas.shade(rect(0, 0, 1280, 70), "#f1e4cd", "#e2d0b1")
    for x in range(8, 1280, 64):
        canvas.shade(rect(x, 20, 48, 50), "#cdb994", "#dccaa8")
    canvas.fill(rect(0, 68, 1280, 10), "#f0e3cd")
    canvas.shade(rounded(60, 104, 1160, 136, 10), "#1a4651", "#123840")
    canvas.line(rounded(72, 115, 1136, 114, 6), "#d9b25f", 3, closed=True)
    canvas.text((643, 205), scene("shop_sign")["name"], "serif-bold-italic", 94, "#0b2229", "ms")
    canvas.text((640, 201), scene("shop_sign")["name"], "serif-bold-italic", 94, "#f1d489", "ms")


def _window(canvas: Canvas, rng: random.Random) -> None:
    canvas.fill(rect(60, 340, 760, 500), "#e9ddc6")
    canvas.shade(rect(78, 358, 724, 440), "#ffe7b0", "#f3c77c")
    for y, goods in ((565, _loaf), (745, _cake)):
        canvas.fill(rect(78, y, 724, 12), p.WOOD_DARK)
        canvas.fill(rect(78, y + 12, 724, 6), "#00000022")
        for x in range(140, 800, 118):
            goods(canvas, x + rng.uniform(-6, 6), y, rng)
    canvas.fill([(78, 358), (330, 358), (140, 798), (78, 798)], "#ffffff30")
    canvas.fill([(400, 358), (460, 358), (270, 798), (210, 798)], "#ffffff26")
    canvas.fill(rect(433, 358, 14, 440), "#e9ddc6")
    canvas.shade(rect(60, 798, 760, 42), "#e9ddc6", "#cdbd9f")


def _loaf(canvas: Canvas, x: float, y: float, rng: random.Random) -> None:
    w = rng.uniform(44, 52)
    top = [(x - w, y - 34), (x - 20, y - 62), (x + 20, y - 62), (x + w, y - 34)]
    crust = smooth([(x - w, y - 4), *top, (x + w, y - 4), (x, y + 2)])
    canvas.shade(crust, "#d99a4e", "#9c5c27")
    for cut in (-24, 0, 24):
        canvas.line([(x + cut - 8, y - 46), (x + cut + 10, y - 26)], "#f2cf94", 5)


def _cake(canvas: Canvas, x: float, y: float, rng: random.Random) -> None:
    top, side = rng.choice([("#f5d3da", "#d98fa0"), ("#fff6e3", "#e5c48f"), ("#7b4a33", "#5a3323")])
    canvas.fill(rect(x - 7, y - 26, 14, 26), "#fffaf0")
    canvas.fill(ellipse(x, y - 26, 50, 8), "#fffaf0")
    canvas.shade(rect(x - 38, y - 74, 76, 46), side, side)
    canvas.fill(ellipse(x, y - 28, 38, 7), side)
    for drop in range(-30, 31, 15):
        canvas.fill(rounded(x + drop - 7, y - 76, 14, 20 + abs(drop) % 11, 6), top)
    canvas.fill(ellipse(x, y - 74, 38, 9), top)
    canvas.fill(ellipse(x, y - 84, 8), p.TERRACOTTA)


def _door(canvas: Canvas) -> None:
    canvas.fill(rect(880, 340, 320, 540), "#e9ddc6")
    canvas.shade(rect(900, 360, 280, 520), "#c7714a", p.BRICK)
    canvas.fill(rect(930, 392, 220, 270), "#8f3c26")
    canvas.shade(rect(938, 400, 204, 254), "#ffe7b0", "#eebb70")
    canvas.fill([(938, 400), (1040, 400), (960, 654), (938, 654)], "#ffffff33")
    canvas.line(rounded(936, 700, 208, 150, 8), "#8f3c26", 6, closed=True)
    canvas.fill(rounded(1150, 600, 14, 110, 7), "#e8c46d")
    canvas.shadow(rounded(985, 455, 110, 62, 8), dy=4, blur=4)
    canvas.line([(1005, 456), (1040, 418), (1075, 456)], p.INK, 2)
    canvas.fill(rounded(985, 455, 110, 62, 8), p.CREAM)
    canvas.text((1040, 497), "OPEN", "sans-bold", 32, p.TERRACOTTA, "ms", spacing=2)


def _awning(canvas: Canvas) -> None:
    canvas.shadow(rect(40, 262, 1200, 110), dy=26, blur=14, strength=0.4)
    for i in range(16):
        left, right = 60 + i * 72.5, 60 + (i + 1) * 72.5
        out, out2 = 30 + i * 76.25, 30 + (i + 1) * 76.25
        light = i % 2 == 0
        top, bottom = ("#fff7e8", "#efe2c8") if light else ("#d6714f", "#bd5636")
        canvas.shade([(left, 246), (right, 246), (out2, 350), (out, 350)], top, bottom)
        canvas.fill(arc((out + out2) / 2, 349, 38.1, 30, 0, 180), "#e6d7ba" if light else "#a9492f")


def _pavement(canvas: Canvas) -> None:
    canvas.shade(rect(0, 840, 879.6, 40), "#123840", "#0f2e35")
    canvas.shade(rect(0, 878, 1280, 82), "#c9c2b4", "#aaa293")
    for x in range(-60, 1400, 160):
        canvas.line([(x + 40, 880), (x - 10, 960)], "#989082", 2)
    canvas.shade(rect(880, 868, 320, 22), "#ded6c6", "#bdb4a2")


def _board(canvas: Canvas, rng: random.Random) -> None:
    canvas.shadow(ellipse(640, 925, 250, 20), dy=0, blur=12, strength=0.6)
    canvas.fill([(420, 480), (450, 480), (410, 930), (376, 930)], "#6d4526")
    canvas.fill([(830, 480), (860, 480), (904, 930), (870, 930)], "#6d4526")
    canvas.shade([(412, 452), (868, 452), (884, 900), (396, 900)], "#a9733f", "#8a5a2f")
    canvas.shade([(434, 474), (846, 474), (860, 878), (420, 878)], "#2f3a38", "#232c2b")
    for _ in range(14):
        x, y = rng.uniform(450, 760), rng.uniform(500, 850)
        canvas.fill(ellipse(x, y, rng.uniform(30, 80), 8, rng.uniform(-20, 20)), "#ffffff07")
    title, *lines = scene("shop_sign")["board"]
    write(canvas, (640, 500), title, 50, "#f3c969", 5.5, rng, "m")
    canvas.line(
        smooth([(520, 572), (600, 566), (680, 573), (760, 567)], closed=False), "#f3c969", 3
    )
    for i, line in enumerate(lines):
        write(canvas, (640, 600 + i * 66), line, 37, "#f6f3ea", 4.2, rng, "m")
