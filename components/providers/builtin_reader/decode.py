"""The pixels of an image part: upright sRGB without transparency, at most 4096 px a side."""

from PIL import Image

from components.errors import ImageError
from components.images.decode import decode as decode_stored
from components.images.header import swap
from components.images.mend import mend
from components.images.pixels import render
from components.images.scan import scan
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
    header = scan(content, name)
    target = _fitting(header.upright)
    clean = header.clean(content)
    if header.mended and header.format == "jpeg":
        clean = mend(clean, header, name)
    stored = decode_stored(clean, header, name, swap(target, header.orientation))
    picture, _ = render(stored, header, target)
    return picture.convert("RGB")


def bounded(image: Image.Image) -> Image.Image:
    """`image` shrunk to the largest size that is read; itself when it fits."""
    size = _fitting(image.size)
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, whole("decode", "max_side") / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
