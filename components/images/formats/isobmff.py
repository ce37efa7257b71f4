"""What AVIF and HEIC files say of themselves, by the libraries that parse their boxes.

Opening parses and doesn't decode; libheif and libavif have limits of their own for boxes.
"""

from io import BytesIO

import pillow_heif
from PIL import Image

from components.errors import ImageError
from components.images.formats import exif
from components.images.formats.header import Header
from components.images.limits import MAX_METADATA_BYTES

pillow_heif.register_heif_opener(thumbnails=False)


def read_isobmff(data: bytes, name: str, kind: str) -> Header:
    """Header of an AVIF or HEIC file (`kind` "avif" or "heic"). Raises ImageError."""
    try:
        with Image.open(BytesIO(data), formats=("AVIF" if kind == "avif" else "HEIF",)) as im:
            return _header(im, kind)
    except Exception as error:
        raise ImageError("image_damaged", name=name) from error


def _header(im: Image.Image, kind: str) -> Header:
    block, packet = im.info.get("exif"), im.info.get("xmp")
    orientation, gps = exif.read_exif(block) if block else (0, False)
    xmp_gps = exif.read_xmp(packet)[1] if packet else False
    icc = im.info.get("icc_profile")
    count = int(getattr(im, "n_frames", 1))
    return Header(
        kind,
        *im.size,
        # libheif turns the picture itself; Pillow hands AVIF's own turning on as EXIF.
        orientation=orientation or 1 if kind == "avif" else 1,
        frames=count if kind == "avif" else 1,
        pictures=1 if kind == "avif" else count,
        icc=icc if icc and len(icc) <= MAX_METADATA_BYTES else None,
        alpha=im.mode in ("RGBA", "LA"),
        plain=False,
        exif=bool(block),
        gps=gps or xmp_gps,
        metadata=bool(block or packet),
        memory=im.size[0] * im.size[1] * 10,
    )
