"""Decode at the smallest size that still serves, with a whitelist of formats, always."""

import re
from io import BytesIO

import numpy as np
from PIL import Image

from components.errors import ImageError
from components.images.formats.header import Header
from components.images.limits import MAX_ORIGINAL_PIXELS, MEGABYTE

_PILLOW = {
    "jpeg": ("JPEG",),
    "png": ("PNG",),
    "webp": ("WEBP",),
    "gif": ("GIF",),
    "avif": ("AVIF",),
    "heic": ("HEIF",),
}
_TRUNCATED = re.compile(r"truncated|end of file|not enough|incomplete", re.IGNORECASE)
_LARGE = 16 * MEGABYTE

# The header scan has counted the pixels; Pillow's own limit is lower and only warns.
Image.MAX_IMAGE_PIXELS = MAX_ORIGINAL_PIXELS


def decode(data: bytes, header: Header, name: str, size: tuple[int, int]) -> Image.Image:
    """The stored picture (not turned), at least about `size`, in whatever mode it is stored.

    data: as cleaned by `header.clean`. JPEGs are scaled while they are decoded (see
    `dct_scale`); others come at full size. Raises ImageError and nothing else: the libraries
    raise a dozen exception types on broken files.
    """
    try:
        if header.format == "webp" and header.memory > _LARGE and not header.alpha:
            return _opaque_webp(data, header, name)
        im = Image.open(BytesIO(data), formats=_PILLOW[header.format])
        if im.size != (header.width, header.height):
            raise ImageError("image_damaged", name=name)
        if header.format == "jpeg":
            scale = dct_scale(im.size, size)
            im.draft(None, (max(1, im.width // scale), max(1, im.height // scale)))
        im.load()
    except ImageError:
        raise
    except Exception as error:
        code = "image_truncated" if _TRUNCATED.search(str(error)) else "image_damaged"
        raise ImageError(code, name=name) from error
    return im


def _opaque_webp(data: bytes, header: Header, name: str) -> Image.Image:
    """As OpenCV decodes it: Pillow's animation decoder takes 1.6 x the time and twice the memory.

    Not for small pictures, for which loading OpenCV would take longer.
    """
    import cv2

    # Not turned by it: what is sent as it is still has its EXIF.
    flags = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    if pixels is None or pixels.shape != (header.height, header.width, 3):
        raise ImageError("image_damaged", name=name)
    return Image.fromarray(pixels)


def dct_scale(stored: tuple[int, int], size: tuple[int, int]) -> int:
    """1, 2, 4 or 8: how much smaller a JPEG can be decoded.

    1/2 is enough at 1.1 x the wanted size; 1/4 and 1/8 blur and need 1.9 x.
    """
    spare = min(stored[0] / size[0], stored[1] / size[1])
    for scale, margin in ((8, 1.9), (4, 1.9), (2, 1.1)):
        if spare >= scale * margin and min(stored) >= scale:
            return scale
    return 1
