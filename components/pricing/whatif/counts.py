"""Tokens of a scenario's parts, each distinct one counted once.

A table of all models asks the same sizes and texts again and again: models that share a rule or
a tokenizer share the answer, so a Counts is made for one question and thrown away after it.
"""

from components.models import Model
from components.pricing.whatif.types import Row, Scenario
from components.tokens import ImageTokens, count_image_tokens, count_text_tokens

Size = tuple[int, int, str]  # width, height, detail


class Counts:
    """Remembers what was counted."""

    def __init__(self) -> None:
        self._images: dict[tuple[str | None, bool, bool, Size], ImageTokens] = {}
        self._texts: dict[tuple[str, str], int] = {}

    def image(self, model_id: str, model: Model, size: Size) -> ImageTokens:
        """Tokens of one image; `model` is what find_model gives for `model_id`."""
        key = (model.image_rule, model.vision, bool(model.like), size)
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


def size_of(row: Row, scenario: Scenario) -> Size:
    return row.width, row.height, row.detail or scenario.detail


def sizes_of(scenario: Scenario) -> dict[Size, int]:
    """Distinct sizes and how many images have each. Raises ValueError for a negative count."""
    found: dict[Size, int] = {}
    for row in scenario.rows:
        if row.count < 0:
            raise ValueError(f"count ({row.count}) can't be negative")
        if row.count:
            size = size_of(row, scenario)
            found[size] = found.get(size, 0) + row.count
    return found
