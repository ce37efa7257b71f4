"""What somebody asks of the calculator, and the figures that come of it.

A *conversation* is `turns` requests. Every request carries the system prompt, all images, the
questions so far and the answers so far, because the API keeps nothing; with one turn, a
conversation is one call.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from components.tokens import Evidence, Status

MAX_SIDE = 1_000_000  # px; more is taken for a slip
MAX_ROWS = 100_000
MAX_COUNT = 1_000_000
MAX_TURNS = 1000
MAX_TYPED = 200_000  # characters of sizes typed or pasted
MAX_CSV_MEGABYTES = 16
MAX_NAME = 200  # characters of a row's name
PROBLEMS_KEPT = 20  # of rows that can't be read; the others are counted

# What one link holds: browsers take more, chat programs and mail cut sooner.
MAX_LINK_SIZES = 100
MAX_LINK_CHARACTERS = 2_000
MAX_LINK_READ = 20_000
MAX_MODEL_CHARACTERS = 128

# The least and the most of each number of a scenario.
TOKENS = (0, 10_000_000)
ANSWER = (0, 10_000_000)
RENDERS = (1, MAX_TURNS)
CALLS = (0, 100_000_000)
DAYS = (1, 366)
RATE = (Decimal("0.000001"), Decimal(1_000_000_000))


@dataclass(frozen=True)
class Row:
    """Images of one size. width, height: px, upright. detail: None for the scenario's own.

    bytes: of the file, where it is known (0 = not). name: for people, "" for none.
    """

    width: int
    height: int
    count: int = 1
    detail: str | None = None
    name: str = ""
    bytes: int = 0


@dataclass(frozen=True)
class Scenario:
    """A what-if. The defaults are the seeds' example: one image of 1024 x 1024, high.

    prompt, system: a text, or a number of tokens. answer: output tokens of one answer, hidden
    reasoning included. cached: share (0 to 1) of the input that the endpoint has in its cache.
    calls: conversations a day; days: days a month. currency: code shown; rate: units of it for
    one USD, as the person gives it.
    """

    model: str
    rows: tuple[Row, ...] = (Row(1024, 1024),)
    detail: str = "high"
    prompt: str | int = 20
    system: str | int = 0
    answer: int = 300
    turns: int = 1
    cached: float = 0.0
    batch: bool = False
    calls: int = 1000
    days: int = 30
    currency: str = "USD"
    rate: Decimal = Decimal(1)


@dataclass(frozen=True)
class RowFigures:
    """A row as the model counts it. each: tokens of one image, None when rejected or unknown.

    status, tolerance, evidence, rule, resized, grid: see components.tokens.ImageTokens.
    total: each x count, None when each is.
    """

    row: Row
    detail: str
    each: int | None
    total: int | None
    status: Status
    tolerance: int
    evidence: Evidence | None
    rule: str | None
    resized: tuple[int, int]
    grid: tuple[int, int] | None


@dataclass(frozen=True)
class Money:
    """USD, by what it is paid for; None where a rate isn't known. total is None when a part is.

    images + text + cached + output = total: images and text are what of the input is paid in
    full, cached is the input (images and text) that pays the cached rate.
    """

    images: Decimal | None
    text: Decimal | None
    cached: Decimal | None
    output: Decimal | None
    total: Decimal | None


@dataclass(frozen=True)
class Turn:
    """One request of the conversation. n: from 1. images, text: input tokens; money of it.
    surcharge: USD on top when its input is written to the prompt cache, 0 where it can't be."""

    n: int
    images: int
    text: int
    output: int
    money: Money
    surcharge: Decimal = Decimal(0)


Problem = Literal[
    "no_vision",
    "rejected",
    "unknown_rule",
    "image_count",
    "image_side",
    "image_bytes",
    "request_bytes",
    "context",
    "output",
]


@dataclass(frozen=True)
class Rejection:
    """Why a request would be refused, as a code with data (texts: `cost.rejected.<code>`).

    certain: False where it is only likely (bytes are an estimate, a limit is undocumented).
    rows: numbers (from 0) of the rows that are at fault, () for the request as a whole.
    """

    code: Problem
    data: dict[str, object] = field(default_factory=dict)
    certain: bool = True
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figures:
    """What a scenario comes to with one model. Tokens are None where a part isn't known.

    images: input tokens of the images of one request; tolerance: it is right within +- this.
    text: text input tokens of the first request, with the API's overhead. input: of the first
    request. turns: every request of the conversation, () when a part isn't known.
    conversation: money of all turns; month: conversation x calls x days. month_tokens: (input,
    output). context: window of the model; context_used: tokens of the longest (last) request
    with its answer. batch_known: False when batch was asked for and the model has no batch price
    (money is then None). rejections: () when nothing speaks against it. evidence: the weakest
    of the rows'; None without images or where a figure is missing. like: id of the model that this
    one is taken for as nothing is known of it itself, "" for none.
    at_most: a conversation's total when the model writes all its input to its prompt cache, where
    it may do so by itself.
    """

    model: str
    rows: tuple[RowFigures, ...]
    images: int | None
    tolerance: int
    text: int
    input: int | None
    output: int
    turns: tuple[Turn, ...]
    conversation: Money
    month: Money
    month_tokens: tuple[int, int] | None
    context: int | None
    context_used: int | None
    batch_known: bool
    rejections: tuple[Rejection, ...]
    price_source: str
    evidence: Evidence | None = None
    like: str = ""
    at_most: Decimal | None = None
    month_at_most: Decimal | None = None
