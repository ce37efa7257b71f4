"""Pictures as those who get an export can open them; the store keeps them as they came.

Browsers show no HEIC. Chat APIs and those who train on chats take JPEG, PNG and WebP that don't
move, in RGB or RGBA with 8 bits, up to 10 MB (platform.openai.com/docs/guides/vision-fine-tuning).
"""

from dataclasses import replace

from PIL import Image

from components.chat.store import NewImage
from components.errors import ImageError
from components.export.pictures import ImageOf
from components.images import decode_upright
from components.images.encode import is_drawn, save
from components.images.formats.repair import cleaned
from components.images.formats.scan import scan
from components.images.formats.sniff import sniff
from components.images.formats.whole import is_whole
from components.images.geometry import fit
from components.images.limits import MEGABYTE

MOST_BYTES = 10 * MEGABYTE
_SHOWN = {f"image/{kind}": kind for kind in ("png", "jpeg", "webp", "gif", "avif")}
_TAKEN = ("png", "jpeg", "webp")
_QUALITY = 92
_SMALLER = 0.7


def for_browsers(image_of: ImageOf) -> ImageOf:
    """`image_of` with what no browser shows made into JPEG or PNG, None for what can't be."""

    def found(digest: str) -> NewImage | None:
        kept = image_of(digest)
        if kept is None:
            return None
        kind, _ = sniff(kept.content)
        if f"image/{kind}" in _SHOWN:
            return replace(kept, media_type=f"image/{kind}")
        return _made(kept)

    return found


def for_chats(kept: NewImage) -> NewImage | None:
    """`kept` itself where chat APIs take it, else made anew; None for what can't be."""
    try:
        return kept if _taken(kept) else _made(kept)
    except ImageError:
        return None


def _taken(kept: NewImage) -> bool:
    data = kept.content
    if len(data) > MOST_BYTES:
        return False
    header = scan(data, "")
    palette = header.format == "png" and data[25] == 3
    return (
        header.format in _TAKEN
        and kept.media_type == f"image/{header.format}"
        and header.frames == 1
        and header.plain
        and header.orientation == 1
        and not (header.grey or palette or header.mended or header.flawed)
        and is_whole(cleaned(data, header, ""), header, "")
    )


def _made(kept: NewImage) -> NewImage | None:
    """Upright RGB: PNG for drawings, JPEG for photos; smaller where it would be too large."""
    try:
        im = decode_upright(kept.content, None)
    except ImageError:
        return None
    if is_drawn(im):
        content = save(im, "PNG", optimize=True)
        if len(content) <= MOST_BYTES:
            return replace(kept, content=content, media_type="image/png")
    content = _jpeg(im)
    while len(content) > MOST_BYTES:
        side = int(max(im.size) * _SMALLER)
        im = im.resize(fit(im.size, (side, side)), Image.Resampling.LANCZOS)
        content = _jpeg(im)
    return replace(kept, content=content, media_type="image/jpeg")


def _jpeg(im: Image.Image) -> bytes:
    return save(im, "JPEG", quality=_QUALITY)
