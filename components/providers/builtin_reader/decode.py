"""The pixels of an image part: upright sRGB without transparency, at most 4096 px a side."""

from PIL import Image

from components.errors import ImageError
from components.images import decode_upright
from components.images.geometry import fit
from components.providers.base import ImagePart
from components.providers.builtin_reader.settings import whole


def decode_part(part: ImagePart) -> Image.Image:
    """The picture of `part`: as it came, else as it would be sent.

    Raises ImageError when neither can be decoded.
    """
    error = ImageError("image_empty", name=part.name)
    for content in (part.original, part.prepared.content if part.prepared else None):
        if not content:
            continue
        try:
            return decode(content, name=part.name)
        except ImageError as failed:
            error = failed
    raise error


def decode(content: bytes, *, name: str = "") -> Image.Image:
    """`content` as a picture to read; of an animation the first frame. Raises ImageError."""
    return decode_upright(content, whole("decode", "max_side"), name)


def bounded(image: Image.Image) -> Image.Image:
    """`image` shrunk to the largest size that is read; itself when it fits."""
    side = whole("decode", "max_side")
    size = fit(image.size, (side, side))
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)
