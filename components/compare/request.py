"""A cell as what goes over the wire."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from components.compare.errors import CompareError
from components.compare.sizes import part_of, prepare_picture
from components.compare.spec import Column, SpecImage
from components.compare.store import Cell, Comparison
from components.i18n import t
from components.providers.base import Message, Parameters, VisionRequest


def request_of(
    comparison: Comparison,
    cell: Cell,
    pictures: Mapping[str, SpecImage],
    column: Column,
    before: Sequence[str] = (),
) -> VisionRequest:
    """The request of `cell`. before: answers of its conversation, which are asked about again.

    Prepares images: keep it off event loops. Raises ImageError, and CompareError where an image
    isn't there any more or nothing was answered that could be asked about again.
    """
    if comparison.again and len(before) < cell.repeat - 1:
        raise CompareError("compare_nothing_before")
    labelled = comparison.mode == "together"
    parts = []
    for letter in cell.letters:
        picture = pictures.get(letter)
        if picture is None:
            raise CompareError("compare_image_gone", letter=letter)
        prepared = prepare_picture(picture, column.model, column.endpoint)
        parts.append(part_of(picture, prepared, labelled=labelled))
    messages = [Message("user", comparison.questions[cell.question], tuple(parts))]
    follow_up = Message("user", t(comparison.lang, "compare.follow_up"))
    for answer in before:
        messages += [Message("assistant", answer), follow_up]
    return VisionRequest(
        model=column.model,
        messages=tuple(messages),
        parameters=parameters_of(comparison),
        lang=comparison.lang,
    )


def parameters_of(comparison: Comparison) -> Parameters:
    """What it was asked with, also by an older version that knew fewer parameters."""
    known = {field.name for field in fields(Parameters)}
    kept = {name: value for name, value in comparison.parameters.items() if name in known}
    return Parameters(**kept)  # type: ignore[arg-type]
