"""What a price is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Rates:
    """USD per million tokens; None means not known, never free.

    cached_input: input that the endpoint had in its cache; None where there is no discount.
    cache_write: input that it put there; None where that costs nothing extra.
    image_input: images, where they cost other than text (gpt-image-*); None = as input.
    """

    input: Decimal | None
    cached_input: Decimal | None = None
    output: Decimal | None = None
    image_input: Decimal | None = None
    cache_write: Decimal | None = None


@dataclass(frozen=True)
class Price(Rates):
    """The rates of a model at some time, where they are from and when they were checked.

    tiers: (input tokens, rates): a request with more input than that pays those rates for all
    of its tokens; ascending. checked is None when the source gives no date. assumed: id of the
    model whose price it is, where it was taken for one that nobody has a price of; else "".
    """

    source: str = ""
    checked: date | None = None
    tiers: tuple[tuple[int, Rates], ...] = ()
    assumed: str = ""

    def rates(self, input_tokens: int) -> Rates:
        """The rates that a request with this much input (cached included) pays."""
        found: Rates = self
        for above, rates in self.tiers:
            if input_tokens > above:
                found = rates
        return found
