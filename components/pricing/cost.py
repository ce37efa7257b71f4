"""What a call costs, in Decimal dollars."""

from decimal import Decimal

from components.pricing.types import Price

_MILLION = Decimal(1_000_000)


def cost(
    price: Price | None, *, input: int, cached: int = 0, output: int = 0, images: int = 0
) -> Decimal | None:
    """USD of a call with these tokens, exact; None when a rate that it needs isn't known.

    cached and images are parts of input. Cached input without a rate of its own is billed in
    full; so are images without one. Raises ValueError for impossible counts.
    """
    if min(input, cached, output, images) < 0:
        raise ValueError("token counts can't be negative")
    if cached + images > input:
        raise ValueError(f"cached ({cached}) + images ({images}) cannot exceed input ({input})")
    if price is None:
        return None
    rates = price.rates(input)
    parts = (
        (input - cached - images, rates.input),
        (cached, rates.input if rates.cached_input is None else rates.cached_input),
        (images, rates.input if rates.image_input is None else rates.image_input),
        (output, rates.output),
    )
    total = Decimal(0)
    for tokens, rate in parts:
        if tokens and rate is None:
            return None
        total += tokens * (rate or 0)
    return total / _MILLION
