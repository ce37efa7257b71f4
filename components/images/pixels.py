"""From a decoded picture of any mode to an upright sRGB one of a given size."""

from typing import NamedTuple

import numpy as np
from PIL import Image, ImageChops, ImageFilter, ImageStat

from components.images.colour import to_srgb
from components.images.formats.header import Header, swap

_WHITE, _DARK = 255, 32
_LIGHT = 180
_SPARE = 1.3
# A drawing is lost on a ground of its own brightness where it is thin: a large plain part with a
# clear edge, such as a window with round corners, is still seen by what stands in it.
_ALIKE = 24  # levels
_LOOKED_AT = 512  # px of the longer side, at least
_STROKE = 9  # px: what is thinner than that lies within reach of its edge on both sides
_THIN, _LOST = 0.5, 0.02  # shares: of what is alike, at its edge; of all that is drawn, alike
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Rendered(NamedTuple):
    """image: L or RGB, upright. flattened: transparency was; hidden: something that was drawn can
    hardly be told from the ground that it was put on."""

    image: Image.Image
    flattened: bool
    hidden: bool


def render(im: Image.Image, header: Header, size: tuple[int, int]) -> Rendered:
    """A picture of the upright `size`. Turned last, because it is cheaper on the small one."""
    # A JPEG was scaled while decoding; BICUBIC is then 40 dB from LANCZOS in 2/3 of its time.
    jpeg = header.format == "jpeg"
    quality = Image.Resampling.BICUBIC if jpeg else Image.Resampling.LANCZOS
    im = shrink(to_8_bit(im), swap(size, header.orientation), quality)
    flattened = im.mode in ("LA", "RGBA") and not is_opaque(im)
    hidden = False
    if flattened:
        im, hidden = _flatten(im)
    elif im.mode in ("LA", "RGBA"):
        im = im.convert(im.mode[:-1])
    im = to_srgb(im, header.icc)
    if header.orientation in _TURNS:
        im = im.transpose(_TURNS[header.orientation])
    # Pillow's encoders write what they find here: comments, places, profiles.
    im.info = {}
    return Rendered(im, flattened, hidden)


def to_8_bit(im: Image.Image) -> Image.Image:
    """L, LA, RGB, RGBA or CMYK. 16-bit grey is scaled: a bare convert clips it to white."""
    if im.mode.startswith(("I", "F")):
        return _grey_16(im)
    if "transparency" in im.info and im.mode in ("1", "L", "P", "RGB"):
        im = im.convert("RGBA")
    elif im.mode == "1":
        im = im.convert("L")
    elif im.mode in ("P", "PA"):
        im = im.convert("RGBA" if im.mode == "PA" else "RGB")
    elif im.mode not in ("L", "LA", "RGB", "RGBA", "CMYK"):
        im = im.convert("RGBA" if im.mode.endswith(("A", "a")) else "RGB")
    if im.mode in ("LA", "RGBA") and is_opaque(im):
        im = im.convert(im.mode[:-1])
    return im


def _grey_16(im: Image.Image) -> Image.Image:
    values = np.asarray(im)
    grey = Image.fromarray((values >> 8).astype(np.uint8))
    clear = im.info.get("transparency")
    if isinstance(clear, int):
        mask = Image.fromarray(np.where(values == clear, 0, 255).astype(np.uint8))
        grey = Image.merge("LA", (grey, mask))
    return grey


def is_opaque(im: Image.Image) -> bool:
    """Whether no pixel of an LA or RGBA picture is transparent."""
    return im.getchannel("A").getextrema()[0] == 255


def looks_opaque(im: Image.Image) -> bool:
    """Whether no pixel of a decoded picture of any mode is transparent."""
    return to_8_bit(im).mode in ("L", "RGB", "CMYK")


def shrink(
    im: Image.Image, size: tuple[int, int], quality: Image.Resampling = Image.Resampling.LANCZOS
) -> Image.Image:
    """Resize to `size`: whole-number averaging first where there is room, then a filter."""
    if im.size == size:
        return im
    factor = max(1, int(min(im.width / size[0], im.height / size[1]) / _SPARE))
    if factor > 1:
        im = im.reduce(factor)
    return im.resize(size, quality)


def _flatten(im: Image.Image) -> tuple[Image.Image, bool]:
    """On white; on dark if most of the picture is transparent and what is drawn is light. And
    whether something can't be seen on it."""
    alpha, grey = im.getchannel("A"), im.convert("L")
    drawn = alpha.point(lambda a: 255 if a > 127 else 0)
    share = ImageStat.Stat(drawn).mean[0] / 255
    light = 0 < share < 0.5 and ImageStat.Stat(grey, drawn).mean[0] > _LIGHT
    mode, ground = im.mode[:-1], _DARK if light else _WHITE
    paper = Image.new(mode, im.size, (ground,) * len(mode))
    paper.paste(im.convert(mode), mask=alpha)
    return paper, _is_hidden(grey, drawn, ground)


def _is_hidden(grey: Image.Image, drawn: Image.Image, ground: int) -> bool:
    """Whether thin things of the ground's own brightness are drawn. drawn: 255 where they are."""
    factor = max(1, max(grey.size) // _LOOKED_AT)
    grey, drawn = grey.reduce(factor), drawn.reduce(factor).point(lambda a: 255 * (a > 127))
    alike = ImageChops.multiply(drawn, grey.point(lambda v: 255 * (abs(v - ground) < _ALIKE)))
    amount = ImageStat.Stat(alike).sum[0]
    if amount < _LOST * ImageStat.Stat(drawn).sum[0] or not amount:
        return False
    edge = ImageChops.invert(drawn).filter(ImageFilter.MaxFilter(_STROKE))
    return ImageStat.Stat(ImageChops.multiply(alike, edge)).sum[0] > _THIN * amount
