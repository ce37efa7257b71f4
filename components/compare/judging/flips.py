"""Verdicts that turn when the images are sent in the opposite order."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from components.compare.judging.answer_parsing import Verdict, normalised, same_claim, verdict
from components.compare.store import Cell, Comparison


@dataclass(frozen=True)
class Flip:
    """A question's answer by a model in both orders. before, after: the verdicts, None where none
    can be told. flipped: None where it can't be told: no verdict in one of them, or the rounds of
    one order don't agree among themselves, so that the order needn't be the reason."""

    given: Cell
    turned: Cell
    before: Verdict | None
    after: Verdict | None
    flipped: bool | None


def flips(
    comparison: Comparison, given: Sequence[Cell], turned: Sequence[Cell]
) -> tuple[Flip, ...]:
    """Cells of a comparison beside those of its run in the opposite order, where both were
    answered. Letters stay with their images, so that verdicts compare as they are; "the first"
    is the image that was sent first. Rounds are alike, whichever comes first: those that say the
    same are pairs."""
    found = []
    places = {_place(comparison, cell): None for cell in given}
    for place in places:
        ours, theirs = (
            [c for c in cells if c.state == "ok" and _place(comparison, c) == place]
            for cells in (given, turned)
        )
        found += _pairs(ours, theirs)
    return tuple(found)


def _place(comparison: Comparison, cell: Cell) -> tuple[object, ...]:
    """What is asked alike; a round that asks "are you sure?" isn't asked as the one before."""
    turn = cell.repeat if comparison.again else 0
    return frozenset(cell.letters), cell.question, cell.column, turn


def _pairs(given: Sequence[Cell], turned: Sequence[Cell]) -> list[Flip]:
    left = list(turned)
    same, apart = [], []
    for cell in given:
        other = next((one for one in left if _said(one) == _said(cell)), None)
        if other is None:
            apart.append(cell)
            continue
        left.remove(other)
        same.append(_flip(cell, other, wavers=False))
    wavers = any(len({_said(cell) for cell in cells}) > 1 for cells in (given, turned))
    return same + [_flip(a, b, wavers=wavers) for a, b in zip(apart, left, strict=False)]


def _said(cell: Cell) -> Hashable:
    return verdict(cell.answer, cell.letters) or normalised(cell.answer)


def _flip(given: Cell, turned: Cell, *, wavers: bool) -> Flip:
    before, after = verdict(given.answer, given.letters), verdict(turned.answer, turned.letters)
    flipped: bool | None = None
    if normalised(given.answer) == normalised(turned.answer):
        positions = before != after and before is not None and after is not None
        flipped = None if positions and wavers else positions
    elif before is not None and after is not None and not wavers:
        told = before.kind == after.kind and same_claim(given.answer, turned.answer, before.kind)
        flipped = before != after if told or before.kind != after.kind else None
    return Flip(given, turned, before, after, flipped)
