"""Amounts in another currency, at a rate that the person gives: nothing is looked up."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from components.pricing.money import format_in, range_in
from components.pricing.whatif.errors import CostError
from components.pricing.whatif.files.numbers import plain, shown
from components.pricing.whatif.types import RATE

_FILE = Path(__file__).with_name("currencies.toml")
_CODE = re.compile(r"[A-Z]{3}")
_RATE = re.compile(r"[+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})")
_NO_BREAK = "\u00a0"
_LEAST = Decimal("0.000001")  # parts of a call are far below a cent, and are multiplied


def currencies() -> tuple[str, ...]:
    """Codes of the currencies with a symbol, USD first. Any other code of three letters works."""
    return tuple(_currencies())


def parse_currency(written: str) -> str:
    """ "cny" -> "CNY". Raises CostError currency_code."""
    code = plain(written).upper()
    if not _CODE.fullmatch(code):
        raise CostError("currency_code", written=shown(written))
    return code


def parse_rate(written: str | int | float | Decimal) -> Decimal:
    """Units of a currency for one USD, e.g. "7.12". Raises CostError rate_unreadable for what
    is no number ("nan", "7,12"), rate_range for 0, less, or out of bounds.RATE."""
    text = plain(f"{written:f}" if isinstance(written, (float, Decimal)) else str(written))
    if not _RATE.fullmatch(text):
        raise CostError("rate_unreadable", written=shown(text))
    rate, (least, most) = Decimal(text), RATE
    if not least <= rate <= most:
        raise CostError("rate_range", written=shown(text), least=f"{least:f}", most=f"{most:,f}")
    return rate


def convert(usd: Decimal | None, currency: str, rate: Decimal) -> Decimal | None:
    """USD in `currency`. A rate for USD itself is no rate, so dollars stay what they are."""
    return usd if usd is None or currency == "USD" else usd * rate


def format_amount(usd: Decimal | None, currency: str, rate: Decimal, lang: str) -> str:
    """USD shown in `currency`: ¥88.30, JP¥1,860, CHF 0.0019; two digits of what is less than one.

    "" for None. Raises CostError as parse_currency and parse_rate do.
    """
    code, checked = parse_currency(currency), parse_rate(rate)
    return format_in(convert(usd, code, checked), *_written(code, lang), lang, _LEAST)


def format_amounts(
    low: Decimal | None, high: Decimal | None, currency: str, rate: Decimal, lang: str
) -> str:
    """The same of a range: "¥0.135 to ¥0.168". One amount where both ends are equal."""
    if high is None or low == high:
        return format_amount(low, currency, rate, lang)
    code, checked = parse_currency(currency), parse_rate(rate)
    least, most = convert(low, code, checked), convert(high, code, checked)
    return range_in(least, most, *_written(code, lang), lang, _LEAST)


def _written(code: str, lang: str) -> tuple[str, int]:
    """The symbol of a currency and its decimals."""
    facts = _currencies().get(code, {})
    symbol = facts.get(f"symbol_{lang}") or facts.get("symbol") or code + _NO_BREAK
    return symbol, facts.get("decimals", 2)


@cache
def _currencies() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_FILE.read_text("utf-8"))
