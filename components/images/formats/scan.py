"""From bytes to a Header: every check that needs no decoding."""

from components.errors import ImageError
from components.images.formats.gif import read_gif
from components.images.formats.header import Header
from components.images.formats.isobmff import read_isobmff
from components.images.formats.jpeg import read_jpeg
from components.images.formats.png import read_png
from components.images.formats.sniff import sniff
from components.images.formats.webp import read_webp
from components.images.limits import (
    MAX_DECODE_BYTES,
    MAX_ORIGINAL_BYTES,
    MAX_ORIGINAL_PIXELS,
    MEGABYTE,
)
from components.images.types import ImageInfo

_READERS = {"jpeg": read_jpeg, "png": read_png, "webp": read_webp, "gif": read_gif}


def scan(data: bytes, name: str) -> Header:
    """Header of an accepted image. Raises ImageError; decodes nothing."""
    if not data:
        raise ImageError("image_empty", name=name)
    if len(data) > MAX_ORIGINAL_BYTES:
        raise ImageError(
            "image_too_many_bytes",
            name=name,
            megabytes=round(len(data) / MEGABYTE, 1),
            limit=MAX_ORIGINAL_BYTES // MEGABYTE,
        )
    header = _read(data, name)
    _check(header, name)
    return header


def inspect_image(data: bytes, name: str) -> ImageInfo:
    """What the file says of itself, without decoding: a few ms at most. Raises ImageError."""
    header = scan(data, name)
    width, height = header.upright
    return ImageInfo(
        format=header.format,
        width=width,
        height=height,
        size=len(data),
        frames=header.frames,
        pictures=header.pictures,
        orientation=header.orientation,
        has_exif=header.exif,
        has_gps=header.gps,
        has_icc=header.icc is not None,
    )


def _read(data: bytes, name: str) -> Header:
    kind, accepted = sniff(data)
    if accepted:
        reader = _READERS.get(kind)
        return reader(data, name) if reader else read_isobmff(data, name, kind)
    if kind == "SVG":
        raise ImageError("image_svg", name=name)
    if kind:
        raise ImageError("image_format", name=name, format=kind)
    raise ImageError("image_not_an_image", name=name)


def _check(header: Header, name: str) -> None:
    pixels = header.width * header.height
    if not pixels:
        raise ImageError("image_damaged", name=name)
    limit = MAX_ORIGINAL_PIXELS
    if header.format != "jpeg":
        # What these need depends on nothing but the pixels; WebP needs the most.
        limit = min(limit, pixels * MAX_DECODE_BYTES // max(1, header.memory))
    if pixels > limit:
        raise ImageError(
            "image_too_many_pixels",
            name=name,
            megapixels=round(pixels / 1e6, 1),
            limit=limit // 1_000_000,
        )
    if header.memory > MAX_DECODE_BYTES:
        raise ImageError("image_too_complex", name=name)
