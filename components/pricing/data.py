"""Prices as flat data with decimal strings, as the store keeps them with each call."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal

from components.pricing.types import Price, Rates

_RATES = tuple(field.name for field in fields(Rates))


def to_data(price: Price | None) -> dict[str, str]:
    """{"input": "2.5", "output": "10", "source": ...}; unknown rates are left out, {} for None.

    Tiers are "<input tokens>.<rate>", as in {"272000.input": "5"}.
    """
    if price is None:
        return {}
    data = _rates_to_data(price, "")
    for above, rates in price.tiers:
        data |= _rates_to_data(rates, f"{above}.")
    data["source"] = price.source
    if price.checked:
        data["checked"] = price.checked.isoformat()
    if price.assumed:
        data["assumed"] = price.assumed
    return data


def from_data(data: Mapping[str, str]) -> Price | None:
    """The price that `to_data` wrote down; None for {}."""
    if not data:
        return None
    starts = sorted({int(key.split(".")[0]) for key in data if "." in key})
    return Price(
        **_rates_from_data(data, ""),
        source=data.get("source", ""),
        checked=date.fromisoformat(data["checked"]) if "checked" in data else None,
        assumed=data.get("assumed", ""),
        tiers=tuple((start, Rates(**_rates_from_data(data, f"{start}."))) for start in starts),
    )


def _rates_to_data(rates: Rates, prefix: str) -> dict[str, str]:
    values = {name: getattr(rates, name) for name in _RATES}
    return {prefix + name: str(value) for name, value in values.items() if value is not None}


def _rates_from_data(data: Mapping[str, str], prefix: str) -> dict[str, Decimal | None]:
    found = {name: data.get(prefix + name) for name in _RATES}
    return {name: None if value is None else Decimal(value) for name, value in found.items()}
