"""What a visit's compare page remembers."""

from dataclasses import dataclass, field
from typing import Any

from components.chat.draft import DraftImage
from components.errors import AppError

MOST_QUESTIONS = 5


@dataclass
class Comparing:
    """images: in order, A first. swapping: letter whose image the next file replaces. uploads: of
    the uploader. questions: one box each. models: ids of choices.

    run_id: the comparison that is shown. pair: digests of the two images in the pixel view;
    pixels: what came of them (see pixels.View). picked: the cell of the matrix that is looked at.
    crop: part of the image for the cheapest setting.
    """

    images: list[DraftImage] = field(default_factory=list)
    problems: list[AppError] = field(default_factory=list)
    told: str = ""
    swapping: str | None = None
    uploads: int = 0
    mode: str = "together"
    detail: str = "auto"
    questions: list[str] = field(default_factory=lambda: [""])
    models: tuple[str, ...] = ()
    repeats: int = 1
    again: bool = False
    run_id: str | None = None
    pair: tuple[str, str] = ("", "")
    pixels: tuple[tuple[str, str], Any] | None = None
    picked: str | None = None
    crop: tuple[int, int, int, int] | None = None
    accepted: str = ""
    error: AppError | None = None
