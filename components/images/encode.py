"""Choose the format that keeps a picture legible in the fewest bytes."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageChops

from components.images.limits import MAX_JPEG_SIDE, MAX_WEBP_SIDE

QUALITY = 85
_ROWS, _STRIPS = 8, 12
_FLAT_SHARE = 0.4
_CHROMA_STEP, _CHROMA_SHARE = 24, 0.02


def encode(im: Image.Image, *, drawn: bool, jpeg_only: bool = False) -> tuple[bytes, str]:
    """(bytes, media type) of an upright L or RGB picture without metadata.

    drawn: a screenshot or drawing rather than a photo (see `is_drawn`). Photos: JPEG, 4:2:0
    unless coloured text would suffer. Drawings: a palette PNG up to 256 colours, else WebP.
    """
    longest = max(im.size)
    if drawn and not jpeg_only:
        packed = _few_colours(im)
        if packed is not None:
            return save(packed, "PNG", optimize=packed.mode == "P"), "image/png"
        if longest <= MAX_WEBP_SIDE:
            return save(im, "WEBP", quality=QUALITY, method=0), "image/webp"
    if longest > MAX_JPEG_SIDE:
        return save(im, "PNG"), "image/png"
    return _jpeg(im, 0 if has_coloured_detail(im) else 2), "image/jpeg"


def _jpeg(im: Image.Image, subsampling: int) -> bytes:
    try:
        return save(im, "JPEG", quality=QUALITY, optimize=True, subsampling=subsampling)
    except OSError:
        # Pillow optimises in a buffer of one byte per pixel, which pure noise overflows.
        return save(im, "JPEG", quality=QUALITY, subsampling=subsampling)


def is_drawn(im: Image.Image) -> bool:
    """Whether many neighbours are exactly alike, as in screenshots and never in photos.

    Looks at rows of the picture as it was stored, before resizing blurs it.
    """
    if im.mode in ("1", "P"):
        return True
    values = np.asarray(_sample(im).convert("RGBA")).view(np.uint32)[..., 0]
    alike = np.count_nonzero(values[:, 1:] == values[:, :-1])
    return bool(alike >= _FLAT_SHARE * values[:, 1:].size)


def has_coloured_detail(im: Image.Image) -> bool:
    """Whether halving the colour resolution (4:2:0) would smear coloured text on colour."""
    if im.mode != "RGB" or min(im.size) < 2:
        return False
    planes = _sample(im).convert("YCbCr")
    for plane in (planes.getchannel("Cb"), planes.getchannel("Cr")):
        values = np.asarray(plane)[: plane.height & ~1, : plane.width & ~1]
        corners = [values[y::2, x::2] for y in (0, 1) for x in (0, 1)]
        spread = np.maximum.reduce(corners) - np.minimum.reduce(corners)
        if np.count_nonzero(spread >= _CHROMA_STEP) > _CHROMA_SHARE * spread.size:
            return True
    return False


def _sample(im: Image.Image) -> Image.Image:
    """Strips of rows from all over the picture, or all of it if it is small."""
    if im.height <= _ROWS * _STRIPS:
        return im
    step = (im.height - _ROWS) / (_STRIPS - 1)
    sample = Image.new(im.mode, (im.width, _ROWS * _STRIPS))
    for i in range(_STRIPS):
        top = int(i * step)
        sample.paste(im.crop((0, top, im.width, top + _ROWS)), (0, i * _ROWS))
    return sample


def _few_colours(im: Image.Image) -> Image.Image | None:
    """The same pixels with a palette, None if there are more than 256 colours."""
    if im.mode == "L":
        return im
    if im.getcolors(256) is None:
        return None
    packed = im.quantize(256, dither=Image.Dither.NONE)
    exact = ImageChops.difference(packed.convert("RGB"), im).getbbox() is None
    return packed if exact else im


def save(im: Image.Image, kind: str, **options: object) -> bytes:
    """`im` encoded; `options` are Pillow's."""
    out = BytesIO()
    im.save(out, kind, **options)
    return out.getvalue()
