"""What the history asks and is told, without reading any message."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class ConversationSummary:
    """A row of the history. cost: sum of what is known, in USD; cost_known: nothing is missing."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    model: str
    messages: int
    images: int
    cost: Decimal
    cost_known: bool
    running: bool
    first_image: str | None  # hash
    starred: bool = False
    tags: tuple[str, ...] = ()  # in alphabetical order


@dataclass(frozen=True)
class HistoryFilter:
    """Which conversations: those for which all of this holds. None, "" and () ask for nothing.

    text: every word of it stands somewhere in the title, the messages or the images' texts.
    models: one of them was asked. since <= last change < until. tag: has exactly this one.
    min_cost, max_cost: USD, inclusive, of what costs are known.
    """

    text: str = ""
    models: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    with_images: bool | None = None
    starred: bool | None = None
    tag: str | None = None
    min_cost: Decimal | None = None
    max_cost: Decimal | None = None


@dataclass(frozen=True)
class Drift:
    """How bills and estimates of input tokens compare over some answers of a model.

    detail: of the question's images, "low+high" for a mix, "text" without images.
    """

    model: str
    detail: str
    answers: int
    estimated: int
    billed: int

    @property
    def share(self) -> float:
        """0.05: bills were 5 % over the estimates."""
        return self.billed / self.estimated - 1
