"""One sentence for each thing that was measured, in the reader's languages."""

from collections.abc import Sequence

from components.i18n import t
from components.providers.base import ImagePart
from components.providers.builtin_reader import colours, legibility, measure
from components.providers.builtin_reader.reading import TextLine
from components.providers.builtin_reader.settings import number, whole
from components.text import escape_markdown


def size(lang: str, width: int, height: int) -> str:
    """Size and shape of a picture of `width` x `height` px."""
    shape = "square" if width == height else "landscape" if width > height else "portrait"
    megapixels = width * height / 1e6
    return t(
        lang,
        "reader.size.line" if megapixels >= 0.1 else "reader.size.tiny",
        width=width,
        height=height,
        megapixels=f"{megapixels:.1f}",
        ratio=measure.ratio_name(width, height),
        shape=t(lang, f"reader.size.{shape}"),
    )


def direction(lang: str, lines: Sequence[TextLine]) -> str:
    """How the text stands."""
    found = measure.direction(lines)
    if found is None:
        return t(lang, "reader.direction.no_text")
    said = t(lang, f"reader.direction.turned_{found.quarter}")
    if abs(found.tilt) >= number("direction", "tilt_from"):
        way = "clockwise" if found.tilt > 0 else "counterclockwise"
        said += t(lang, f"reader.direction.tilted_{way}", degrees=round(abs(found.tilt)))
    if found.mixed:
        said += t(lang, "reader.direction.mixed")
    return t(lang, "reader.direction.line", said=said)


def small_text(
    lang: str, part: ImagePart, picture: tuple[int, int], lines: Sequence[TextLine]
) -> str:
    """Which lines a vision model couldn't read safely at the part's detail."""
    if not lines:
        return t(lang, "reader.legibility.no_text")
    found = legibility.legibility(part, picture, lines)
    seen = {
        "model": escape_markdown(found.model),
        "detail": found.detail,
        "width": found.seen[0],
        "height": found.seen[1],
    }
    if not found.small:
        return t(lang, "reader.legibility.fine", **seen)
    quoted = [
        t(
            lang,
            "reader.legibility.one",
            text=escape_markdown(_short(one.line.text)),
            height=f"{one.height:.0f}",
        )
        for one in found.small[: whole("legibility", "shown")]
    ]
    more = len(found.small) - len(quoted)
    listed = t(lang, "reader.list.comma").join(quoted)
    listed += t(lang, "reader.list.more", n=more) if more else ""
    return t(
        lang, "reader.legibility.small", n=len(found.small), total=len(lines), lines=listed, **seen
    )


def sharpness(lang: str, found: measure.Sharpness) -> str:
    """How sharp the picture is."""
    return t(lang, f"reader.sharpness.{found.word}", variance=round(found.variance))


def light(lang: str, found: measure.Light) -> str:
    """Brightness and contrast."""
    return t(
        lang,
        "reader.light.line",
        brightness=round(found.brightness),
        brightness_word=t(lang, f"reader.light.{found.brightness_word}"),
        contrast=round(found.contrast),
        contrast_word=t(lang, f"reader.light.{found.contrast_word}_contrast"),
    )


def main_colours(lang: str, found: Sequence[colours.Colour]) -> str:
    """The main colours with names, values and shares."""
    said = [
        t(
            lang,
            "reader.colours.one",
            name=t(lang, f"reader.colour.{colour.name}"),
            hex=colour.hex,
            share=round(colour.share * 100),
        )
        for colour in found
    ]
    return t(lang, "reader.colours.line", colours=t(lang, "reader.list.comma").join(said))


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
