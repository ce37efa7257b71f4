"""Bytes in, an image as it should be sent out."""

import base64

from components.errors import ImageError
from components.images.colour import is_srgb
from components.images.decode import decode
from components.images.encode import encode, is_drawn
from components.images.formats.header import Header, swap
from components.images.formats.repair import cleaned
from components.images.formats.scan import scan
from components.images.formats.whole import is_whole
from components.images.geometry import Size, target_size
from components.images.limits import MAX_SENT_BYTES, MEGABYTE
from components.images.notes import Made, notes_for
from components.images.pixels import looks_opaque, render
from components.images.types import DEFAULT, ImagePolicy, PreparedImage

_SENDABLE = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
}


def prepare_image(
    data: bytes,
    name: str,
    *,
    model: str,
    detail: str = "auto",
    policy: ImagePolicy = DEFAULT,
    host: str = "",
) -> PreparedImage:
    """The image `data` as `model` should get it: upright, sRGB, opaque, no larger than it sees.

    name: the file's name, for notes and errors; the format is told by the bytes. detail, host
    as for `components.tokens.count_image_tokens`. Raises ImageError and nothing else.
    """
    header = scan(data, name)
    target = target_size(model, header.upright, detail, name, host)
    return prepare_to(data, name, header, target, policy)


def prepare_to(
    data: bytes, name: str, header: Header, target: Size, policy: ImagePolicy
) -> PreparedImage:
    """The same with the header read and the size (upright, in pixels) decided."""
    if header.frames > 1 and not policy.first_frame:
        raise ImageError("image_animated", name=name, frames=header.frames)
    clean = cleaned(data, header, name)
    if policy.as_is and _sendable(header, data, policy) and _sound(data, clean, header, name):
        made = Made(data, _SENDABLE[header.format], header.upright, as_is=True)
    else:
        made = _make(clean, name, header, target, policy)
    if len(made.content) > MAX_SENT_BYTES:
        raise ImageError(
            "image_sent_too_large",
            name=name,
            megabytes=round(len(made.content) / MEGABYTE, 1),
            limit=MAX_SENT_BYTES // MEGABYTE,
        )
    return _result(name, len(data), header, made)


def _make(clean: bytes, name: str, header: Header, target: Size, policy: ImagePolicy) -> Made:
    stored = swap(target, header.orientation)
    im, whole = None, not header.damaged
    if _fits(clean, header, target, policy):
        whole = is_whole(clean, header, name)
        # Transparency shows only in the pixels; a WebP's decoder is what tells damage.
        looked = header.alpha or header.format == "webp" or not whole
        im = decode(clean, header, name, stored) if looked else None
        if whole and (im is None or looks_opaque(im)):
            return Made(clean, _SENDABLE[header.format], target)
    if im is None:
        im = decode(clean, header, name, stored)
    drawn = header.format != "jpeg" and is_drawn(im)
    picture, flattened, hidden = render(im, header, target)
    del im
    content, media_type = encode(picture, drawn=drawn, jpeg_only=policy.jpeg_only)
    if len(content) > MAX_SENT_BYTES:
        content, media_type = encode(picture, drawn=False, jpeg_only=True)
    return Made(content, media_type, target, flattened=flattened, hidden=hidden, damaged=not whole)


def _sound(data: bytes, clean: bytes, header: Header, name: str) -> bool:
    """Whether the bytes decode, whole, just as they came, metadata included."""
    if header.mended or header.flawed:
        return False
    try:
        decode(data, header, name, (1, 1))
        return is_whole(clean, header, name)
    except ImageError:
        return False


def _fits(clean: bytes, header: Header, target: Size, policy: ImagePolicy) -> bool:
    """Whether the stored picture can be sent as it is, metadata apart."""
    return (
        _sendable(header, clean, policy)
        and header.plain
        and header.orientation == 1
        and header.upright == target
        and (header.icc is None or is_srgb(header.icc, "L" if header.grey else "RGB"))
    )


def _sendable(header: Header, content: bytes, policy: ImagePolicy) -> bool:
    formats = {"jpeg"} if policy.jpeg_only else set(_SENDABLE)
    return header.format in formats and header.frames == 1 and len(content) <= MAX_SENT_BYTES


def _result(name: str, size: int, header: Header, made: Made) -> PreparedImage:
    width, height = made.size
    original_width, original_height = header.upright
    encoded = base64.b64encode(made.content).decode("ascii")
    return PreparedImage(
        name=name,
        content=made.content,
        media_type=made.media_type,
        width=width,
        height=height,
        original_width=original_width,
        original_height=original_height,
        original_bytes=size,
        notes=notes_for(header, made),
        data_url=f"data:{made.media_type};base64,{encoded}",
    )
