"""Everything that is said of one picture."""

from collections.abc import Callable, Iterator

from PIL import Image

from components.errors import ImageError, ProviderError
from components.i18n import t
from components.providers.builtin_reader import colours, facts, measure
from components.providers.builtin_reader.compare import shot
from components.providers.builtin_reader.decode import decode_part
from components.providers.builtin_reader.reading import TextLine, lines_of
from components.providers.builtin_reader.settings import number
from components.providers.builtin_reader.telling import NEED_TEXT, Pieces, QuestionImage, Telling
from components.providers.builtin_reader.worker import Stopped
from components.text import escape_markdown


def about(telling: Telling, picture: QuestionImage) -> Pieces:
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


def _section(telling: Telling, picture: QuestionImage, image: Image.Image, section: str) -> Pieces:
    telling.stop.check()
    if section == "text":
        yield from _text(telling, picture, image)
        return
    if section in NEED_TEXT:
        yield from read_silently(telling, picture, image)
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


def _of_text(telling: Telling, picture: QuestionImage, image: Image.Image, section: str) -> str:
    lines = picture.lines or []
    if section == "direction":
        return facts.direction(telling.lang, lines)
    return facts.small_text(telling.lang, picture.part, image.size, lines)


def _text(telling: Telling, picture: QuestionImage, image: Image.Image) -> Pieces:
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


def read_silently(telling: Telling, picture: QuestionImage, image: Image.Image) -> Pieces:
    for _ in _reading(telling, picture, image):
        yield None


def _reading(telling: Telling, picture: QuestionImage, image: Image.Image) -> Iterator[TextLine]:
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


def _reader_failed(error: Exception) -> ProviderError:
    return ProviderError(
        "reader_failed", host="", model="builtin-reader", detail=type(error).__name__
    )
