"""Pictures that a model made, checked before they are kept as images of its answer."""

import binascii
from base64 import b64decode
from dataclasses import replace

from components.chat.draft import DraftImage, take_in
from components.chat.store import AnswerPicture, NewImage, StoredImage
from components.errors import ImageError
from components.i18n import t
from components.providers.reply.pictures import LEFT_OUT
from components.runner.finalize import Ending


def pictures_of(ending: Ending) -> tuple[Ending, tuple[AnswerPicture, ...]]:
    """The pictures of an answer that can be kept. The text says of the others that they were
    there. Decodes: call it off the loop."""
    kept: list[AnswerPicture] = []
    broken, more = 0, sum(url == LEFT_OUT for url in ending.cell.pictures)
    for url in ending.cell.pictures:
        if url == LEFT_OUT:
            continue
        try:
            kept.append(_checked(url, f"answer-{len(kept) + 1}"))
        except (ImageError, ValueError):
            broken += 1
    for what, number in (("unreadable", broken), ("more", more)):
        ending = with_note(ending, what, number) if number else ending
    return ending, tuple(kept)


def with_note(ending: Ending, what: str, number: int) -> Ending:
    """The ending with a sentence about pictures that aren't kept below its text."""
    sentence = t(ending.cell.lang, f"made.{what}", n=number)
    text = f"{ending.text.rstrip()}\n\n{sentence}" if ending.text.strip() else sentence
    return replace(ending, text=text)


def _checked(url: str, name: str) -> AnswerPicture:
    """Raises ImageError and ValueError for what is no picture."""
    _, _, letters = url.partition(",")
    try:
        content = b64decode(letters.translate(_URL_SAFE).rstrip("=") + "==", validate=False)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    image = take_in(content, name, first_frame=True)
    assert image.info
    assert image.digest
    full = f"{name}.{image.info.format}"
    return AnswerPicture(
        _shown(image, full),
        NewImage(image.digest, content, f"image/{image.info.format}", image.thumbnail or b""),
    )


def _shown(image: DraftImage, name: str) -> StoredImage:
    assert image.info
    size = image.info.width, image.info.height
    return StoredImage(image.digest, name, "auto", *size, *size, None, first_frame=True)


_URL_SAFE = str.maketrans("-_", "+/")
