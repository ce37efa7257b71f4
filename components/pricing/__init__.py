"""What models cost: list prices with their source, costs in Decimal, and money for people."""

from components.pricing.caching import LEAST_WRITTEN, most, writes_cache
from components.pricing.cost import cost
from components.pricing.data import from_data, to_data
from components.pricing.money import format_money, format_range
from components.pricing.price_lookup import FREE, price_of
from components.pricing.types import Price, Rates

__all__ = [
    "FREE",
    "LEAST_WRITTEN",
    "Price",
    "Rates",
    "cost",
    "format_money",
    "format_range",
    "from_data",
    "most",
    "price_of",
    "to_data",
    "writes_cache",
]
