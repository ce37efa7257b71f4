"""What a session's FAQ page remembers."""

from dataclasses import dataclass, field

from components.errors import AppError
from components.images import Note


@dataclass
class FaqState:
    """Of one tab, in memory only."""

    asked: str | None = None  # slug that the address had
    open: str | None = None  # the answer that is unfolded at first
    group: str | None = None
    jumps: int = 0  # how often one was jumped to
    told: list[tuple[str, tuple[Note, ...] | AppError]] = field(default_factory=list)
    """Files that were tried, with what is to be said of them."""
    untried: int = 0  # how many were too many to be
