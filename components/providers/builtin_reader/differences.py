"""What differs: the first picture against each of the others."""

from components.errors import ImageError
from components.providers.builtin_reader import difference_facts
from components.providers.builtin_reader.about import read_silently
from components.providers.builtin_reader.compare import (
    compare_pixels,
    compare_text,
    rows_of_text,
    shot,
)
from components.providers.builtin_reader.decode import decode_part
from components.providers.builtin_reader.telling import Pieces, QuestionImage, Telling


def differences(telling: Telling) -> Pieces:
    """The first picture against each of the others."""
    page, lang = telling.page, telling.lang
    readable = [one for one in telling.pictures if one.part.original or one.part.prepared]
    for other in readable[1:]:
        letters = (readable[0].letter, other.letter)
        yield page.heading(telling.say("differences", first=letters[0], second=letters[1]))
        yield None
        for picture in (readable[0], other):
            yield from _look(telling, picture)
        before, after = readable[0], other
        if before.shot is None or after.shot is None:
            yield page.paragraph(telling.say("not_compared"))
            continue
        found = compare_pixels(before.shot, after.shot)
        yield page.bullet(difference_facts.pixel_difference(lang, found, letters))
        if found.kind != "identical" and telling.reads:
            yield from _text_differences(telling, before, after)


def _text_differences(telling: Telling, before: QuestionImage, after: QuestionImage) -> Pieces:
    for picture in (before, after):
        if picture.lines is None and not picture.error:
            yield from read_silently(telling, picture, decode_part(picture.part))
    if before.lines is not None and after.lines is not None:
        changes = compare_text(rows_of_text(before.lines), rows_of_text(after.lines))
        letters = (before.letter, after.letter)
        yield telling.page.bullet(difference_facts.text_difference(telling.lang, changes, letters))


def _look(telling: Telling, picture: QuestionImage) -> Pieces:
    """Take the shot of a picture that hasn't been looked at yet."""
    telling.stop.check()
    if picture.shot is None and picture.error is None:
        try:
            picture.shot = shot(decode_part(picture.part))
        except ImageError as error:
            picture.error = error
    yield None
