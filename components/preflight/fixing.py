"""Fixes carried out: the pictures that take a picture's place, or stand beside it, as bytes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from PIL import Image, ImageDraw

from components.images import decode_upright
from components.images.encode import encode, is_drawn
from components.preflight.settings import load
from components.preflight.types import Box, Fix

# Pillow turns the other way round.
_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}


@dataclass(frozen=True)
class Fixed:
    """A picture for the tray: upright, sRGB, without metadata."""

    name: str
    content: bytes = field(repr=False)
    media_type: str


def keeps_original(fix: Fix) -> bool:
    """Whether the picture itself stays in the tray beside what `fixed` gives."""
    return fix.kind in ("crop", "detail")


def fixed(content: bytes, name: str, fix: Fix, *, jpeg_only: bool = False) -> tuple[Fixed, ...]:
    """The pictures that `fix` makes of an accepted one, in order; () for another detail, which
    needs no new picture. Decodes at full size, so not for the script's thread.

    Raises ImageError for a picture that can't be decoded, ValueError for a box outside of it.
    """
    if fix.kind == "detail":
        return ()
    picture = decode_upright(content, None, name)
    drawn = is_drawn(picture)
    made = []
    for mark, image in _pictures(picture, fix):
        encoded, media_type = encode(image, drawn=drawn, jpeg_only=jpeg_only)
        ending = _ENDINGS[media_type]
        made.append(Fixed(f"{PurePath(name).stem}-{mark}{ending}", encoded, media_type))
    return tuple(made)


def _pictures(picture: Image.Image, fix: Fix) -> Iterator[tuple[str, Image.Image]]:
    for box in fix.boxes:
        _check(box, picture.size)
    if fix.kind == "turn":
        yield f"turned-{fix.degrees}", picture.transpose(_TURNS[fix.degrees])
    elif fix.kind == "cover":
        yield "covered", _covered(picture, fix.boxes)
    else:
        for number, box in enumerate(fix.boxes, 1):
            yield f"{fix.kind}-{number}", picture.crop(box)


def _covered(picture: Image.Image, boxes: tuple[Box, ...]) -> Image.Image:
    """Solid, because a blur can be undone."""
    colour = tuple(load("settings")["fix"]["cover"])
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in boxes:
        pen.rectangle((left, top, right - 1, bottom - 1), fill=colour)
    return picture


def _check(box: Box, size: tuple[int, int]) -> None:
    left, top, right, bottom = box
    if not (0 <= left < right <= size[0] and 0 <= top < bottom <= size[1]):
        raise ValueError(f"box {box} isn't inside of {size[0]} x {size[1]} px")
