"""What one request costs, by what it is paid for, and sums of such amounts."""

from collections.abc import Iterable
from dataclasses import astuple
from decimal import Decimal

from components.pricing.types import Price
from components.pricing.whatif.types import Money

_MILLION = Decimal(1_000_000)
_UNKNOWN = Money(None, None, None, None, None)


def request_money(
    price: Price | None, *, images: int, text: int, output: int, cached: float = 0.0
) -> Money:
    """USD of a request, exact. images, text: input tokens; cached: share (0 to 1) of the input.

    As components.pricing.cost, by part: the rates are those of the whole input, and the cache
    holds text before images, which changes something only where images have a rate of their
    own. Without a cached rate there is no discount, so nothing counts as cached.
    """
    if price is None:
        return _UNKNOWN
    input = images + text
    rates = price.rates(input)
    hit = 0 if rates.cached_input is None else int(Decimal(str(cached)) * input)
    full_images = min(images, input - hit)
    return _money(
        _part(full_images, rates.input if rates.image_input is None else rates.image_input),
        _part(input - hit - full_images, rates.input),
        _part(hit, rates.cached_input),
        _part(output, rates.output),
    )


def add(amounts: Iterable[Money]) -> Money:
    """The sum, part by part; a part that isn't known in one of them isn't known at all."""
    parts = [_sum(column) for column in zip(*(astuple(m)[:4] for m in amounts), strict=True)]
    return _money(*parts)


def times(money: Money, n: int) -> Money:
    """`n` times the amount, part by part."""
    return _money(*(None if part is None else part * n for part in astuple(money)[:4]))


def _money(*parts: Decimal | None) -> Money:
    images, text, cached, output = parts
    return Money(images, text, cached, output, _sum(parts))


def _part(tokens: int, rate: Decimal | None) -> Decimal | None:
    if not tokens:
        return Decimal(0)
    return None if rate is None else tokens * rate / _MILLION


def _sum(parts: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for part in parts:
        if part is None:
            return None
        total += part
    return total
