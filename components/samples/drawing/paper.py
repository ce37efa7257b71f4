"""The first page of a paper that says of itself that it is invented."""

from PIL import Image

from components.samples.drawing.canvas import Canvas, measure
from components.samples.drawing.scenes import scene
from components.samples.drawing.shapes import ellipse, rect

_INK = "#16181b"
_SIZE, _LINE = 21.5, 28.5
_COLUMN, _LEFT, _RIGHT = 462, 80, 578
_BOTTOM = 1410


def draw() -> Image.Image:
    facts = scene("paper")
    canvas = Canvas(1120, 1500, "#ffffff")
    for i, line in enumerate(facts["title"]):
        canvas.text((560, 112 + i * 46), line, "serif-bold", 38, _INK, "ms")
    canvas.text((560, 218), facts["authors"], "serif", 24, _INK, "ms")
    canvas.text((560, 250), facts["place"], "serif-italic", 21, _INK, "ms")
    y = _heading(canvas, 560, 300, facts["abstract_heading"], "ms")
    y = _paragraph(canvas, 140, y, facts["abstract"], 840) + 30
    left = right = y
    for section in facts["left"]:
        left = _section(canvas, _LEFT, left, section)
    right = _figure(canvas, right, facts["figure"])
    for section in facts["right"]:
        right = _section(canvas, _RIGHT, right, section)
    if max(left, right) > _BOTTOM + 2 * _LINE:
        raise ValueError("the paper's text doesn't fit its page")
    canvas.text((560, 1466), "1", "serif", 18, _INK, "ms")
    return canvas.finish()


def _section(canvas: Canvas, x: float, y: float, section: dict[str, str]) -> float:
    y = _heading(canvas, x, y, section["heading"], "ls")
    return _paragraph(canvas, x, y, section["text"], _COLUMN) + 22


def _heading(canvas: Canvas, x: float, y: float, text: str, anchor: str) -> float:
    canvas.text((x, y), text, "serif-bold", 25, _INK, anchor)
    return y + 36


def _paragraph(canvas: Canvas, x: float, y: float, text: str, width: float) -> float:
    """Justified; returns the baseline after the last line."""
    lines = _broken(text.split(), width)
    for i, words in enumerate(lines):
        used = sum(measure(word, "serif", _SIZE) for word in words)
        space = (width - used) / max(1, len(words) - 1)
        if i == len(lines) - 1:
            space = measure(" ", "serif", _SIZE)
        at = x
        for word in words:
            canvas.text((at, y), word, "serif", _SIZE, _INK)
            at += measure(word, "serif", _SIZE) + space
        y += _LINE
    return y


def _broken(words: list[str], width: float) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    for word in words:
        if lines[-1] and measure(" ".join([*lines[-1], word]), "serif", _SIZE) > width:
            lines.append([])
        lines[-1].append(word)
    return lines


def _figure(canvas: Canvas, y: float, facts: dict[str, list[float]]) -> float:
    """Share of right counts against how many things there are, in percent."""
    left, top, w, h = _RIGHT + 44, y - 10, _COLUMN - 64, 230
    for share in range(0, 101, 25):
        line = top + h * (1 - share / 100)
        canvas.fill(rect(left, line, w + 20, 1), "#d9dde0")
        canvas.text((left - 10, line), str(share), "sans", 16, _INK, "rm")
    xs = [left + 14 + (w - 14) * (n - facts["things"][0]) / 30 for n in facts["things"]]
    for name, colour in (("once", "#c9603f"), ("crops", "#2f7d8c")):
        line_points = [(x, top + h * (1 - v / 100)) for x, v in zip(xs, facts[name], strict=True)]
        canvas.line(line_points, colour, 3)
        for x, v in line_points:
            canvas.fill(ellipse(x, v, 5), colour)
    for x, n in zip(xs, facts["things"], strict=True):
        canvas.text((x, top + h + 22), f"{n:g}", "sans", 16, _INK, "ms")
    for i, (label, colour) in enumerate(zip(facts["legend"], ("#2f7d8c", "#c9603f"), strict=True)):
        canvas.fill(rect(left + 24, top + h - 62 + i * 26, 24, 4), colour)
        canvas.text((left + 56, top + h - 60 + i * 26), str(label), "sans", 16, _INK, "lm")
    canvas.text((left + w / 2, top + h + 44), str(facts["axis"]), "sans", 16, _INK, "ms")
    return _paragraph(canvas, _RIGHT, top + h + 78, str(facts["caption"]), _COLUMN) + 24
