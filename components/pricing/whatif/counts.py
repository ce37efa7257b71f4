"""Tokens of a scenario's parts, each distinct one counted once.

A table of all models asks the same sizes and texts again and again: models that share a rule or
a tokenizer share the answer, so a Counts is made for one question and thrown away after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from components.models import Model, find_model
from components.pricing.whatif.types import Row, Scenario
from components.tokens import Evidence, ImageTokens, count_image_tokens, count_text_tokens

Size = tuple[int, int, str]  # width, height, detail
_WEAKEST_FIRST: tuple[Evidence, ...] = ("assumed", "documented", "billed")


class Counts:
    """Remembers what was counted."""

    def __init__(self) -> None:
        self._images: dict[tuple[str | None, bool, Size], ImageTokens] = {}
        self._texts: dict[tuple[str, str], int] = {}

    def image(self, model_id: str, model: Model, size: Size) -> ImageTokens:
        """Tokens of one image; `model` is what find_model gives for `model_id`."""
        key = (model.image_rule, model.vision, size)
        found = self._images.get(key)
        if found is None:
            found = self._images[key] = count_image_tokens(model_id, *size)
        return found

    def text(self, text: str | int, model: Model) -> int:
        """Tokens of a text, or the number that was given instead of one."""
        if isinstance(text, int):
            return text
        key = (model.encoding, text)
        found = self._texts.get(key)
        if found is None:
            found = self._texts[key] = count_text_tokens(text, model.id)
        return found


@dataclass(frozen=True)
class Images:
    """All images of one request. tokens: None when an image's isn't known; n: how many images.

    refused, unknown: sizes that the model refuses, or that there is no rule for.
    """

    n: int
    tokens: int | None
    tolerance: int
    evidence: Evidence | None
    refused: frozenset[Size]
    unknown: frozenset[Size]


def size_of(row: Row, scenario: Scenario) -> Size:
    return row.width, row.height, row.detail or scenario.detail


def sizes_of(scenario: Scenario) -> dict[Size, int]:
    """Distinct sizes and how many images have each."""
    found: dict[Size, int] = {}
    for row in scenario.rows:
        if row.count:
            size = size_of(row, scenario)
            found[size] = found.get(size, 0) + row.count
    return found


def count_images(model_id: str, sizes: Mapping[Size, int], counts: Counts) -> Images:
    """What the images of one request come to with a model."""
    model = find_model(model_id)
    tokens = tolerance = 0
    evidence: set[Evidence] = set()
    faulty: dict[str, set[Size]] = {"rejected": set(), "unknown": set()}
    for size, n in sizes.items():
        found = counts.image(model_id, model, size)
        if found.tokens is None:
            faulty[found.status].add(size)
            continue
        tokens += found.tokens * n
        tolerance += found.tolerance * n
        if found.evidence:
            evidence.add(found.evidence)
    complete = not any(faulty.values())
    return Images(
        n=sum(sizes.values()),
        tokens=tokens if complete else None,
        tolerance=tolerance,
        evidence=next((e for e in _WEAKEST_FIRST if e in evidence), None) if complete else None,
        refused=frozenset(faulty["rejected"]),
        unknown=frozenset(faulty["unknown"]),
    )
