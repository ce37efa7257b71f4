"""Files and pictures as they are compared."""

from typing import Literal

from PIL import Image, ImageChops

from components.images import decode_upright, inspect_image
from components.images.geometry import fit

Source = bytes | Image.Image


def full_size(source: Source, name: str) -> tuple[int, int]:
    """(width, height) upright. Raises ImageError for bytes that are no picture."""
    if isinstance(source, bytes):
        info = inspect_image(source, name)
        return info.width, info.height
    return source.size


def opened(source: Source, side: int | None, name: str) -> Image.Image:
    """RGB with a long side of at most `side` pixels, None for all of them. Raises ImageError."""
    if isinstance(source, bytes):
        return decode_upright(source, side, name)
    rgb = source.convert("RGB")
    size = rgb.size if side is None else fit(rgb.size, (side, side))
    return rgb if size == rgb.size else rgb.resize(size, Image.Resampling.LANCZOS)


def identical(
    a: Source, b: Source, small: tuple[Image.Image, Image.Image], names: tuple[str, str]
) -> Literal["", "bytes", "pixels"]:
    """Whether they are the same file, or each pixel of the two is alike at full size.

    Decoded in full only where the small ones are alike already.
    """
    if isinstance(a, bytes) and a == b:
        return "bytes"
    if full_size(a, names[0]) != full_size(b, names[1]) or not _alike(*small):
        return ""
    return "pixels" if _alike(opened(a, None, names[0]), opened(b, None, names[1])) else ""


def _alike(a: Image.Image, b: Image.Image) -> bool:
    return a.size == b.size and ImageChops.difference(a, b).getbbox() is None
