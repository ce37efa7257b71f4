"""From a decoded picture of any mode to an upright sRGB one of a given size."""

import numpy as np
from PIL import Image, ImageStat

from components.images.colour import to_srgb
from components.images.header import Header, swap

_WHITE, _DARK = 255, 32
_LIGHT = 180
_SPARE = 1.3
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def render(im: Image.Image, header: Header, size: tuple[int, int]) -> tuple[Image.Image, bool]:
    """(an L or RGB picture of the upright `size`, whether transparency was flattened).

    Turned last, because it is cheaper on the small picture.
    """
    # A JPEG was scaled while decoding; BICUBIC is then 40 dB from LANCZOS in 2/3 of its time.
    jpeg = header.format == "jpeg"
    quality = Image.Resampling.BICUBIC if jpeg else Image.Resampling.LANCZOS
    im = shrink(to_8_bit(im), swap(size, header.orientation), quality)
    flattened = im.mode in ("LA", "RGBA") and not is_opaque(im)
    if im.mode in ("LA", "RGBA"):
        im = _flatten(im) if flattened else im.convert(im.mode[:-1])
    im = to_srgb(im, header.icc)
    if header.orientation in _TURNS:
        im = im.transpose(_TURNS[header.orientation])
    # Pillow's encoders write what they find here: comments, places, profiles.
    im.info = {}
    return im, flattened


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


def _flatten(im: Image.Image) -> Image.Image:
    """On white; on dark if most of the picture is transparent and what is drawn is light."""
    alpha, grey = im.getchannel("A"), im.convert("L")
    drawn = alpha.point(lambda a: 255 if a > 127 else 0)
    share = ImageStat.Stat(drawn).mean[0] / 255
    light = 0 < share < 0.5 and ImageStat.Stat(grey, drawn).mean[0] > _LIGHT
    mode = im.mode[:-1]
    paper = Image.new(mode, im.size, (_DARK if light else _WHITE,) * len(mode))
    paper.paste(im.convert(mode), mask=alpha)
    return paper
