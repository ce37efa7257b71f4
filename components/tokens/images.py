"""Tokens of one image: the model's rule, and what its figure is worth."""

from typing import Literal

from components.models import find_model
from components.tokens.rules import ERAS, rules
from components.tokens.types import ImageTokens

Era = Literal["current", "2025"]
Fidelity = Literal["low", "high"]


def count_image_tokens(
    model: str,
    width: int,
    height: int,
    detail: str = "auto",
    *,
    era: Era = "current",
    fidelity: Fidelity = "low",
    host: str = "",
) -> ImageTokens:
    """Input tokens that an image of `width` x `height` px (upright) costs at `model`.

    detail: "auto", "low", "high" or "original"; a level that the model doesn't know counts as
    its "auto". era: "2025" for bills from before OpenAI raised some budgets. fidelity: input
    fidelity of image models' edits, without effect elsewhere. host: where it is asked ("host" or
    "host:port"), as some hosts have limits of their own. A model that no row knows is counted as
    the one that it is taken for, with the evidence "assumed".

    Status "rejected" (tokens None): the API refuses the image at this size and detail, or the
    model takes no images at all. "unknown" (tokens None): no rule; the size is left as it is.
    Raises ValueError for sides that aren't whole numbers of at least 1, and unknown eras.
    """
    for side in (width, height):
        if not isinstance(side, int) or isinstance(side, bool) or side < 1:
            raise ValueError(
                f"sides are whole numbers of at least 1 px, not {width!r} x {height!r}"
            )
    if era not in ERAS:
        raise ValueError(f"era is one of {', '.join(ERAS)}, not {era!r}")
    size = (width, height)
    known = find_model(model)
    name = known.rule_at(host)
    if name is None:
        status: Literal["unknown", "rejected"] = "unknown" if known.vision else "rejected"
        return ImageTokens(None, status, 0, None, None, size, None)
    entry = rules()[name]
    rule = entry.at(era)
    found = rule.count(size, detail, fidelity)
    return ImageTokens(
        tokens=found.tokens,
        status="rejected" if found.tokens is None else "ok",
        tolerance=rule.tolerance,
        evidence="assumed" if known.like else entry.evidence,
        rule=entry.name,
        resized=found.resized,
        grid=found.grid,
    )
