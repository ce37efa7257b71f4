"""Which text would be too small for a vision model once it has shrunk the picture."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from components.models import reference_model
from components.providers.base import ImagePart
from components.providers.builtin_reader.reading import TextLine
from components.providers.builtin_reader.settings import number
from components.tokens import count_image_tokens


@dataclass(frozen=True)
class Small:
    """A line too small to be read safely. height: pixels as the model sees it."""

    line: TextLine
    height: float


@dataclass(frozen=True)
class Legibility:
    """seen: (width, height) in pixels of what `model` sees; small: lines in reading order."""

    model: str
    detail: str
    seen: tuple[int, int]
    small: tuple[Small, ...]


def legibility(part: ImagePart, size: tuple[int, int], lines: Sequence[TextLine]) -> Legibility:
    """What a vision model would see of the text, at the part's detail.

    size: (width, height) of the picture in which `lines` were measured. The reference model
    stands for the usual case: which model will be asked isn't known here.
    """
    model = reference_model()
    ready = part.prepared
    original = (ready.original_width, ready.original_height) if ready else size
    seen = count_image_tokens(model, *original, part.detail).resized
    scale = min(seen[0] / size[0], seen[1] / size[1])
    small = [Small(line, line.height * scale) for line in lines]
    return Legibility(
        model, part.detail, seen, tuple(one for one in small if one.height < _needed(one.line.text))
    )


def _needed(text: str) -> float:
    wide = any(unicodedata.east_asian_width(char) in "WF" for char in text)
    return number("legibility", "cjk" if wide else "latin")
