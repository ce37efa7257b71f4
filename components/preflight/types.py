"""What a check finds, and what could be done about it, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["note", "warning", "stop"]
FixKind = Literal["crop", "split", "turn", "cover", "detail"]
Box = tuple[int, int, int, int]
"""left, top, right, bottom in pixels of the upright original; right and bottom lie outside."""


@dataclass(frozen=True)
class Fix:
    """One click. Its text is `preflight.fix.<kind>` with `data`.

    crop: `boxes` are sent beside the whole picture; split: instead of it; turn: by `degrees`
    clockwise (90, 180, 270); cover: `boxes` are painted over; detail: another level.
    """

    kind: FixKind
    boxes: tuple[Box, ...] = ()
    degrees: int = 0
    detail: str = ""

    @property
    def data(self) -> dict[str, object]:
        """Values for the placeholders of the fix's text."""
        return {"n": len(self.boxes), "degrees": self.degrees, "detail": self.detail}


@dataclass(frozen=True)
class Finding:
    """One thing worth knowing before sending.

    code, data: text `preflight.<code>` and its placeholders. faq: slug of the answer that says
    more. fixes: best first. image: place (from 0) of the picture it is about, None for the
    whole question. boxes: where in the picture. A "stop" would be refused; the others are hints.
    """

    code: str
    severity: Severity
    faq: str
    data: Mapping[str, object] = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()
    image: int | None = None
    boxes: tuple[Box, ...] = ()

    @property
    def fix(self) -> Fix | None:
        """The best fix, None where there is none."""
        return self.fixes[0] if self.fixes else None
