"""What a call costs."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.pricing import FREE, Price, Rates, cost

PRICE = Price(
    Decimal("2.5"),
    Decimal("0.25"),
    Decimal("15"),
    tiers=((272_000, Rates(Decimal("5"), Decimal("0.5"), Decimal("22.5"))),),
)
COUNTS = st.integers(0, 2_000_000)


def test_input_cached_input_and_output_have_their_own_rates() -> None:
    found = cost(PRICE, input=1_000, cached=400, output=100)
    assert found == Decimal("0.0031")  # 600 x 2.5 + 400 x 0.25 + 100 x 15, per million


def test_a_request_above_a_tier_pays_its_rates_for_everything() -> None:
    assert cost(PRICE, input=272_000) == Decimal("0.68")
    assert cost(PRICE, input=272_001) == Decimal("1.360005")
    assert cost(PRICE, input=272_001, output=100) == Decimal("1.362255")


def test_an_unknown_price_gives_no_cost() -> None:
    assert cost(None, input=10) is None


def test_an_unknown_rate_gives_no_cost_only_where_it_is_needed() -> None:
    price = Price(Decimal(1))
    assert cost(price, input=10) == Decimal("0.00001")
    assert cost(price, input=10, output=1) is None
    assert cost(Price(None, output=Decimal(1)), input=1) is None


def test_cached_input_without_a_discount_is_billed_in_full() -> None:
    price = Price(Decimal(1), output=Decimal(1))
    assert cost(price, input=10, cached=10) == cost(price, input=10)


def test_images_have_a_rate_of_their_own_where_the_model_has_one() -> None:
    price = Price(Decimal(5), Decimal("1.25"), Decimal(40), Decimal(10))
    assert cost(price, input=1000, images=800) == Decimal("0.009")
    assert cost(price, input=1000, cached=900, images=800) == Decimal("0.002125")


def test_what_runs_here_costs_zero_and_not_nothing() -> None:
    assert cost(FREE, input=5, output=5) == 0


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"input": -1}, "negative"),
        ({"input": 3, "cached": 5}, r"cached \(5\) cannot exceed input \(3\)"),
        ({"input": 3, "images": 4}, r"images \(4\) cannot exceed input \(3\)"),
    ],
)
def test_impossible_counts_are_mistakes(counts: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        cost(PRICE, **counts)


@given(COUNTS, COUNTS, COUNTS)
def test_a_cache_never_makes_a_call_dearer(tokens: int, cached: int, output: int) -> None:
    cached = min(cached, tokens)
    with_cache = cost(PRICE, input=tokens, cached=cached, output=output)
    without = cost(PRICE, input=tokens, output=output)
    assert with_cache is not None
    assert without is not None
    assert 0 <= with_cache <= without


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_costs_below_a_tier_add_up_to_the_last_digit(one: int, other: int) -> None:
    parts = (cost(PRICE, input=one), cost(PRICE, input=other))
    assert sum(part for part in parts if part is not None) == cost(PRICE, input=one + other)
