"""What the built-in reader says about a conversation, piece by piece.

A generator does the work as it goes. It yields None before anything slow, so that what needs no
work can be shown at once and the rest be moved to the reader's thread.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field

from PIL import Image

from components.errors import AppError, ImageError, ProviderError
from components.i18n import t
from components.providers.base import ImagePart, VisionRequest
from components.providers.builtin_reader import colours, facts, measure
from components.providers.builtin_reader.compare import (
    Shot,
    compare_pixels,
    compare_text,
    rows_of_text,
    shot,
)
from components.providers.builtin_reader.decode import decode_part
from components.providers.builtin_reader.page import Page
from components.providers.builtin_reader.questions import TOPICS, Asked, asked
from components.providers.builtin_reader.reading import TextLine, lines_of
from components.providers.builtin_reader.settings import number
from components.providers.builtin_reader.worker import Stop, Stopped
from components.text import escape_markdown

Pieces = Generator[str | None, None, None]
_NEED_TEXT = ("text", "direction", "legibility")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class _Picture:
    """A picture of the question and what is known of it so far."""

    part: ImagePart
    letter: str
    shot: Shot | None = None
    lines: list[TextLine] | None = None
    error: AppError | None = None


@dataclass
class _Telling:
    """Everything one answer needs."""

    lang: str
    stop: Stop
    sections: tuple[str, ...]
    compared_first: bool
    reads: bool
    pictures: list[_Picture]
    page: Page = field(default_factory=Page)

    def say(self, key: str, **values: object) -> str:
        return t(self.lang, f"reader.say.{key}", **values)


def answer(request: VisionRequest, stop: Stop) -> Pieces:
    """The answer's pieces; None stands for "from here on it takes time".

    Raises Stopped when `stop` is set, ProviderError when no text can be read at all.
    """
    question, parts = _subject(request)
    if not parts:
        yield t(request.lang, "reader.say.no_picture")
        return
    telling = _telling(request.lang, asked(question), parts, stop)
    if not asked(question).understood:
        yield telling.page.paragraph(telling.say("not_a_model"))
    if len(parts) == 1 and telling.compared_first:
        yield telling.page.paragraph(telling.say("only_one"))
    compare = len(parts) > 1
    if compare and telling.compared_first:
        yield from _differences(telling)
    for picture in telling.pictures:
        yield from _about(telling, picture)
    if compare and not telling.compared_first:
        yield from _differences(telling)
    _raise_if_nothing_was_read(telling)


def _subject(request: VisionRequest) -> tuple[str, Sequence[ImagePart]]:
    """The last question, and the pictures that it is about: the latest ones."""
    own = [message for message in request.messages if message.role == "user"]
    pictures = [message.images for message in own if message.images]
    return (own[-1].text if own else ""), (pictures[-1] if pictures else ())


def _telling(lang: str, wanted: Asked, parts: Sequence[ImagePart], stop: Stop) -> _Telling:
    """Which sections, in which order: what was asked comes first.

    A question that is answered completely isn't followed by what takes long and wasn't asked.
    """
    everything = not wanted.understood or not wanted.topics
    reads = everything or any(topic in (*_NEED_TEXT, "differences") for topic in wanted.topics)
    rest = [topic for topic in TOPICS if topic not in wanted.topics]
    if not everything and "text" not in wanted.topics:
        rest = [topic for topic in rest if topic not in _NEED_TEXT]
    return _Telling(
        lang=lang,
        stop=stop,
        sections=tuple(topic for topic in (*wanted.topics, *rest) if topic != "differences"),
        compared_first="differences" in wanted.topics,
        reads=reads,
        pictures=[_Picture(part, _letter(at)) for at, part in enumerate(parts)],
    )


def _letter(position: int) -> str:
    return _LETTERS[position] if position < len(_LETTERS) else str(position + 1)


def _about(telling: _Telling, picture: _Picture) -> Pieces:
    """All sections of one picture, under its name if there are several."""
    page, part = telling.page, picture.part
    name = escape_markdown(part.name)
    if len(telling.pictures) > 1:
        yield page.heading(f"{picture.letter} · {name}")
    if part.original is None and part.prepared is None:
        yield page.paragraph(telling.say("url", name=name))
        return
    image: Image.Image | None = None
    for section in telling.sections:
        if section == "size" and part.prepared:
            width, height = part.prepared.original_width, part.prepared.original_height
            yield page.bullet(facts.size(telling.lang, width, height))
            continue
        if section == "text":
            yield page.paragraph(t(telling.lang, "reader.text.label"))
        if image is None:
            yield None
            telling.stop.check()
            try:
                image = decode_part(part)
            except ImageError as error:
                yield page.paragraph(telling.say("failed", name=name))
                picture.error = error
                return
        yield from _section(telling, picture, image, section)
    if len(telling.pictures) > 1 and image and not picture.shot:
        picture.shot = shot(image)


def _section(telling: _Telling, picture: _Picture, image: Image.Image, section: str) -> Pieces:
    telling.stop.check()
    if section == "text":
        yield from _text(telling, picture, image)
        return
    if section in _NEED_TEXT:
        yield from _read_silently(telling, picture, image)
        if picture.lines or (picture.lines is not None and telling.sections[0] == section):
            yield telling.page.bullet(_of_text(telling, picture, image, section))
        return
    lang = telling.lang
    plain: dict[str, Callable[[], str]] = {
        "size": lambda: facts.size(lang, *image.size),
        "sharpness": lambda: facts.sharpness(lang, measure.sharpness(image)),
        "light": lambda: facts.light(lang, measure.light(image)),
        "colours": lambda: facts.main_colours(lang, colours.main_colours(image)),
    }
    yield telling.page.bullet(plain[section]())


def _of_text(telling: _Telling, picture: _Picture, image: Image.Image, section: str) -> str:
    lines = picture.lines or []
    if section == "direction":
        return facts.direction(telling.lang, lines)
    return facts.small_text(telling.lang, picture.part, image.size, lines)


def _text(telling: _Telling, picture: _Picture, image: Image.Image) -> Pieces:
    """The text, each line as soon as it is read."""
    page, row = telling.page, -1
    unsure = t(telling.lang, "reader.text.unsure")
    for line in _reading(telling, picture, image):
        doubtful = line.confidence < number("ocr", "unsure_below")
        yield page.quoted(line.text, beside=line.row == row, mark=unsure if doubtful else "")
        row = line.row
    if picture.error:
        yield page.paragraph(telling.say("unread", name=escape_markdown(picture.part.name)))
    elif not picture.lines:
        yield page.paragraph(t(telling.lang, "reader.text.none"))


def _read_silently(telling: _Telling, picture: _Picture, image: Image.Image) -> Pieces:
    for _ in _reading(telling, picture, image):
        yield None


def _reading(telling: _Telling, picture: _Picture, image: Image.Image) -> Iterator[TextLine]:
    """Lines as they are read, kept in `picture`; a failure is kept, too, and ends them."""
    if picture.lines is not None or picture.error:
        yield from picture.lines or []
        return
    lines: list[TextLine] = []
    try:
        for line in lines_of(image, telling.stop):
            lines.append(line)
            yield line
        picture.lines = lines
    except (Stopped, ProviderError):
        raise
    except Exception as error:  # whatever a native library makes of one odd picture
        picture.error = _reader_failed(error)


def _differences(telling: _Telling) -> Pieces:
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
        yield page.bullet(facts.pixel_difference(lang, found, letters))
        if found.kind != "identical" and telling.reads:
            yield from _text_differences(telling, before, after)


def _text_differences(telling: _Telling, before: _Picture, after: _Picture) -> Pieces:
    for picture in (before, after):
        if picture.lines is None and not picture.error:
            yield from _read_silently(telling, picture, decode_part(picture.part))
    if before.lines is not None and after.lines is not None:
        changes = compare_text(rows_of_text(before.lines), rows_of_text(after.lines))
        letters = (before.letter, after.letter)
        yield telling.page.bullet(facts.text_difference(telling.lang, changes, letters))


def _look(telling: _Telling, picture: _Picture) -> Pieces:
    """Take the shot of a picture that hasn't been looked at yet."""
    telling.stop.check()
    if picture.shot is None and picture.error is None:
        try:
            picture.shot = shot(decode_part(picture.part))
        except ImageError as error:
            picture.error = error
    yield None


def _raise_if_nothing_was_read(telling: _Telling) -> None:
    errors = [one.error for one in telling.pictures]
    failures = [error for error in errors if isinstance(error, ProviderError)]
    if failures and all(errors):
        raise failures[0]


def _reader_failed(error: Exception) -> ProviderError:
    return ProviderError(
        "reader_failed", host="", model="builtin-reader", detail=type(error).__name__
    )
