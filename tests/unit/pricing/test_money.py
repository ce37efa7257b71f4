"""Money for people."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.pricing import format_money


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("12.4", "$12.40"),
        ("1234.5", "$1,234.50"),
        ("1", "$1.00"),
        ("0.999", "$1.00"),
        ("0.5", "$0.50"),
        ("0.123", "$0.12"),
        ("0.0456", "$0.046"),
        ("0.00995", "$0.01"),
        ("0.0021", "$0.0021"),
        ("0.00213", "$0.0021"),
        ("0.002", "$0.002"),
        ("0.00099999", "$0.001"),
        ("0.0001", "$0.0001"),
        ("0.00009999", "<$0.0001"),
        ("0.000000001", "<$0.0001"),
        ("0", "$0"),
        ("-0.0021", "-$0.0021"),
        ("-0.00001", "-<$0.0001"),
        ("1E+3", "$1,000.00"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_amount_shows_the_digits_that_mean_something(amount: str, shown: str, lang: str) -> None:
    assert format_money(Decimal(amount), lang) == shown


def test_an_unknown_amount_is_left_to_the_caller() -> None:
    assert format_money(None, "en") == ""


@given(st.decimals("0.0001", 100_000, places=8))
def test_what_is_shown_is_within_five_percent(amount: Decimal) -> None:
    shown = Decimal(format_money(amount, "en").removeprefix("$").replace(",", ""))
    assert abs(shown - amount) <= amount * Decimal("0.05")
