"""A ModelView as pictures for the screen: with the grid, the marked text, and a loupe."""

from io import BytesIO

from PIL import Image, ImageDraw

from components.images import decode_upright
from components.images.geometry import fit
from components.images.limits import MAX_WEBP_SIDE
from components.preflight.view import ModelView, ViewLine, pixels
from components.pricing.whatif.rules.tiles import draw

_QUALITY = 90
# Reported apart by people who don't tell red from green, too: what is lost is also struck through.
_COLOURS = {"read": (0, 160, 80), "lost": (225, 30, 45), "unsure": (140, 140, 140)}
_SMALL = (240, 160, 0)
_HALO = (255, 255, 255)
_LOUPE_ZOOM = 4


def draw_view(
    view: ModelView, *, grid: bool = True, text: bool = True, dark: bool = False
) -> bytes:
    """A WebP of the view at true size (at most 16383 px a side): the grid's lines, frames around
    text: green where it can still be read, amber where that isn't safe, red and struck through
    where it is lost."""
    picture = pixels(view)
    if text:
        _mark(picture, view)
    covered = max(view.grid.covered)
    if grid:
        return draw(view.grid, picture, longest=min(covered, MAX_WEBP_SIDE), dark=dark)
    return _webp(picture)


def loupe(
    view: ModelView, content: bytes, x: int, y: int, *, side: int = 96
) -> tuple[bytes, bytes]:
    """(the original, the view) around a point of the view: two WebPs of the same size, showing
    the same `side` x `side` pixels of the view, magnified four times.

    content: the original's bytes; x, y: pixels of the view, moved inwards at its edges. The view
    is magnified without smoothing. Raises ImageError.
    """
    wide, high = min(side, view.size[0]), min(side, view.size[1])
    left = min(max(0, x - wide // 2), view.size[0] - wide)
    top = min(max(0, y - high // 2), view.size[1] - high)
    box = (left, top, left + wide, top + high)
    large = (wide * _LOUPE_ZOOM, high * _LOUPE_ZOOM)
    mine = pixels(view).crop(box).resize(large, Image.Resampling.NEAREST)
    across, down = (view.original[i] / view.size[i] for i in (0, 1))
    original = decode_upright(content, None, view.name)
    theirs = original.resize(
        large,
        Image.Resampling.LANCZOS,
        box=(box[0] * across, box[1] * down, box[2] * across, box[3] * down),
    )
    return _webp(theirs), _webp(mine)


def _mark(picture: Image.Image, view: ModelView) -> None:
    pen = ImageDraw.Draw(picture)
    for line in view.lines or ():
        left, top, right, bottom = line.box
        frame = (left - 1, top - 1, max(left, right), max(top, bottom))
        pen.rectangle((frame[0] - 1, frame[1] - 1, frame[2] + 1, frame[3] + 1), outline=_HALO)
        pen.rectangle(frame, outline=_colour(line))
        if line.state == "lost":
            pen.line((left, bottom, right, top), fill=_COLOURS["lost"])


def _colour(line: ViewLine) -> tuple[int, int, int]:
    return _SMALL if line.state == "read" and line.small else _COLOURS[line.state]


def _webp(picture: Image.Image) -> bytes:
    size = fit(picture.size, (MAX_WEBP_SIDE, MAX_WEBP_SIDE))
    if size != picture.size:
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    out = BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=2)
    return out.getvalue()
