"""Deterministic inputs for the image benchmark: photos and screenshots as people have them."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.bench.support.inputs import PICTURES

_TEXT = "the quick invoice of March shows 1,284.50 due in 30 days for order 7731 and"
_WORDS = _TEXT.split(" ")


def write_pictures(folder: Path, only: str = "") -> None:
    """Write the inputs whose names hold `only` into `folder`."""
    wanted = {p.file for p in PICTURES if only in p.name}
    photo = photograph(4032, 3024)
    if "photo48.jpeg" in wanted:
        photo.resize((8064, 6048), Image.Resampling.BICUBIC).save(
            folder / "photo48.jpeg", quality=88
        )
    for name, options in {
        "photo12.jpeg": {"quality": 92},
        "photo12.png": {"compress_level": 6},
        "photo12.webp": {"quality": 90, "method": 2},
    }.items():
        if name in wanted:
            photo.save(folder / name, **options)
    if "fits.jpeg" in wanted:
        photo.resize((640, 480)).save(folder / "fits.jpeg", quality=85)
    screen = screenshot(2560, 1600)
    screen.convert("RGBA").save(folder / "rgba.png")
    flat = screenshot(2560, 1600, smooth=False)
    flat.quantize(200, dither=Image.Dither.NONE).save(folder / "palette.png")


def photograph(width: int, height: int) -> Image.Image:
    """Shapes at every scale, light falling off, and sensor noise."""
    random = np.random.default_rng(7)
    sums = np.zeros((height, width, 3), np.float32)
    for cells, strength in ((6, 55.0), (24, 35.0), (96, 22.0), (384, 10.0), (1000, 5.0)):
        grid = random.normal(0, strength, (cells * height // width + 2, cells + 2, 3))
        for channel in range(3):
            layer = Image.fromarray(grid[..., channel].astype(np.float32))
            sums[..., channel] += np.asarray(layer.resize((width, height), 3))
    sums += random.normal(0, 2.5, (height, width, 1)).astype(np.float32)
    return Image.fromarray(np.clip(sums + 120, 0, 255).astype(np.uint8))


def screenshot(width: int, height: int, *, smooth: bool = True) -> Image.Image:
    """Windows, text in several sizes and colours, a gradient bar."""
    im = Image.new("RGB", (width, height), "#f4f5f7")
    draw = ImageDraw.Draw(im)
    if smooth:
        im.paste(Image.linear_gradient("L").resize((width, 60)).convert("RGB"), (0, 0))
    colours = ("#1a1a1a", "#0b57d0", "#b3261e", "#146c2e", "#5f6368")
    y, row = 80, 0
    while y < height - 40:
        size = (14, 16, 18, 24)[row % 4]
        text = " ".join(_WORDS[(row + i) % len(_WORDS)] for i in range(width // size // 4))
        draw.text((40, y), text, fill=colours[row % 5], font=ImageFont.load_default(size))
        y, row = y + size + 10, row + 1
    return im
