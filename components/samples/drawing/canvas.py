"""A picture in the making, drawn at three times its size and shrunk at the end (anti-aliasing)."""

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter

from components.samples.drawing.fonts import font
from components.samples.drawing.shapes import Point, rect

SCALE = 3


class Canvas:
    """Coordinates are pixels of the finished picture. Colours: "#rrggbb" or "#rrggbbaa"."""

    def __init__(self, width: int, height: int, colour: str) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), colour)
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def fill(self, points: Sequence[Point], colour: str) -> None:
        self._draw.polygon(_scaled(points), fill=colour)

    def line(
        self, points: Sequence[Point], colour: str, width: float, *, closed: bool = False
    ) -> None:
        """A line with round ends and joints. Opaque colours only: the joints overlap."""
        line = _scaled([*points, points[0]] if closed else points)
        self._draw.line(line, fill=colour, width=max(1, round(width * SCALE)), joint="curve")
        r = width * SCALE / 2
        for x, y in (line[0], line[-1]):
            self._draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def shape(
        self, points: Sequence[Point], colour: str, edge: str, width: float, to: str | None = None
    ) -> None:
        """Filled (or shaded from colour down to `to`), with an outline."""
        if to:
            self.shade(points, colour, to)
        else:
            self.fill(points, colour)
        self.line(points, edge, width, closed=True)

    def shade(
        self, points: Sequence[Point], start: str, end: str, *, sideways: bool = False
    ) -> None:
        """Filled with a gradient from top to bottom, or from left to right."""
        area = _scaled(points)
        left, top = (int(min(p[i] for p in area)) for i in (0, 1))
        right, bottom = (int(max(p[i] for p in area)) + 1 for i in (0, 1))
        size = (right - left, bottom - top)
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in area], fill=255)
        ramp = Image.linear_gradient("L")
        ramp = (ramp.transpose(Image.Transpose.ROTATE_90) if sideways else ramp).resize(size)
        colours = Image.composite(Image.new("RGB", size, end), Image.new("RGB", size, start), ramp)
        self.image.paste(colours, (left, top), mask)

    def shadow(
        self,
        points: Sequence[Point],
        *,
        dx: float = 0,
        dy: float = 6,
        blur: float = 8,
        strength: float = 0.3,
        colour: str = "#20180f",
    ) -> None:
        """A soft shadow of a shape that is drawn afterwards. strength: 0 to 1."""
        mask = Image.new("L", (self.width, self.height))
        moved = [(x + dx, y + dy) for x, y in points]
        ImageDraw.Draw(mask).polygon(moved, fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(blur)).resize(self.image.size)
        self.image.paste(colour, (0, 0), mask)

    def text(
        self,
        at: Point,
        text: str,
        name: str,
        size: float,
        colour: str,
        anchor: str = "ls",
        *,
        spacing: float = 0,
    ) -> None:
        """Set type. anchor as in Pillow ("ls": left end of the baseline); spacing in pixels."""
        face = font(name, round(size * SCALE))
        x, y = at[0] * SCALE, at[1] * SCALE
        if not spacing:
            self._draw.text((x, y), text, fill=colour, font=face, anchor=anchor)
            return
        total = sum(face.getlength(c) for c in text) + spacing * SCALE * (len(text) - 1)
        x -= {"l": 0.0, "m": total / 2, "r": total}[anchor[0]]
        for c in text:
            self._draw.text((x, y), c, fill=colour, font=face, anchor="l" + anchor[1])
            x += face.getlength(c) + spacing * SCALE

    def backdrop(self, start: str, end: str) -> None:
        self.shade(rect(0, 0, self.width, self.height), start, end)

    def finish(self) -> Image.Image:
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)


def measure(text: str, name: str, size: float) -> float:
    """The width of set type, in pixels of the finished picture."""
    return font(name, round(size * SCALE)).getlength(text) / SCALE


def _scaled(points: Sequence[Point]) -> list[tuple[float, float]]:
    return [(x * SCALE, y * SCALE) for x, y in points]
