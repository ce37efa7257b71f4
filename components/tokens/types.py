"""What counting an image yields."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "rejected", "unknown"]
Evidence = Literal["billed", "documented", "assumed"]


@dataclass(frozen=True)
class ImageTokens:
    """What one image costs in input tokens.

    tokens: None when rejected or unknown. tolerance: the figure is right within +- this many.
    rule: name of the rule in rules.toml, None without one. resized: (width, height) in pixels
    as the model sees the image; grid: (columns, rows) of tiles or patches.
    """

    tokens: int | None
    status: Status
    tolerance: int
    evidence: Evidence | None
    rule: str | None
    resized: tuple[int, int]
    grid: tuple[int, int] | None
