"""Lettering by hand: capitals as wobbly pen strokes (chalk, pencil, comic)."""

import random
import tomllib
from functools import cache
from pathlib import Path

from components.samples.drawing.canvas import Canvas
from components.samples.drawing.shapes import Point, Points, smooth

_GRID = 6.0  # height of a capital in letters.toml
_GAP = 1.35  # between letters, in the same units
_SPACE = 2.2


def write(
    canvas: Canvas,
    at: Point,
    text: str,
    height: float,
    colour: str,
    pen: float,
    rng: random.Random,
    anchor: str = "l",
) -> None:
    """Write capitals of `height` pixels with the top left (l), middle (m) or right (r) at `at`."""
    unit = height / _GRID
    x, y = at
    x -= {"l": 0.0, "m": 0.5, "r": 1.0}[anchor] * written_width(text, height)
    for c in text:
        if c != " ":
            _glyph(canvas, (x, y + rng.uniform(-0.15, 0.15) * unit), c, unit, colour, pen, rng)
        x += _advance(c) * unit


def written_width(text: str, height: float) -> float:
    return (sum(_advance(c) for c in text) - _GAP) * height / _GRID


def _glyph(
    canvas: Canvas,
    at: Point,
    c: str,
    unit: float,
    colour: str,
    pen: float,
    rng: random.Random,
) -> None:
    slant = rng.uniform(-0.03, 0.09)
    for stroke, curved in _glyphs()[c][1]:
        jittered = [
            (
                at[0] + (x + (_GRID - y) * slant + rng.uniform(-0.1, 0.1)) * unit,
                at[1] + (y + rng.uniform(-0.1, 0.1)) * unit,
            )
            for x, y in stroke
        ]
        points = smooth(jittered, closed=False, steps=6) if curved else jittered
        canvas.line(points, colour, pen)


def _advance(c: str) -> float:
    return _SPACE + _GAP if c == " " else _glyphs()[c][0] + _GAP


@cache
def _glyphs() -> dict[str, tuple[float, list[tuple[Points, bool]]]]:
    data = tomllib.loads(Path(__file__).with_name("letters.toml").read_text("utf-8"))
    return {c: _parsed(text) for c, text in data.items()}


def _parsed(text: str) -> tuple[float, list[tuple[Points, bool]]]:
    width, *strokes = (part.strip() for part in text.split("|"))
    return float(width), [(_points(s.lstrip("~")), s.startswith("~")) for s in strokes]


def _points(text: str) -> Points:
    pairs = (pair.split(",") for pair in text.split())
    return [(float(x), float(y)) for x, y in pairs]
