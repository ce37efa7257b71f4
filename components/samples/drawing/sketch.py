"""A website as somebody drew it on paper with a pencil."""

import random
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image

from components.samples.drawing.canvas import Canvas
from components.samples.drawing.lettering import write, written_width
from components.samples.drawing.scenes import scene
from components.samples.drawing.shapes import Point, Points, arc, ellipse, rect, turned, wobbly

_PENCIL, _RED = "#4a4c52", "#c2452f"


def draw() -> Image.Image:
    canvas = Canvas(1100, 1300, "#fcfaf4")
    rng = random.Random(21)
    _paper(canvas)
    pen = _Pencil(canvas, rng)
    facts = scene("sketch")
    pen.box(110, 100, 880, 1110)
    pen.line([(110, 160), (990, 160)])
    for x in (140, 170, 200):
        pen.line(arc(x, 131, 9, 9, 0, 372, steps=14), 2.2)
    pen.box(240, 113, 700, 36)
    pen.write((262, 122), facts["url"], 18)
    _header(pen, facts)
    _hero(pen, facts)
    _cards(pen, facts["cards"])
    _form(pen, facts["form"])
    _notes(pen, facts["notes"])
    _real_pencil(canvas)
    return canvas.finish()


class _Pencil:
    """Draws wobbly lines, some of them twice, as a hand does."""

    def __init__(self, canvas: Canvas, rng: random.Random) -> None:
        self._canvas, self._rng = canvas, rng

    def line(self, points: Sequence[Point], width: float = 2.8, colour: str = _PENCIL) -> None:
        self._canvas.line(wobbly(points, self._rng, 1.7), colour, width)

    def box(self, x: float, y: float, w: float, h: float, width: float = 2.8) -> None:
        corners = [*rect(x, y, w, h), (x, y)]
        over = self._rng.uniform(2, 7)
        for (x0, y0), (x1, y1) in pairwise(corners):
            dx, dy = (x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)
            self.line([(x0 - dx * over, y0 - dy * over), (x1 + dx * over, y1 + dy * over)], width)

    def write(
        self, at: Point, text: str, height: float, anchor: str = "l", red: bool = False
    ) -> None:
        colour, pen = (_RED if red else _PENCIL), max(2.0, height / 10)
        write(self._canvas, at, text, height, colour, pen, self._rng, anchor)


def _paper(canvas: Canvas) -> None:
    canvas.shade(rect(0, 0, 1100, 1300), "#fdfbf6", "#f5f1e7")
    for x in range(20, 1100, 30):
        for y in range(20, 1300, 30):
            canvas.fill(ellipse(x, y, 1.3), "#cfd3d6")


def _header(pen: _Pencil, facts: dict[str, list[str]]) -> None:
    leaf = [(150, 222), (166, 198), (196, 190), (192, 218), (172, 236), (150, 240), (180, 206)]
    pen.line(leaf, 2.4)
    pen.write((212, 198), str(facts["logo"]), 34)
    x = 566.0
    for word in facts["menu"]:
        pen.write((x, 204), word, 23)
        x += written_width(word, 23) + 46
    pen.line([(110, 262), (990, 262)])


def _hero(pen: _Pencil, facts: dict[str, list[str]]) -> None:
    pen.box(560, 300, 390, 300)
    pen.line([(560, 300), (950, 600)], 2)
    pen.line([(950, 300), (560, 600)], 2)
    for i, words in enumerate(facts["headline"]):
        pen.write((150, 330 + i * 66), words, 40 - 6 * i)
    for y, end in ((474, 500), (500, 470)):
        pen.line([(150, y), (end, y)], 2)
    pen.box(150, 532, 200, 66, 3.2)
    pen.write((250, 552), str(facts["button"]), 26, "m")


def _cards(pen: _Pencil, cards: list[list[str]]) -> None:
    for i, (name, price) in enumerate(cards):
        x = 150 + i * 272
        pen.box(x, 660, 240, 320)
        pen.line([(x + 70, 700), (x + 78, 790), (x + 148, 790), (x + 156, 700)], 2.4)
        pen.line([(x + 70, 700), (x + 156, 700)], 2.4)
        pen.line(arc(x + 156, 736, 24, 24, -80, 80, steps=8), 2.4)
        for steam in (94, 114, 134):
            pen.line([(x + steam, 692), (x + steam + 4, 684), (x + steam - 2, 676)], 1.8)
        pen.write((x + 120, 836), name, 26, "m")
        pen.write((x + 120, 884), price, 28, "m")
        for y, indent in ((934, 40), (954, 70)):
            pen.line([(x + indent, y), (x + 240 - indent, y)], 1.8)


def _form(pen: _Pencil, words: list[str]) -> None:
    pen.line([(110, 1030), (990, 1030)])
    pen.box(190, 1082, 440, 70)
    pen.write((214, 1104), words[0], 24)
    pen.box(660, 1082, 230, 70, 3.2)
    pen.write((775, 1104), words[1], 25, "m")


def _notes(pen: _Pencil, notes: list[str]) -> None:
    pen.line(arc(756, 448, 120, 44, 10, 382, steps=16), 2.6, _RED)
    pen.write((756, 434), notes[0], 25, "m", red=True)
    pen.line([(130, 640), (118, 660), (118, 980), (130, 998)], 2.6, _RED)
    pen.write((16, 806), notes[1].split()[0], 26, red=True)
    pen.write((16, 842), notes[1].split()[1], 20, red=True)


def _real_pencil(canvas: Canvas) -> None:
    def put(points: Sequence[Point]) -> Points:
        return turned([(x + 1010, y + 1010) for x, y in points], (1010, 1010), 68)

    body = rect(-30, -15, 420, 30)
    tip = [(-30, -15), (-84, 0), (-30, 15)]
    canvas.shadow(put([*body[1:3], *tip[::-1]]), dx=10, dy=12, blur=8, strength=0.35)
    canvas.fill(put(tip), "#ecd0a2")
    canvas.fill(put([(-68, -4.4), (-84, 0), (-68, 4.4)]), "#3b3d42")
    for y, colour in ((-15, "#f2c14e"), (-5, "#e5ab33"), (5, "#c98d22")):
        canvas.fill(put(rect(-30, y, 420, 10.4)), colour)
