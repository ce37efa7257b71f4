"""Reads cases.toml: what images are known to have cost, and where that is written."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from components.tokens.images import Era, Fidelity, count_image_tokens
from components.tokens.types import ImageTokens

_FILE = Path(__file__).with_name("cases.toml")


@dataclass(frozen=True)
class Case:
    """One known figure. tokens: None when the API refuses the image.

    tol: what a measurement leaves open, in tokens. anomaly: name of a bill that follows no known
    rule, "" for all others. source: URL; where: place within it.
    """

    model: str
    width: int
    height: int
    detail: str
    tokens: int | None
    kind: Literal["billed", "documented"]
    tol: int = 0
    era: Era = "current"
    fidelity: Fidelity = "low"
    anomaly: str = ""
    source: str = ""
    where: str = ""
    note: str = ""

    def count(self) -> ImageTokens:
        """What our rules say of it."""
        return count_image_tokens(
            self.model, self.width, self.height, self.detail, era=self.era, fidelity=self.fidelity
        )

    def agrees(self, tokens: int | None, tolerance: int) -> bool:
        """Whether a count is right within `tolerance` and what the measurement leaves open; None
        (refused) is right where the API refuses."""
        if tokens is None or self.tokens is None:
            return tokens == self.tokens
        return abs(tokens - self.tokens) <= max(tolerance, self.tol)


@cache
def cases() -> tuple[Case, ...]:
    """Every known figure, anomalies among them."""
    found = []
    for row in tomllib.loads(_FILE.read_text("utf-8"))["cases"]:
        width, height = row.pop("size")
        row.setdefault("tokens", None)
        found.append(Case(width=width, height=height, **row))
    return tuple(found)
