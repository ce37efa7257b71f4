"""Colour profiles: from whatever a file declares to sRGB."""

from functools import lru_cache
from io import BytesIO
from itertools import product

from PIL import Image, ImageCms

_SPACES = {"L": "GRAY", "RGB": "RGB ", "CMYK": "CMYK"}
_TOLERANCE = 3
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def to_srgb(im: Image.Image, icc: bytes | None) -> Image.Image:
    """An L, RGB or CMYK picture as L or RGB in sRGB.

    A profile counts if it is readable and describes the picture's own colour space; otherwise
    the plain conversion.
    """
    if icc and not is_srgb(icc, im.mode):
        converted = _convert(im, icc)
        if converted is not None:
            return converted.convert("L") if im.mode == "L" else converted
    return im.convert("RGB") if im.mode == "CMYK" else im


@lru_cache(maxsize=16)
def is_srgb(icc: bytes, mode: str) -> bool:
    """Whether the profile changes no colour by more than 3 of 255, or can't be used at all."""
    if mode not in ("L", "RGB"):
        return False
    levels = range(0, 256, 51)
    samples = [(v,) for v in range(0, 256, 15)] if mode == "L" else list(product(levels, repeat=3))
    patch = Image.frombytes(mode, (len(samples), 1), bytes(v for s in samples for v in s))
    converted = _convert(patch, icc)
    if converted is None:
        return True
    pairs = zip(converted.tobytes(), patch.convert("RGB").tobytes(), strict=True)
    return all(abs(a - b) <= _TOLERANCE for a, b in pairs)


def _convert(im: Image.Image, icc: bytes) -> Image.Image | None:
    """RGB in sRGB, None if the profile is broken or of another colour space."""
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        if profile.profile.xcolor_space != _SPACES.get(im.mode):
            return None
        return ImageCms.profileToProfile(im, profile, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
