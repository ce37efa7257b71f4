"""Prices out of genai-prices: as its wheel has them, or as they were fetched last.

Newer prices are fetched only where that is wished, beforehand and by a thread of its own (see
updating), so a price never waits for the network. The library has no date per price, so `checked`
is the day on which the list was fetched, None for the wheel's.
"""

from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from components.pricing.types import Price, Rates
from components.pricing.updating import fetched

if TYPE_CHECKING:
    from genai_prices.data_snapshot import DataSnapshot

_FIELDS = {
    "input": "input_mtok",
    "cached_input": "cache_read_mtok",
    "output": "output_mtok",
    "image_input": "input_image_mtok",
    "cache_write": "cache_write_mtok",
}


def library_price(
    model_id: str, *, provider: str | None, at: datetime, batch: bool
) -> Price | None:
    """What genai-prices says `model_id` costs at that time, None when it doesn't know.

    provider: where to look, in the library's words; None to go by the model's name.
    batch: the rates of the batch interface, None for a model without any.
    """
    model = _find(model_id, provider)
    if model is None:
        return None
    standard = model.get_prices(at)
    # {"service_tier": "batch"} would be ignored without a word and give the full price.
    prices = model.get_prices(at, {"processing": "batch"}) if batch else standard
    if batch and prices == standard:
        return None
    stored = {name: getattr(prices, key, None) for name, key in _FIELDS.items()}
    if stored["input"] is None:
        return None
    base: dict[str, Any] = {name: _at(value, 0) for name, value in stored.items()}
    starts = sorted({tier.start for value in stored.values() for tier in _tiers(value)})
    tiers = tuple(
        (start, Rates(**{name: _at(value, start + 1) for name, value in stored.items()}))
        for start in starts
    )
    day = fetched()
    source = f"genai-prices, {day.isoformat()}" if day else f"genai-prices {_version()}"
    return Price(**base, source=source, checked=day, tiers=tiers)


def _find(model_id: str, provider: str | None) -> Any:
    try:
        return _snapshot().find_provider_model(model_id, None, provider, None)[1]
    except LookupError:
        return None


def _tiers(value: Any) -> Any:
    return getattr(value, "tiers", ())


def _at(value: Any, tokens: int) -> Decimal | None:
    """One rate for a request with `tokens` of input."""
    found: Decimal | None = getattr(value, "base", value)
    for tier in _tiers(value):
        if tokens > tier.start:
            found = tier.price
    return found


def _snapshot() -> "DataSnapshot":
    from genai_prices.data_snapshot import get_snapshot

    return get_snapshot()


@cache
def _version() -> str:
    from importlib.metadata import version

    return version("genai-prices")
