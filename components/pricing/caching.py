"""What an endpoint's prompt cache may add to a request's price.

Since GPT-5.6 OpenAI's models put the prompts that they are sent into their cache unasked, at a
rate above that of input. Whether they do is told by the bill alone, so before it there is a range.
"""

from decimal import Decimal

from components.models import find_model
from components.pricing.cost import cost
from components.pricing.types import Price

LEAST_WRITTEN = 1024  # input tokens from which a prompt is kept


def writes_cache(model_id: str, price: Price | None) -> bool:
    """Whether the model may write prompts to its cache by itself; others have to be asked to."""
    return (
        price is not None
        and price.cache_write is not None
        and find_model(model_id).vendor == "OpenAI"
    )


def surcharge(model_id: str, price: Price | None, *, input: int, cached: int = 0) -> Decimal:
    """USD that a call costs more when all of its input that isn't `cached` is written, 0 where
    that can't happen."""
    if price is None or input < LEAST_WRITTEN or not writes_cache(model_id, price):
        return Decimal(0)
    rates = price.rates(input)
    if rates.cache_write is None or rates.input is None:
        return Decimal(0)
    return (input - cached) * (rates.cache_write - rates.input) / 1_000_000


def most(model_id: str, price: Price | None, *, input: int, output: int = 0) -> Decimal | None:
    """USD of a call whose whole input is written to the cache, where that may happen; otherwise
    as components.pricing.cost has it. None when a rate that it needs isn't known."""
    plain = cost(price, input=input, output=output)
    return None if plain is None else plain + surcharge(model_id, price, input=input)
