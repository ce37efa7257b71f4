"""Choose the format that keeps a picture legible in the fewest bytes."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageChops

from components.images.limits import MAX_JPEG_SIDE, MAX_WEBP_SIDE

QUALITY = 85
_ROWS, _STRIPS = 16, 12
_FLAT_SHARE = 0.4
_CHROMA_LOSS = 24.0


def encode(im: Image.Image, *, drawn: bool, jpeg_only: bool = False) -> tuple[bytes, str]:
    """(bytes, media type) of an upright L or RGB picture without metadata.

    drawn: a screenshot or drawing rather than a photo (see `is_drawn`). Photos: JPEG, 4:2:0
    unless coloured text would suffer. Drawings: a palette PNG up to 256 colours, else WebP.
    """
    longest = max(im.size)
    if drawn and not jpeg_only:
        packed = _few_colours(im)
        if packed is not None:
            return _save(packed, "PNG", optimize=packed.mode == "P"), "image/png"
        if longest <= MAX_WEBP_SIDE:
            return _save(im, "WEBP", quality=QUALITY, method=0), "image/webp"
    if longest > MAX_JPEG_SIDE:
        return _save(im, "PNG"), "image/png"
    subsampling = 0 if im.mode == "RGB" and has_coloured_detail(im) else 2
    return (
        _save(im, "JPEG", quality=QUALITY, optimize=True, subsampling=subsampling),
        "image/jpeg",
    )


def is_drawn(im: Image.Image) -> bool:
    """Whether many neighbours are exactly alike, as in screenshots and never in photos.

    Looks at strips of the picture as it was stored, before resizing blurs it.
    """
    if im.mode in ("1", "P"):
        return True
    same = total = 0
    for strip in _strips(im):
        values = np.asarray(strip)
        alike = values[:, 1:] == values[:, :-1]
        if alike.ndim == 3:
            alike = alike.all(axis=2)
        same, total = same + int(alike.sum()), total + alike.size
    return same >= _FLAT_SHARE * total


def has_coloured_detail(im: Image.Image) -> bool:
    """Whether halving the colour resolution (4:2:0) would smear coloured text on colour."""
    for strip in _strips(im):
        if min(strip.size) < 2:
            continue
        for plane in strip.convert("YCbCr").split()[1:]:
            values = np.asarray(plane)[: strip.height & ~1, : strip.width & ~1].astype(np.int16)
            blocks = values.reshape(values.shape[0] // 2, 2, values.shape[1] // 2, 2)
            spread = blocks.max(axis=(1, 3)) - blocks.min(axis=(1, 3))
            if np.percentile(spread, 98) >= _CHROMA_LOSS:
                return True
    return False


def _strips(im: Image.Image) -> list[Image.Image]:
    """Rows from all over the picture."""
    if im.height <= _ROWS * _STRIPS:
        return [im]
    step = (im.height - _ROWS) / (_STRIPS - 1)
    tops = [int(i * step) for i in range(_STRIPS)]
    return [im.crop((0, top, im.width, top + _ROWS)) for top in tops]


def _few_colours(im: Image.Image) -> Image.Image | None:
    """The same pixels with a palette, None if there are more than 256 colours."""
    if im.mode == "L":
        return im
    if im.getcolors(256) is None:
        return None
    packed = im.quantize(256, dither=Image.Dither.NONE)
    exact = ImageChops.difference(packed.convert("RGB"), im).getbbox() is None
    return packed if exact else im


def _save(im: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    im.save(out, kind, **options)
    return out.getvalue()
