"""Our corrections of the library's prices; see overrides.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from components.pricing.types import Price, Rates

_FILE = Path(__file__).with_name("overrides.toml")
_RATES = ("input", "cached_input", "output", "image_input", "cache_write")


@dataclass(frozen=True)
class Override:
    """A price that takes the place of the library's. library: the version it corrects.
    file: the owner's own file that it is from, "" for ours."""

    model: str
    rates: Rates
    reason: str
    source: str
    library: str
    checked: date
    tiers: tuple[tuple[int, Rates], ...] = ()
    file: str = ""

    def apply(self, price: Price | None) -> Price:
        """The library's price if it now says the same, ours otherwise."""
        if price is not None and all(
            getattr(price, name) == getattr(self.rates, name) for name in _RATES
        ):
            return price
        mine = {name: getattr(self.rates, name) for name in _RATES}
        return Price(**mine, source=self.source, checked=self.checked, tiers=self.tiers)


_own: dict[str, Override] = {}


def use_own(prices: Mapping[str, Override]) -> None:
    """The owner's prices, which win over all others."""
    global _own
    _own = dict(prices)
    overrides.cache_clear()


@cache
def overrides() -> Mapping[str, Override]:
    """Every override by the model's id."""
    return parse_overrides(_FILE.read_text("utf-8")) | _own


def parse_overrides(text: str) -> dict[str, Override]:
    """Overrides out of TOML. Raises KeyError when one lacks its reason, source or version."""
    return rows_to_overrides(tomllib.loads(text).get("overrides", ()))


def rows_to_overrides(rows: Iterable[Mapping[str, Any]]) -> dict[str, Override]:
    """Overrides out of rows as they stand in the file."""
    found = {}
    for row in rows:
        found[row["model"]] = Override(
            model=row["model"],
            rates=_rates(row),
            reason=row["reason"],
            source=row["source"],
            library=row["library"],
            checked=row["checked"],
            file=row.get("file", ""),
            tiers=tuple((tier["above"], _rates(tier)) for tier in row.get("tiers", ())),
        )
    return found


def _rates(row: Mapping[str, Any]) -> Rates:
    return Rates(**{name: _decimal(row.get(name)) for name in _RATES})


def _decimal(value: str | float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
