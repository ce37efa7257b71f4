"""Money in other currencies."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.pricing import format_money
from components.pricing.whatif.currency import (
    currencies,
    format_amount,
    parse_currency,
    parse_rate,
)
from components.pricing.whatif.errors import CostError


@pytest.mark.parametrize(
    ("usd", "currency", "rate", "en", "zh"),
    [
        ("12.4", "CNY", "7.12", "CN¥88.29", "¥88.29"),
        ("0.0021", "CNY", "7.12", "CN¥0.015", "¥0.015"),
        ("12.4", "EUR", "0.9", "€11.16", "€11.16"),
        ("1234.5", "JPY", "150", "¥185,175", "JP¥185,175"),
        ("0.01", "JPY", "150", "¥1.5", "JP¥1.5"),
        ("0.000000001", "JPY", "150", "<¥0.000001", "<JP¥0.000001"),
        ("1", "CHF", "0.88", "CHF\u00a00.88", "CHF\u00a00.88"),
        ("-2", "GBP", "0.75", "-£1.50", "-£1.50"),
        ("0", "EUR", "0.9", "€0", "€0"),
        ("1e20", "JPY", "1000000", "¥100,000,000,000,000,000,000,000,000", None),
    ],
)
def test_an_amount_stands_in_its_currency(
    usd: str, currency: str, rate: str, en: str, zh: str | None
) -> None:
    assert format_amount(Decimal(usd), currency, Decimal(rate), "en") == en
    if zh:
        assert format_amount(Decimal(usd), currency, Decimal(rate), "zh") == zh


@given(st.decimals("-100000", 100_000, places=6))
def test_dollars_are_shown_as_everywhere_whatever_the_rate(usd: Decimal) -> None:
    shown = format_amount(usd, "USD", Decimal(7), "en")
    # Parts of a call are written out where elsewhere less than $0.0001 is only said to be so.
    small = 0 < abs(usd) < Decimal("0.0001")
    assert shown == (
        f"{'-' * (usd < 0)}${abs(usd).normalize():f}" if small else format_money(usd, "en")
    )


def test_an_unknown_amount_is_left_to_the_caller() -> None:
    assert format_amount(None, "CNY", Decimal(7), "en") == ""


@pytest.mark.parametrize("rate", ["7.12", " ７.１２ ", 7.12, Decimal("7.12")])
def test_a_rate_is_read(rate: str | float | Decimal) -> None:
    assert parse_rate(rate).quantize(Decimal("0.01")) == Decimal("7.12")


@pytest.mark.parametrize(
    ("rate", "code"),
    [
        ("0", "rate_range"),
        ("-7", "rate_range"),
        (Decimal(0), "rate_range"),
        ("10000000000", "rate_range"),
        ("nan", "rate_unreadable"),
        (float("nan"), "rate_unreadable"),
        (float("inf"), "rate_unreadable"),
        (Decimal("NaN"), "rate_unreadable"),
        ("seven", "rate_unreadable"),
        ("7,12", "rate_unreadable"),
        ("", "rate_unreadable"),
        (".", "rate_unreadable"),
        ("1e9", "rate_unreadable"),
    ],
)
def test_a_bad_rate_is_refused(rate: str | float | Decimal, code: str) -> None:
    with pytest.raises(CostError) as caught:
        parse_rate(rate)
    assert caught.value.code == code


def test_a_code_has_three_letters() -> None:
    assert parse_currency(" cny ") == "CNY"
    for bad in ("", "EURO", "12A", "¥", "ÄÖÜ"):
        with pytest.raises(CostError):
            parse_currency(bad)


def test_dollars_come_first() -> None:
    assert currencies()[0] == "USD"
    assert {"CNY", "EUR", "JPY", "GBP"} <= set(currencies())
