"""Claude's 28 px squares. (The older width x height / 750 is retired.)"""

from dataclasses import dataclass

from components.tokens.kinds.base import Count, Note, Size, fit_edge, squares, unnoted

_SQUARE = 28


@dataclass(frozen=True)
class ClaudeRule:
    """One token per 28 px square of the largest size within both limits.

    edge: longest side in px; budget: most tokens. Detail has no effect.
    """

    edge: int
    budget: int
    tolerance: int = 0

    def count(self, size: Size, detail: str, fidelity: str, note: Note = unnoted) -> Count:
        resized = self._fit(size)
        code = "both_fit" if resized == size else "both"
        limits = {"edge": self.edge, "budget": self.budget}
        note(code, **limits, width=resized[0], height=resized[1])
        columns, rows = squares(resized, _SQUARE)
        tokens = columns * rows
        note("squares", side=_SQUARE, columns=columns, rows=rows, tokens=tokens)
        return Count(tokens, resized, (columns, rows))

    def _fit(self, size: Size) -> Size:
        # Cost never falls as the long side grows, so the largest affordable one can be bisected.
        lowest, highest = 1, min(max(size), self.edge)
        while lowest < highest:
            middle = (lowest + highest + 1) // 2
            if self._cost(fit_edge(size, middle)) <= self.budget:
                lowest = middle
            else:
                highest = middle - 1
        return fit_edge(size, lowest)

    def _cost(self, size: Size) -> int:
        columns, rows = squares(size, _SQUARE)
        return columns * rows
