"""What may be spent; a request's charge, its reservation, its bill; what is used of limits; what
was used."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

Kind = Literal["server", "own", "builtin"]
What = Literal["requests_minute", "images_day", "usd_day", "usd_month"]
Scope = Literal["person", "everybody"]
EXPIRES_AFTER = 60.0  # seconds without a sign of life after which a reservation is void


@dataclass(frozen=True)
class Limits:
    """None: no limit; 0: nothing at all.

    requests_minute: in any 60 seconds. images_day, usd_day, usd_month: in a day or month of UTC.
    """

    requests_minute: int | None = None
    images_day: int | None = None
    usd_day: Decimal | None = None
    usd_month: Decimal | None = None

    def __bool__(self) -> bool:
        """Whether there is any limit."""
        return self != Limits()


@dataclass(frozen=True)
class Rules:
    """person: for each person by themselves; everybody: for all together."""

    person: Limits = field(default_factory=Limits)
    everybody: Limits = field(default_factory=Limits)

    def __bool__(self) -> bool:
        return bool(self.person or self.everybody)


@dataclass(frozen=True)
class Charge:
    """What a request is about to spend.

    kind: of its endpoint. The server's count against every limit, those that a person typed
    ("own") against requests alone, the built-in reader against none. estimate: USD, None where
    no price is known; it reserves no money then. subject: id of the attempt or cell.
    """

    kind: Kind
    endpoint: str
    host: str
    model: str
    images: int = 0
    estimate: Decimal | None = None
    subject: str = ""


@dataclass(frozen=True)
class Reservation:
    """A charge that was let through. Its id is made by the client, so a repeat is harmless."""

    owner: str
    id: str
    charge: Charge


@dataclass(frozen=True)
class Bill:
    """What a request came to. cost: USD; None keeps what was reserved. cached_tokens (read from
    the prompt cache) and cache_write_tokens are parts of input_tokens."""

    cost: Decimal | None
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int | None = None
    cache_write_tokens: int | None = None


@dataclass(frozen=True)
class Used:
    """What counts now, reservations too.

    recent: times of the requests of the last minute, oldest first; images, usd_day: of today;
    usd_month: of this month. Empty or 0 where no limit asks for it.
    """

    now: datetime
    recent: tuple[datetime, ...] = ()
    images: int = 0
    usd_day: Decimal = Decimal(0)
    usd_month: Decimal = Decimal(0)


@dataclass(frozen=True)
class Refusal:
    """Which limit stands in the way. needs: what the request would add to `used`; frees_at: when
    there is room again, as far as what is used `now` tells."""

    what: What
    scope: Scope
    limit: Decimal
    used: Decimal
    needs: Decimal
    frees_at: datetime
    now: datetime

    @property
    def waitable(self) -> bool:
        """Whether it frees up by itself within the minute."""
        return self.what == "requests_minute" and self.limit > 0

    @property
    def seconds(self) -> float:
        """From now until it frees up."""
        return (self.frees_at - self.now).total_seconds()


@dataclass(frozen=True)
class UsageRow:
    """What an owner used of a model on a day (of the zone asked for). cost: USD, what is known;
    unpriced: requests without a known cost. kind: of the endpoint. cached_tokens (read from prompt
    caches) and cache_write_tokens are parts of input_tokens, as far as endpoints tell them."""

    owner: str
    day: date
    model: str
    endpoint: str
    kind: Kind
    requests: int
    images: int
    input_tokens: int
    cached_tokens: int
    cache_write_tokens: int
    output_tokens: int
    cost: Decimal
    unpriced: int


@dataclass(frozen=True)
class Windows:
    """Where the minute, day and month begin that `now` is in; next_day, next_month: the ends."""

    minute: datetime
    day: datetime
    month: datetime
    next_day: datetime
    next_month: datetime


def windows(now: datetime) -> Windows:
    """now: aware, in UTC."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    month = day.replace(day=1)
    return Windows(
        minute=now - timedelta(minutes=1),
        day=day,
        month=month,
        next_day=day + timedelta(days=1),
        next_month=(month + timedelta(days=32)).replace(day=1),
    )
