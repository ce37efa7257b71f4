"""Prices as they are kept with a call."""

import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from components.pricing import FREE, Price, Rates, from_data, price_of, to_data

AMOUNTS = st.none() | st.decimals(0, 1000, places=4)
RATES = st.builds(Rates, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)


def test_an_unknown_price_is_empty_data() -> None:
    assert to_data(None) == {}
    assert from_data({}) is None


def test_a_price_of_zero_is_not_an_unknown_one() -> None:
    assert from_data(to_data(FREE)) == FREE
    assert to_data(FREE)["input"] == "0"


def test_real_prices_come_back_as_they_were() -> None:
    for name in ("gpt-6-luna", "gpt-5.4", "gpt-4", "gpt-image-1", "claude-sonnet-4-5"):
        price = price_of(name)
        assert price is not None
        assert from_data(json.loads(json.dumps(to_data(price)))) == price


def test_data_is_flat_and_in_plain_words() -> None:
    price = Price(
        Decimal("2.50"),
        output=Decimal(10),
        source="here",
        checked=date(2026, 11, 1),
        tiers=((272_000, Rates(Decimal(5))),),
    )
    assert to_data(price) == {
        "input": "2.50",
        "output": "10",
        "272000.input": "5",
        "source": "here",
        "checked": "2026-11-01",
    }


@given(
    st.builds(
        Price,
        AMOUNTS,
        AMOUNTS,
        AMOUNTS,
        AMOUNTS,
        source=st.text(max_size=20),
        checked=st.none() | st.dates(),
        tiers=st.dictionaries(
            st.integers(1, 10**6), RATES.filter(lambda r: r != Rates(None)), max_size=3
        ).map(lambda found: tuple(sorted(found.items()))),
    )
)
def test_any_price_survives_the_store(price: Price) -> None:
    assert from_data(to_data(price)) == price
