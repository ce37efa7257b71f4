"""What a comparison looks like: pictures for the browser, as bytes.

All are as large as the comparison worked (at most 1600 px) and opaque, so that they look the
same on a light page and a dark one. JPEG for photos, WebP for drawings.
"""

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from components.images.encode import is_drawn, save
from components.pixels.limits import NOISE
from components.pixels.types import PixelComparison, Pixels

_QUALITY = 88
_PALE = 0.45  # how much of the picture's contrast is left under the heat
_FULL = 128  # a difference from which the heat is at its hottest
_FRAME, _HALO = (255, 45, 85), (255, 255, 255)


def picture_a(found: PixelComparison) -> bytes:
    """A as it was compared: for the slider, blinking, side by side."""
    return _encoded(found.a)


def picture_b(found: PixelComparison) -> bytes:
    """B as it was laid over A, grey where it doesn't reach; of A's size if it was laid."""
    return _encoded(found.b)


def overlay(found: PixelComparison, opacity: float = 0.5) -> bytes:
    """B over A. opacity: of B, 0 to 1. Raises ValueError where nothing could be laid over."""
    _needs_overlay(found)
    return _encoded(Image.blend(found.a, found.b, min(1.0, max(0.0, opacity))))


def heat_map(found: PixelComparison) -> bytes:
    """Differences from yellow to dark red over a pale grey copy of A; hatched where B doesn't
    reach. Raises ValueError where nothing could be laid over."""
    _needs_overlay(found)
    assert found.difference is not None
    assert found.changed is not None
    assert found.covered is not None
    grey = np.asarray(found.a.convert("L"), np.float32) * _PALE + 255 * (1 - _PALE)
    heat = np.clip((found.difference.astype(np.float32) - NOISE) / (_FULL - NOISE), 0, 1)
    shades = cv2.applyColorMap((heat * 255).astype(np.uint8), _shades())
    picture = cv2.cvtColor(grey.astype(np.uint8), cv2.COLOR_GRAY2RGB)
    # Widened by a pixel: a hair's breadth must be seen on a phone.
    widened = cv2.dilate(found.changed.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    picture[widened] = shades[widened]
    rows, columns = np.indices(found.covered.shape, np.int16)
    hatched = ~found.covered & ((rows + columns) % 12 < 2)
    picture[hatched] = (90, 90, 90)
    return _encoded(Image.fromarray(np.asarray(picture, np.uint8)))


def boxes_on_a(found: PixelComparison) -> bytes:
    """A with a numbered frame around each region, 1 being the first of `regions`."""
    return _encoded(_framed(found.a, found))


def boxes_on_b(found: PixelComparison) -> bytes:
    """B as it lies on A, with the same frames."""
    return _encoded(_framed(found.b, found))


def _framed(picture: Image.Image, found: PixelComparison) -> Image.Image:
    framed = picture.copy()
    draw = ImageDraw.Draw(framed)
    across, down = framed.width / found.size[0], framed.height / found.size[1]
    line = max(1, round(max(framed.size) / 500))
    font = ImageFont.load_default(max(9, round(max(framed.size) / 70)))
    for number, region in enumerate(found.regions, 1):
        left, top, right, bottom = region.box
        frame = (left * across, top * down, right * across - 1, bottom * down - 1)
        _frame(draw, frame, line)
        _number(draw, frame, str(number), font, framed.size)
    return framed


def _frame(draw: ImageDraw.ImageDraw, frame: tuple[float, float, float, float], line: int) -> None:
    """Outside of what it is around, white beside red: seen on every ground."""
    left, top, right, bottom = frame
    for reach, colour in ((3 * line, _HALO), (2 * line, _FRAME)):
        box = (left - reach, top - reach, max(left, right) + reach, max(top, bottom) + reach)
        draw.rectangle(box, outline=colour, width=line if colour == _HALO else 2 * line)


def _number(
    draw: ImageDraw.ImageDraw,
    frame: tuple[float, float, float, float],
    text: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    size: tuple[int, int],
) -> None:
    """On a plate above the frame's corner, inside of the picture."""
    x0, y0, x1, y1 = draw.textbbox((0, 0), text, font=font)
    wide, high = x1 - x0 + 6, y1 - y0 + 6
    left = min(max(0.0, frame[0] - 2), max(0.0, size[0] - wide))
    top = frame[1] - high - 2 if frame[1] - high - 2 >= 0 else min(frame[3] + 2, size[1] - high)
    top = max(0.0, top)
    draw.rectangle((left, top, left + wide, top + high), fill=_FRAME)
    draw.text((left + 3 - x0, top + 3 - y0), text, fill=_HALO, font=font)


def _shades() -> Pixels:
    """256 colours from yellow over red to dark red, for cv2.applyColorMap, in RGB."""
    stops = np.array([[255, 200, 0], [240, 80, 0], [200, 0, 30], [110, 0, 60]], np.float32)
    at = np.linspace(0, 1, 256)
    channels = [np.interp(at, np.linspace(0, 1, len(stops)), stops[:, c]) for c in range(3)]
    return np.stack(channels, axis=1).astype(np.uint8)[:, None, :]


def _needs_overlay(found: PixelComparison) -> None:
    if not found.alignment.possible:
        raise ValueError("B doesn't lie on A: see alignment.reason")


def _encoded(picture: Image.Image) -> bytes:
    if is_drawn(picture):
        return save(picture, "WEBP", quality=_QUALITY, method=0)
    return save(picture, "JPEG", quality=_QUALITY, subsampling=0)
