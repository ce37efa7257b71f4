"""The same number of tokens for every image: LLaVA 1.5, Gemini 2.5 and 3, the built-in reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from components.tokens.kinds.base import Count, Note, Size, unnoted


@dataclass(frozen=True)
class FixedRule:
    """high: tokens of an image; levels: detail -> tokens, where a detail changes them."""

    high: int
    levels: Mapping[str, int] = field(default_factory=dict)
    tolerance: int = 0

    def count(self, size: Size, detail: str, fidelity: str, note: Note = unnoted) -> Count:
        tokens = self.levels.get(detail, self.high)
        note("fixed_level" if detail in self.levels else "fixed", level=detail, tokens=tokens)
        return Count(tokens, size, None)
