"""What models cost, and what nobody knows."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from components.models import catalogue
from components.pricing import FREE, Price, Rates, from_data, price_of, to_data
from components.pricing.overrides import overrides, parse_overrides

NOVEMBER = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.conform
@pytest.mark.parametrize(
    ("model", "per_1k"),
    [
        ("gpt-4", ("0.03", "0.06")),
        ("gpt-4-32k", ("0.06", "0.12")),
        ("gpt-4-vision-preview", ("0.01", "0.03")),
    ],
)
def test_prices_of_2023_are_those_of_the_documents_of_the_time(
    model: str, per_1k: tuple[str, str]
) -> None:
    price = price_of(model)
    assert price is not None
    assert (price.input, price.output) == tuple(Decimal(usd) * 1000 for usd in per_1k)


def test_every_openai_model_of_the_catalogue_has_a_price() -> None:
    for model in catalogue():
        if model.vendor == "OpenAI":
            price = price_of(model.id, at=NOVEMBER)
            assert price is not None, model.id
            ours = overrides().get(model.id)
            assert price.source == ours.source if ours else price.source.startswith("genai-prices ")


@pytest.mark.parametrize("name", ["some-model", "", "llava:13b", "deepseek-r1:8b", "qwen2.5vl:7b"])
def test_an_unknown_price_is_none(name: str) -> None:
    assert price_of(name) is None


def test_the_built_in_reader_costs_nothing_because_it_runs_here() -> None:
    assert price_of("builtin-reader") == FREE
    assert (FREE.input, FREE.output) == (0, 0)
    assert FREE.source == "runs in this app"


@pytest.mark.parametrize(
    "name", ["gpt-4o", "GPT-4o", "openai/gpt-4o", "azure/gpt-4o", "gpt-4o-2024-11-20"]
)
def test_the_names_of_one_model_have_one_price(name: str) -> None:
    price = price_of(name)
    assert price is not None
    assert (price.input, price.cached_input, price.output) == (
        Decimal("2.5"),
        Decimal("1.25"),
        Decimal("10"),
    )


def test_a_snapshot_with_a_price_of_its_own_keeps_it() -> None:
    first = price_of("gpt-4o-2024-05-13")
    assert first is not None
    assert first.input == 5


def test_a_fine_tuned_model_never_has_the_price_of_its_base() -> None:
    tuned = price_of("ft:gpt-4o-2024-08-06:org::abc")
    assert tuned is not None
    assert tuned.input == Decimal("3.75")
    assert price_of("ft:gpt-4.1:org::abc") is None


def test_small_and_large_models_are_not_mixed_up() -> None:
    large, small, pro = (price_of(name) for name in ("gpt-5", "gpt-5-mini", "gpt-5-pro"))
    assert large
    assert small
    assert pro
    assert small.input < large.input < pro.input  # type: ignore[operator]


def test_a_price_that_changes_on_a_day_is_asked_by_date() -> None:
    before = price_of("gemini-4-argon", at=datetime(2026, 11, 30))
    after = price_of("gemini-4-argon", at=datetime(2026, 12, 2))
    assert before
    assert after
    assert (before.input, after.input) == (2, 4)


def test_batch_is_half_where_there_is_a_batch_price_and_unknown_where_not() -> None:
    full, batch = price_of("gpt-4o", at=NOVEMBER), price_of("gpt-4o", at=NOVEMBER, batch=True)
    assert full
    assert batch
    assert batch.input == full.input / 2  # type: ignore[operator]
    assert price_of("gpt-4-32k", batch=True) is None


def test_large_requests_have_rates_of_their_own() -> None:
    price = price_of("gpt-5.4", at=NOVEMBER)
    assert price
    assert [start for start, _ in price.tiers] == [272_000]
    assert price.rates(272_000).input == Decimal("2.5")
    assert price.rates(272_001) == Rates(Decimal("5"), Decimal("0.5"), Decimal("22.5"))


def test_images_cost_other_than_text_on_image_models() -> None:
    price = price_of("gpt-image-1")
    assert price
    assert (price.input, price.image_input) == (5, 10)


CORRECTION = """
[[overrides]]
model = "gpt-4o"
input = "3"
output = "12"
reason = "a test"
source = "https://example.org/prices"
library = "0.2.3"
checked = 2026-11-01
"""


def test_a_correction_takes_the_place_of_the_library() -> None:
    price = price_of("gpt-4o", corrections=parse_overrides(CORRECTION))
    assert price == Price(
        Decimal(3),
        None,
        Decimal(12),
        source="https://example.org/prices",
        checked=date(2026, 11, 1),
    )


def test_a_correction_completes_the_library() -> None:
    text = CORRECTION.replace("gpt-4o", "some-model")
    price = price_of("some-model", corrections=parse_overrides(text))
    assert price
    assert price.input == 3


def test_a_correction_falls_away_when_the_library_agrees() -> None:
    agreed = parse_overrides(
        CORRECTION.replace('"3"', '"2.50"\ncached_input = "1.25"').replace('"12"', '"10"')
    )
    price = price_of("gpt-4o", corrections=agreed)
    assert price == price_of("gpt-4o")
    assert price is not None
    assert price.source.startswith("genai-prices ")


@pytest.mark.parametrize("key", ["reason", "source", "library", "checked"])
def test_a_correction_without_its_grounds_does_not_load(key: str) -> None:
    lines = [line for line in CORRECTION.splitlines() if not line.startswith(key)]
    with pytest.raises(KeyError):
        parse_overrides("\n".join(lines))


def test_our_own_corrections_load() -> None:
    assert all(entry.rates.input is not None for entry in overrides().values())


@pytest.mark.parametrize(
    ("model", "rates", "long"),
    [
        ("gpt-6.2-astra", ("8", "0.40", "40"), ("16", "0.80", "60")),
        ("gpt-6.2-sol", ("2", "0.10", "10"), ("4", "0.20", "15")),
    ],
)
@pytest.mark.parametrize("name", ["{}", "openai/{}", "{}-2026-11-17"])
def test_the_newest_models_have_prices_for_long_prompts_as_well(
    model: str, rates: tuple[str, ...], long: tuple[str, ...], name: str
) -> None:
    price = price_of(name.format(model))
    assert price
    assert not price.assumed
    for tokens, wanted in ((272_000, rates), (272_001, long)):
        found = price.rates(tokens)
        assert (found.input, found.cached_input, found.output) == tuple(map(Decimal, wanted))


def test_a_model_that_no_row_knows_has_the_price_of_its_tier_and_says_so() -> None:
    price, like = price_of("gpt-6.3-sol"), price_of("gpt-6.2-sol")
    assert price
    assert like
    assert (price.input, price.output, price.tiers) == (like.input, like.output, like.tiers)
    assert price.assumed == "gpt-6.2-sol"
    assert from_data(to_data(price)) == price, "the log keeps that it was assumed"
    newer = price_of("gemini-3.9-flash")
    assert newer
    assert newer.assumed == "gemini-3.8-flash"


@pytest.mark.parametrize(
    "name", ["gpt-6.2-sol-ultra", "gpt-9", "gpt-9-luna", "ft:gpt-6.3-sol:o::x"]
)
def test_another_tier_or_generation_lends_no_price(name: str) -> None:
    assert price_of(name) is None
