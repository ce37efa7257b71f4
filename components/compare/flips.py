"""Verdicts that turn when the images are sent in the opposite order."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.compare.log import Cell, Comparison
from components.compare.reading import Verdict, normalised, verdict


@dataclass(frozen=True)
class Flip:
    """A question's answer by a model in both orders. before, after: the verdicts, None where none
    can be told. flipped: None where one can't be told and the texts aren't the same either."""

    given: Cell
    turned: Cell
    before: Verdict | None
    after: Verdict | None
    flipped: bool | None


def flips(
    comparison: Comparison, given: Sequence[Cell], turned: Sequence[Cell]
) -> tuple[Flip, ...]:
    """Cells of a comparison beside those of its run in the opposite order, where both were
    answered. Letters stay with their images, so that verdicts compare as they are."""
    letters = tuple(image.letter for image in comparison.images)
    other = {_place(cell): cell for cell in turned if cell.state == "ok"}
    pairs = [(cell, other[_place(cell)]) for cell in given if _place(cell) in other]
    return tuple(_flip(a, b, letters) for a, b in pairs if a.state == "ok")


def _place(cell: Cell) -> tuple[object, ...]:
    return frozenset(cell.letters), cell.question, cell.column, cell.repeat


def _flip(given: Cell, turned: Cell, letters: tuple[str, ...]) -> Flip:
    before, after = verdict(given.answer, letters), verdict(turned.answer, letters)
    flipped: bool | None = None
    if normalised(given.answer) == normalised(turned.answer):
        flipped = False
    elif before is not None and after is not None:
        flipped = before != after
    return Flip(given, turned, before, after, flipped)
