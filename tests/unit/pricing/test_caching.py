"""What writing to the prompt cache adds, and where it may."""

from decimal import Decimal

import pytest

from components.pricing import cost, format_range, from_data, most, price_of, to_data, writes_cache

ASTRA = price_of("gpt-6-astra")


def test_what_was_written_to_the_cache_is_billed_at_its_rate() -> None:
    assert cost(ASTRA, input=1892) == Decimal("0.01892")
    assert cost(ASTRA, input=1892, written=1889) == Decimal("0.0236425")


def test_cached_and_written_input_are_parts_that_do_not_overlap() -> None:
    assert cost(ASTRA, input=3000, cached=1000, written=2000) == Decimal("0.026")
    with pytest.raises(ValueError, match=r"cached and written \(3001\) cannot exceed input"):
        cost(ASTRA, input=3000, cached=1001, written=2000)


def test_where_writing_has_no_rate_it_is_input() -> None:
    price = price_of("gpt-4o")
    assert cost(price, input=2000, written=2000) == cost(price, input=2000)


@pytest.mark.parametrize(
    ("model", "by_itself"),
    [
        ("gpt-5.6-sol", True),
        ("gpt-6-astra", True),
        ("openai/gpt-6-astra", True),
        ("gpt-6.2-sol", True),
        ("gpt-6.2-astra", True),
        ("gpt-5.5", False),
        ("gpt-4o", False),
        ("claude-opus-5", False),  # has a rate, but has to be asked to
        ("somebodys-model", False),
    ],
)
def test_who_writes_by_itself(model: str, by_itself: bool) -> None:
    assert writes_cache(model, price_of(model)) == by_itself


def test_a_prompt_is_kept_from_1024_tokens_on() -> None:
    assert most("gpt-6-astra", ASTRA, input=1023) == cost(ASTRA, input=1023)
    assert most("gpt-6-astra", ASTRA, input=1024) == cost(ASTRA, input=1024, written=1024)


def test_long_prompts_pay_their_tier_for_all_parts() -> None:
    at, over = 272_000, 272_001
    assert cost(ASTRA, input=at, output=100) == (at * 10 + 100 * 50) / Decimal(10**6)
    assert cost(ASTRA, input=over, output=100) == (over * 20 + 100 * 75) / Decimal(10**6)
    assert most("gpt-6-astra", ASTRA, input=over) == over * 25 / Decimal(10**6)
    assert cost(ASTRA, input=over, cached=over) == over * 2 / Decimal(10**6)


def test_the_rate_survives_the_store() -> None:
    assert from_data(to_data(ASTRA)) == ASTRA


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("0.01892", "0.0236425", "$0.0189 to $0.0236"),
        ("0.019", "0.0236", "$0.0190 to $0.0236"),
        ("1.5", "1.875", "$1.50 to $1.88"),
        ("0.00012345", "0.00015", "$0.000123 to $0.000150"),
        ("0.00001", "0.0000125", "<$0.0001"),
        ("0.5", "0.5", "$0.50"),
        ("150", "187.5", "$150.00 to $187.50"),
    ],
)
def test_a_range_has_the_same_decimals_on_both_sides(low: str, high: str, said: str) -> None:
    assert format_range(Decimal(low), Decimal(high), "en") == said


def test_a_range_in_chinese() -> None:
    assert format_range(Decimal("0.019"), Decimal("0.0236"), "zh") == "$0.0190 至 $0.0236"
    assert format_range(None, Decimal(1), "zh") == ""
