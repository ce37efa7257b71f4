"""The cheapest setting that keeps the answer: one image at several details, sizes, and cut out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from components.chat.draft import DraftImage
from components.compare.judging.scores import judged
from components.compare.spec import SpecImage, letters
from components.compare.store import Box, Cell, Comparison
from components.models import find_model
from components.pricing import cost, from_data

SCALES = (75, 50, 25)
"""Percent of the size that the model would get at its usual detail."""
DETAILS = ("low", "high", "original")
CROP = "crop"
THOUSAND = 1000


@dataclass(frozen=True)
class Setting:
    """One setting's outcome. variant: "low", "high", "original", "75", "50", "25" or "crop".

    passes: None while it isn't judged. tokens, input_cost (USD): of the input alone, as billed or
    else estimated, since a setting changes nothing but the image.
    """

    cell: Cell
    variant: str
    passes: bool | None
    tokens: int | None
    input_cost: Decimal | None


@dataclass(frozen=True)
class Cheapest:
    """settings: all, in order. usual: what would be sent without thinking about it. best: the
    cheapest that passes, None when none does (or none has a price). saving: USD per 1,000 images
    of the best over the usual, None when either isn't known."""

    settings: tuple[Setting, ...]
    usual: Setting | None
    best: Setting | None
    saving: Decimal | None


def variants(image: DraftImage, model: str, box: Box | None = None) -> tuple[SpecImage, ...]:
    """One image in all settings worth trying on `model`, for a spec of mode "each" with one
    model, one question and its accepted answer. box: of the crop, in upright pixels."""
    known = find_model(model)
    usual = known.auto_is
    settings = [
        SpecImage("", replace(image, detail=each, as_is=False), variant=each)
        for each in DETAILS
        if each in known.details
    ]
    whole = replace(image, detail=usual, as_is=False)
    settings += [SpecImage("", whole, scale=scale, variant=str(scale)) for scale in SCALES]
    if box is not None:
        settings.append(SpecImage("", whole, box=box, variant=CROP))
    return tuple(
        replace(picture, letter=letter)
        for letter, picture in zip(letters(), settings, strict=False)
    )


def is_settings(comparison: Comparison) -> bool:
    """Whether it compares settings of one image and not images."""
    return bool(comparison.images) and all(image.variant for image in comparison.images)


def cheapest(comparison: Comparison, cells: Sequence[Cell], column: int = 0) -> Cheapest:
    """Which settings pass, and what the cheapest of them saves. Works while cells still run."""
    names = {image.letter: image.variant for image in comparison.images}
    found = tuple(
        _setting(comparison, cell, names[cell.letters[0]])
        for cell in cells
        if cell.column == column and cell.repeat == 1 and cell.question == 0
    )
    usual_name = find_model(comparison.models[column].model).auto_is
    usual = next((each for each in found if each.variant == usual_name), None)
    passing = [(each.input_cost, each) for each in found if each.passes]
    priced = [(amount, each) for amount, each in passing if amount is not None]
    best = min(priced, key=lambda pair: pair[0])[1] if priced else None
    return Cheapest(found, usual, best, _saving(usual, best))


def _setting(comparison: Comparison, cell: Cell, variant: str) -> Setting:
    found = judged(comparison, cell)
    billed = cell.result.input_tokens if cell.state == "ok" and cell.result else None
    tokens = cell.estimated_input_tokens if billed is None else billed
    price = from_data(cell.prices)
    amount = None if tokens is None else cost(price, input=tokens)
    return Setting(cell, variant, found.right if found else None, tokens, amount)


def _saving(usual: Setting | None, best: Setting | None) -> Decimal | None:
    if usual is None or best is None or usual.input_cost is None or best.input_cost is None:
        return None
    return (usual.input_cost - best.input_cost) * THOUSAND
