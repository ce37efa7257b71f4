"""Pictures that differ in known ways."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw

from tests.bench.support.pictures import photograph, screenshot

PHOTO = photograph(900, 675)
SCREEN = screenshot(1000, 625)


def moved(picture: Image.Image, right: int, down: int) -> Image.Image:
    """The content moved; what leaves on one side comes in on the other."""
    return Image.fromarray(np.roll(np.asarray(picture), (down, right), (0, 1)))


def painted(picture: Image.Image, *boxes: tuple[int, int, int, int]) -> Image.Image:
    """With a red rectangle in each box (right and bottom outside)."""
    copy = picture.copy()
    for left, top, right, bottom in boxes:
        ImageDraw.Draw(copy).rectangle((left, top, right - 1, bottom - 1), fill="red")
    return copy


def file(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
