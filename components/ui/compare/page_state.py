"""What a session's compare page remembers."""

from dataclasses import dataclass, field
from typing import Any

from components.chat.draft import DraftImage
from components.errors import AppError
from components.ui.compare.plan_form.plan_job import PlanJob


@dataclass
class ComparePage:
    """images: in order, A first. swapping: letter whose image the next file replaces. tab: of the
    form. questions: one box each. models: ids of choices; cleared: a person took all of them out.

    run_id: the comparison that is shown. pixels: what came of the two images in the pixel view
    (see pixels.View). picked: the cell of the matrix that is looked at.
    answers: the comparison whose right answers the table began with, and these, by letter and
    question; answers_made: how often it began; answers_told: what came of a paste. judged: answers
    were accepted that the rest of the page doesn't show yet.
    accepted: the right answer for the cheapest setting. planned: of what the form says. arrived:
    the comparison whose answers come into sight once they are drawn; bring_back: its images and
    questions go into an empty form. place: of the form when it was drawn last; moved: it is
    elsewhere now. presenting: only images and answers are shown, large; presented: how
    often they were. awaited: the comparison whose end screen readers are to be told.
    thumbnails: of images of comparisons, by hash. rows: of the matrix that are shown.
    """

    images: list[DraftImage] = field(default_factory=list)
    problems: list[AppError] = field(default_factory=list)
    told: str = ""
    swapping: str | None = None
    tab: str = "together"
    detail: str = "auto"
    questions: list[str] = field(default_factory=lambda: [""])
    models: tuple[str, ...] = ()
    cleared: bool = False
    repeats: int = 1
    again: bool = False
    run_id: str | None = None
    awaited: str | None = None
    pixels: tuple[tuple[str, str], Any] | None = None
    picked: str | None = None
    accepted: str = ""
    planned: PlanJob | None = None
    arrived: str = ""
    bring_back: bool = False
    place: tuple[object, ...] = ()
    moved: bool = False
    error: AppError | None = None
    answers: tuple[str, dict[tuple[str, int], str]] | None = None
    answers_made: int = 0
    answers_told: str = ""
    judged: bool = False
    presenting: bool = False
    presented: int = 0
    thumbnails: dict[str, bytes | None] = field(default_factory=dict)
    rows: int = 60
