"""Draft images as pre-flight takes them: what is known of each, and fixes carried out."""

from collections.abc import Sequence
from dataclasses import replace

from components.chat.draft import DraftImage, take_in
from components.errors import AppError
from components.images.pool import shared_pool
from components.preflight import (
    Fix,
    ImageFacts,
    ImageToCheck,
    fixed,
    keeps_original,
    shared_analyzer,
)
from components.ui.preflight.state import Seen


def picture_of(image: DraftImage, model: str, host: str = "") -> ImageToCheck | None:
    """A draft's image as pre-flight takes it; None for a URL, whose bytes nobody has."""
    if image.content is None or image.digest is None:
        return None
    return ImageToCheck(
        content=image.content,
        name=image.name,
        model=model,
        detail=image.detail,
        as_is=image.as_is,
        first_frame=image.first_frame,
        digest=bytes.fromhex(image.digest),
        host=host,
    )


def seen_of(images: Sequence[DraftImage], shown: str, model: str, host: str = "") -> Seen:
    """For the window "what the model sees": those with bytes, the one of this id first shown."""
    ids = [image.id for image in images if image.content is not None]
    found = [picture_of(image, model, host) for image in images]
    return Seen([picture for picture in found if picture], ids.index(shown) if shown in ids else 0)


def facts_of(
    images: Sequence[DraftImage], model: str, most_read: int | None = None, host: str = ""
) -> list[ImageFacts]:
    """What is known now of those with bytes. most_read: of how many the text is read, None: all.

    One that can't be looked at is left out: where it stands it is said what is wrong with it.
    """
    found = []
    for n, image in enumerate(images):
        picture = picture_of(image, model, host)
        if picture:
            try:
                read = most_read is None or n < most_read
                found.append(shared_analyzer().facts(picture, read=read))
            except AppError:
                continue
    return found


def carried_out(image: DraftImage, fix: Fix) -> list[DraftImage]:
    """What takes the image's place. Raises ImageError."""
    if fix.kind == "detail":
        return [replace(image, detail=fix.detail)]
    pool = shared_pool()
    made = pool.run(fixed, image.content or b"", image.name, fix).result()
    takes = [pool.run(take_in, each.content, each.name) for each in made]
    new = [replace(take.result(), detail=image.detail) for take in takes]
    return [image, *new] if keeps_original(fix) else new
