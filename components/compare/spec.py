"""What a person wants compared, and whether it can be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from components.chat.draft import DraftImage
from components.compare.errors import (
    MAX_CELLS,
    MAX_IMAGES,
    MAX_MODELS,
    MAX_QUESTIONS,
    MAX_REPEATS,
    MAX_TOGETHER,
    MIN_TOGETHER,
    CompareError,
)
from components.compare.store import Accepted, Box, Mode, Order
from components.models import find_model
from components.providers.base import Parameters
from components.providers.endpoints import Endpoint


@dataclass(frozen=True)
class SpecImage:
    """An image under its letter, and how it is sent; see ComparedImage for scale, box, variant."""

    letter: str
    image: DraftImage
    scale: int = 100
    box: Box | None = None
    variant: str = ""


@dataclass(frozen=True)
class Column:
    """Whom to ask."""

    endpoint: Endpoint
    model: str


@dataclass(frozen=True)
class Spec:
    """All of a comparison before it is planned; see Comparison for what the fields mean."""

    mode: Mode
    pictures: Sequence[SpecImage]
    questions: Sequence[str]
    columns: Sequence[Column]
    parameters: Parameters = field(default_factory=Parameters)
    lang: str = "en"
    repeats: int = 1
    again: bool = False
    order: Order = "given"
    pair_id: str | None = None
    accepted: Sequence[Accepted] = ()


def letters() -> Iterator[str]:
    """A, B ... Z, AA, AB ... for ever."""
    ending = [chr(ord("A") + n) for n in range(26)]
    yield from ending
    for first in letters():
        yield from (first + last for last in ending)


def lettered(images: Sequence[DraftImage]) -> tuple[SpecImage, ...]:
    """Each image under the next letter. To swap one, replace its image."""
    return tuple(SpecImage(letter, i) for letter, i in zip(letters(), images, strict=False))


def check(spec: Spec) -> None:
    """Raise CompareError for what can't be asked."""
    if not spec.questions or not all(q.strip() for q in spec.questions):
        raise CompareError("compare_no_question")
    if not spec.columns:
        raise CompareError("compare_no_model")
    most = MAX_TOGETHER if spec.mode == "together" else MAX_IMAGES
    check_least(spec.mode, len(spec.pictures))
    _at_most("compare_too_many_images", len(spec.pictures), most)
    _at_most("compare_too_many_questions", len(spec.questions), MAX_QUESTIONS)
    _at_most("compare_too_many_models", len(spec.columns), MAX_MODELS)
    _at_most("compare_too_many_repeats", spec.repeats, MAX_REPEATS)
    rows = len(spec.pictures) if spec.mode == "each" else 1
    cells = rows * len(spec.questions) * len(spec.columns) * spec.repeats
    _at_most("compare_too_many_cells", cells, MAX_CELLS)
    for column in spec.columns:
        if not find_model(column.model).vision:
            raise CompareError("compare_no_vision", model=column.model)
    for picture in spec.pictures:
        _check_picture(picture)


def check_least(mode: Mode, count: int) -> None:
    """Raise CompareError unless there are enough images to ask about."""
    least = MIN_TOGETHER if mode == "together" else 1
    if count < least:
        raise CompareError("compare_too_few_images", least=least)


def _at_most(code: str, count: int, limit: int) -> None:
    if count > limit:
        raise CompareError(code, count=count, limit=limit)


def _check_picture(picture: SpecImage) -> None:
    image = picture.image
    if image.content is None or image.info is None:
        raise CompareError("compare_url_image", name=image.name)
    if picture.box:
        left, top, right, bottom = picture.box
        across = 0 <= left < right <= image.info.width
        if not (across and 0 <= top < bottom <= image.info.height):
            raise CompareError("compare_box", name=image.name)
