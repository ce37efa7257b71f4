"""A code editor and a terminal: a function that stops one step too early."""

import io
import keyword
import tokenize

from PIL import Image

from components.samples.drawing.canvas import Canvas, measure
from components.samples.drawing.scenes import scene
from components.samples.drawing.shapes import ellipse, rect, rounded

_SIZE, _LINE, _LEFT, _TOP = 24, 38, 150, 158
_PLAIN, _DIM = "#d7dde5", "#5f6b7a"
_COLOURS = {
    "keyword": "#c792ea",
    "name": "#82aaff",
    "string": "#a5d6a0",
    "comment": "#7c8897",
    "number": "#f5b97a",
}
_TEXT_PROMPT = "$ "


def draw() -> Image.Image:
    facts = scene("code")
    canvas = Canvas(1280, 900, "#c7d3dd")
    canvas.backdrop("#cfdbe4", "#aebfcd")
    window = rounded(50, 46, 1180, 808, 16)
    canvas.shadow(window, dy=18, blur=22, strength=0.45)
    canvas.fill(window, "#1d232b")
    _title_bar(canvas, facts["file"])
    source = facts["source"].strip()
    lines = source.splitlines()
    colours = _coloured(source)
    for number, line in enumerate(lines, 1):
        y = _TOP + (number - 1) * _LINE
        canvas.text((118, y), str(number), "mono", 21, _DIM, "rs")
        _code(canvas, y, line, colours.get(number, []))
    _terminal(canvas, facts["file"], facts["output"])
    return canvas.finish()


def _title_bar(canvas: Canvas, file: str) -> None:
    canvas.fill(rounded(50, 46, 1180, 40, 16), "#2a323c")
    canvas.fill(rect(50, 68, 1180, 34), "#2a323c")
    for x, colour in ((82, "#ec6a5e"), (110, "#f4bf4f"), (138, "#61c554")):
        canvas.fill(ellipse(x, 74, 8.5), colour)
    canvas.fill(rounded(176, 58, 210, 44, 8), "#1d232b")
    canvas.fill(rect(176, 92, 210, 10), "#1d232b")
    canvas.text((281, 86), file, "sans", 20, _PLAIN, "ms")


def _code(canvas: Canvas, y: float, line: str, spans: list[tuple[int, int, str]]) -> None:
    """One line: plain first, coloured pieces over a cleared background."""
    cell = measure("m", "mono", _SIZE)
    position = 0
    for start, end, kind in [*spans, (len(line), len(line), "")]:
        canvas.text((_LEFT + position * cell, y), line[position:start], "mono", _SIZE, _PLAIN)
        face = "mono-italic" if kind == "comment" else "mono"
        canvas.text(
            (_LEFT + start * cell, y), line[start:end], face, _SIZE, _COLOURS.get(kind, _PLAIN)
        )
        position = end


def _coloured(source: str) -> dict[int, list[tuple[int, int, str]]]:
    """Line number -> (start, end, kind) of what isn't plain, from Python's own tokenizer."""
    found: dict[int, list[tuple[int, int, str]]] = {}
    before = ""
    for token in tokenize.generate_tokens(io.StringIO(source + "\n").readline):
        kind = {
            tokenize.STRING: "string",
            tokenize.COMMENT: "comment",
            tokenize.NUMBER: "number",
        }.get(token.type, "")
        if token.type == tokenize.NAME:
            called = token.line[token.end[1] :].startswith("(")
            kind = (
                "keyword"
                if keyword.iskeyword(token.string)
                else "name"
                if called or before == "def"
                else ""
            )
            before = token.string
        if kind:
            found.setdefault(token.start[0], []).append((token.start[1], token.end[1], kind))
    return found


def _terminal(canvas: Canvas, file: str, output: str) -> None:
    canvas.fill(rect(50, 664, 1180, 2), "#39434f")
    canvas.fill(rect(50, 666, 1180, 130), "#161b21")
    canvas.fill(rounded(50, 700, 1180, 154, 16), "#161b21")
    canvas.text((86, 706), "TERMINAL", "sans-bold", 17, "#93a0ae", spacing=1.5)
    canvas.text((86, 756), _TEXT_PROMPT, "mono", _SIZE, "#61c554")
    canvas.text(
        (86 + measure(_TEXT_PROMPT, "mono", _SIZE), 756), f"python {file}", "mono", _SIZE, _PLAIN
    )
    canvas.text((86, 796), output, "mono", _SIZE, _PLAIN)
    canvas.fill(rect(86 + measure("  ", "mono", _SIZE), 815, 13, 24), "#93a0ae")
    canvas.text((86, 835), _TEXT_PROMPT, "mono", _SIZE, "#61c554")
