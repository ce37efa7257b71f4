"""What a usage replay tells; components.chat.usage_replay makes it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from components.chat.recount import Unknown
from components.chat.store import Drift

MoneyGap = Literal["no_price_then", "no_price", "thinking"]


@dataclass(frozen=True)
class Amounts:
    """Sums over `answers` answers; cost in USD of `priced` of them.

    most: cost, and on top what prompt caches would add where nobody can know whether they do.
    """

    answers: int = 0
    input: int = 0
    output: int = 0
    priced: int = 0
    cost: Decimal = Decimal(0)
    most: Decimal = Decimal(0)

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.answers + other.answers,
            self.input + other.input,
            self.output + other.output,
            self.priced + other.priced,
            self.cost + other.cost,
            self.most + other.most,
        )

    def without_money(self) -> "Amounts":
        """The same tokens, at no known price."""
        return replace(self, priced=0, cost=Decimal(0), most=Decimal(0))


@dataclass(frozen=True)
class Compared:
    """The answers of one model (None: of all).

    answers: how many there are. as_estimated, what_if: of the same answers, as they were and
    under the setting; cost of those whose price is known on both sides. billed: of those among
    them whose usage the endpoint reported; billed_estimate: as_estimated of the very same.
    unknown: answers that are in none of these sums, by reason. gaps: answers whose tokens are in
    the sums, and whose money isn't ("thinking": is, but without what the model would think).
    drift: of the estimates that were shown before sending, by detail of the question's images.
    """

    model: str | None
    answers: int
    as_estimated: Amounts
    what_if: Amounts
    billed: Amounts
    billed_estimate: Amounts
    unknown: dict[Unknown, int]
    gaps: dict[MoneyGap, int]
    drift: tuple[Drift, ...] = ()

    @property
    def share(self) -> float | None:
        """-0.4: the setting costs 40 % less; None without a cost to compare with."""
        before = self.as_estimated.cost
        return float(self.what_if.cost / before - 1) if before else None


@dataclass(frozen=True)
class UsageReplay:
    """All together, and by the model that was asked, the dearest first."""

    total: Compared
    models: tuple[Compared, ...]
