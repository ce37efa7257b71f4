"""What a call costs, in Decimal dollars."""

from decimal import Decimal

from components.pricing.types import Price

_MILLION = Decimal(1_000_000)


def cost(
    price: Price | None, *, input: int, cached: int = 0, output: int = 0, images: int = 0
) -> Decimal | None:
    """USD of a call with these tokens, exact; None when a rate that it needs isn't known.

    cached and images are parts of input and may overlap: what is cached pays the cached rate,
    also for images. Where there is no cached rate, cached input is billed in full; images
    without a rate of their own are billed as text. Raises ValueError for impossible counts.
    """
    if min(input, cached, output, images) < 0:
        raise ValueError("token counts can't be negative")
    for name, part in (("cached", cached), ("images", images)):
        if part > input:
            raise ValueError(f"{name} ({part}) cannot exceed input ({input})")
    if price is None:
        return None
    rates = price.rates(input)
    images = min(images, input - cached)
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
