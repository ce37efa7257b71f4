"""How a request ended, as it is kept. Imports nothing of the house."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Outcome = Literal[
    "running", "ok", "stopped", "interrupted", "failed", "filtered", "length", "truncated"
]
UsageSource = Literal["reported", "implausible", "estimated", "none"]
STALE_AFTER = 15.0  # seconds without a heartbeat after which a run is interrupted


class AlreadyRunning(Exception):
    """Somebody else is at this conversation or comparison; nothing was written."""


@dataclass(frozen=True)
class Progress:
    """What has come so far of an answer that goes on. reasoning: as of AttemptResult."""

    text: str
    reasoning: str = ""


@dataclass(frozen=True)
class AttemptResult:
    """How an answer ended. cost in USD, None when unknown; ms since the request was submitted.

    streamed: whether the answer came as a stream, None when no answer came.
    usage_source: "implausible" means estimated, as the figures that were reported can't be right.
    reasoning: what the model thought before or between; never sent again, judged or copied.
    """

    outcome: Outcome
    text: str
    model_answered: str | None = None
    finish_reason: str | None = None
    code: str | None = None  # an AppError's code when it failed
    status: int | None = None
    request_id: str | None = None
    attempts: int = 1
    ms_first: int | None = None
    ms_total: int | None = None
    usage_source: UsageSource = "none"
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    reasoning_tokens: int | None = None
    cost: Decimal | None = None
    cache_write_tokens: int | None = None
    image_tokens: int | None = None
    left_out: tuple[str, ...] = ()
    error_data: dict[str, str] = field(default_factory=dict)
    streamed: bool | None = None
    reasoning: str = ""
