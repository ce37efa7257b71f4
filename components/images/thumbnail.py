"""Small pictures for display."""

from components.images.decode import decode
from components.images.encode import is_drawn, save
from components.images.formats.header import swap
from components.images.formats.repair import cleaned
from components.images.formats.scan import scan
from components.images.geometry import fit
from components.images.limits import MAX_WEBP_SIDE
from components.images.pixels import render

_QUALITY = 80


def make_thumbnail(data: bytes, name: str, *, side: int = 480) -> bytes:
    """The picture (an animation's first frame), upright and sRGB, its long side at most `side`
    pixels, never enlarged: JPEG for photos, WebP for drawings. Raises ImageError."""
    header = scan(data, name)
    size = fit(header.upright, (side, side))
    im = decode(cleaned(data, header, name), header, name, swap(size, header.orientation))
    drawn = header.format != "jpeg" and is_drawn(im) and max(size) <= MAX_WEBP_SIDE
    picture = render(im, header, size).image
    if drawn:
        return save(picture, "WEBP", quality=_QUALITY, method=0)
    return save(picture, "JPEG", quality=_QUALITY)
