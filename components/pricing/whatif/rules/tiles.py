"""The image as the model sees it, with the tiles or patches that it is cut into drawn on it.

Squares are whole even where the image ends inside one, because a whole one is paid for: the
drawing covers all of them, and what lies beyond the image is hatched.
"""

from dataclasses import dataclass
from io import BytesIO
from math import ceil

from PIL import Image, ImageDraw, ImageFont, ImageOps

from components.pricing.whatif.rules.steps import Step, steps

MOST_NUMBERS = 20  # more squares than this carry no number
_CLOSEST = 4  # px between two lines that can still be told apart
_HALO_FROM = 40  # px between lines from which each has room for dark edges
_SHADOW_FROM = 8  # ... and from which for one on its far side
_QUALITY = 88
_FITTED = {"ratio", "canvas"}  # steps that pad the image instead of distorting it
_LINE = (255, 214, 10)  # yellow on black shows on dark and on light pictures alike
_HALO = (0, 0, 0)
_CHIP = (11, 17, 20)  # behind the number of a square
_QUIET = (31, 130, 153)
# (image without a picture, beyond the image, its hatching), by theme
_LIGHT = ((203, 208, 216), (241, 243, 246), (203, 208, 216))
_DARK = ((84, 90, 102), (32, 36, 44), (66, 72, 84))


@dataclass(frozen=True)
class TileDrawing:
    """How an image is cut up. width, height: px, as the model sees it. side: of a square in px,
    0 where the image isn't cut. columns, rows: squares that cover it. padded: the image keeps
    its shape within width x height, with a margin.
    """

    width: int
    height: int
    side: int
    columns: int
    rows: int
    padded: bool = False

    @property
    def xs(self) -> tuple[int, ...]:
        """Where the vertical lines within the image are, px from its left edge."""
        return tuple(range(self.side, self.width, self.side)) if self.side else ()

    @property
    def ys(self) -> tuple[int, ...]:
        """Where the horizontal lines within the image are, px from its top edge."""
        return tuple(range(self.side, self.height, self.side)) if self.side else ()

    @property
    def covered(self) -> tuple[int, int]:
        """px that the squares take up together: the image, and what of them lies beyond it."""
        if not self.side:
            return self.width, self.height
        return self.columns * self.side, self.rows * self.side

    @property
    def last(self) -> tuple[int, int]:
        """px of the image in the last column and in the last row; `side` when they are full."""
        if not self.side:
            return self.width, self.height
        beyond = self.covered[0] - self.width, self.covered[1] - self.height
        return self.side - beyond[0], self.side - beyond[1]

    def every(self, longest: int = 720) -> int:
        """1 when all lines can be told apart on a drawing of this size, k when only each k-th
        one is drawn."""
        return ceil(_CLOSEST / (self.side * longest / max(self.covered))) if self.side else 1


def drawing(model: str, width: int, height: int, detail: str = "auto") -> TileDrawing:
    """How `model` resizes and cuts an image of `width` x `height` px. Errors: as `steps`."""
    taken = steps(model, width, height, detail)
    seen = _last(taken, "width") or taken[0]
    cut = _last(taken, "columns")
    padded = any(step.code in _FITTED for step in taken)
    size = int(seen.data["width"]), int(seen.data["height"])
    if cut is None:
        return TileDrawing(*size, side=0, columns=1, rows=1, padded=padded)
    side, columns, rows = (int(cut.data[name]) for name in ("side", "columns", "rows"))
    return TileDrawing(*size, side=side, columns=columns, rows=rows, padded=padded)


def draw(
    cut: TileDrawing, picture: Image.Image | None = None, *, longest: int = 720, dark: bool = False
) -> bytes:
    """A WebP, `longest` px on its long side: the picture at the size the model sees, or a grey
    box of its shape, with the lines of the grid and, where they are few, the squares numbered.

    picture: upright, any size and mode. Where lines are too close, each `cut.every(longest)`-th
    is drawn.
    """
    scale = longest / max(cut.covered)
    box, beyond, hatching = _DARK if dark else _LIGHT
    canvas = Image.new("RGB", _scaled(cut.covered, scale), beyond)
    pen = ImageDraw.Draw(canvas)
    _hatch(pen, canvas.size, hatching)
    size = _scaled((cut.width, cut.height), scale)
    image = Image.new("RGB", size, box) if picture is None else _seen(picture, cut, size, box)
    canvas.paste(image, (0, 0))
    _lines(pen, canvas.size, cut, scale, cut.every(longest), plain=picture is None)
    if 1 < cut.columns * cut.rows <= MOST_NUMBERS:
        _numbers(pen, cut, scale)
    out = BytesIO()
    canvas.save(out, "WEBP", quality=_QUALITY, method=2)
    return out.getvalue()


def _last(taken: list[Step], name: str) -> Step | None:
    return next((step for step in reversed(taken) if name in step.data), None)


def _scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _seen(
    picture: Image.Image, cut: TileDrawing, size: tuple[int, int], margin: tuple[int, int, int]
) -> Image.Image:
    # Down to the model's pixels before up to the drawing's, so that lost detail stays lost.
    target = (min(cut.width, size[0]), min(cut.height, size[1]))
    spare = min(picture.width // target[0], picture.height // target[1]) // 2
    if spare > 1 and picture.mode in {"L", "RGB", "RGBA"}:
        picture = picture.reduce(spare)  # a camera's picture takes 200 MB in RGBA
    rgba = picture.convert("RGBA")
    if cut.padded:
        rgba = ImageOps.pad(rgba, target, Image.Resampling.LANCZOS, color=(*margin, 255))
    else:
        rgba = rgba.resize(target, Image.Resampling.LANCZOS)
    ground = Image.new("RGBA", target, (*margin, 255))
    return Image.alpha_composite(ground, rgba).convert("RGB").resize(size, Image.Resampling.BICUBIC)


def _hatch(pen: ImageDraw.ImageDraw, size: tuple[int, int], colour: tuple[int, int, int]) -> None:
    for start in range(-size[1], size[0], 12):
        pen.line((start, size[1], start + size[1], 0), colour)


def _lines(
    pen: ImageDraw.ImageDraw,
    size: tuple[int, int],
    cut: TileDrawing,
    scale: float,
    every: int,
    *,
    plain: bool,
) -> None:
    """plain: there is no picture under the lines, so close ones need nothing to stand out from."""
    wide, high = size[0] - 1, size[1] - 1
    pitch = cut.side * scale * every
    edges = [(0, 0, wide, 0), (0, high, wide, high), (0, 0, 0, high), (wide, 0, wide, high)]
    across = [round(x * scale) for x in cut.xs[every - 1 :: every]]
    down = [round(y * scale) for y in cut.ys[every - 1 :: every]]
    inner = [(x, 0, x, high) for x in across] + [(0, y, wide, y) for y in down]
    if plain and pitch < _HALO_FROM:
        for line in inner + edges:
            pen.line(line, _QUIET, 1)
        return
    for x0, y0, x1, y1 in inner:
        if pitch >= _HALO_FROM:
            pen.line((x0, y0, x1, y1), _HALO, 3)
        elif pitch >= _SHADOW_FROM:
            pen.line((x0 + (y0 != y1), y0 + (x0 != x1), x1 + (y0 != y1), y1 + (x0 != x1)), _HALO)
    for line in inner + edges:
        pen.line(line, _LINE, 1)


def _numbers(pen: ImageDraw.ImageDraw, cut: TileDrawing, scale: float) -> None:
    """In the upper left corner of each square, where they cover the least of what is in it."""
    pitch = cut.side * scale
    size = max(11, min(22, round(pitch / 10)))
    font = ImageFont.load_default(size)
    for index in range(cut.columns * cut.rows):
        row, column = divmod(index, cut.columns)
        x, y = round(column * pitch) + size // 3, round(row * pitch) + size // 3
        text = str(index + 1)
        wide = size + round(font.getlength(text))
        pen.rounded_rectangle((x, y, x + wide, y + 3 * size // 2), size // 3, _CHIP)
        pen.text((x + wide / 2, y + 3 * size / 4), text, _LINE, font, "mm")
