"""What a call costs, in Decimal dollars."""

from decimal import Decimal

from components.pricing.types import Price

_MILLION = Decimal(1_000_000)


def cost(
    price: Price | None,
    *,
    input: int,
    cached: int = 0,
    written: int = 0,
    output: int = 0,
    images: int = 0,
) -> Decimal | None:
    """USD of a call with these tokens, exact; None when a rate that it needs isn't known.

    cached (read from the endpoint's cache) and written (put there) are parts of input that don't
    overlap; each pays its rate, also for images, or in full where there is none. images are a
    part of input too, billed as text without a rate of their own. Raises ValueError for
    impossible counts.
    """
    if min(input, cached, written, output, images) < 0:
        raise ValueError("token counts can't be negative")
    for name, part in (
        ("cached", cached),
        ("cached and written", cached + written),
        ("images", images),
    ):
        if part > input:
            raise ValueError(f"{name} ({part}) cannot exceed input ({input})")
    if price is None:
        return None
    rates = price.rates(input)
    plain = input - cached - written
    images = min(images, plain)
    parts = (
        (plain - images, rates.input),
        (cached, rates.input if rates.cached_input is None else rates.cached_input),
        (written, rates.input if rates.cache_write is None else rates.cache_write),
        (images, rates.input if rates.image_input is None else rates.image_input),
        (output, rates.output),
    )
    total = Decimal(0)
    for tokens, rate in parts:
        if tokens and rate is None:
            return None
        total += tokens * (rate or 0)
    return total / _MILLION
