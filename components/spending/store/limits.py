"""What may be spent."""

from dataclasses import dataclass, field
from decimal import Decimal


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
