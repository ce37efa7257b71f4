"""JPEGs without their end marker: whole but for the marker, or cut off?"""

from PIL import ImageChops

from components.errors import ImageError
from components.images.decode import decode
from components.images.formats.header import Header

_EOI = b"\xff\xd9"
_FILLER = b"\x55" * 4096
_LOOK = 4_000_000


def cleaned(data: bytes, header: Header, name: str) -> bytes:
    """`data` without metadata and later pictures, whole. Raises ImageError (image_truncated)."""
    clean = header.clean(data)
    return mend(clean, header, name) if header.mended and header.format == "jpeg" else clean


def mend(data: bytes, header: Header, name: str) -> bytes:
    """`data` (cleaned) with its end marker. Raises ImageError (image_truncated).

    libjpeg fills what is missing with grey and says nothing. But if rows are missing, bits
    appended before the marker are taken for picture data and change it; if none are, they are
    skipped. So the picture is whole if it decodes to the same pixels either way.
    """
    body = data.rstrip(b"\xff")
    look = (header.width, header.height)
    while look[0] * look[1] > _LOOK:
        look = (look[0] // 2, look[1] // 2)
    size = (max(1, look[0]), max(1, look[1]))
    whole, longer = (decode(body + filler + _EOI, header, name, size) for filler in (b"", _FILLER))
    if ImageChops.difference(whole, longer).getbbox():
        raise ImageError("image_truncated", name=name)
    return body + _EOI
