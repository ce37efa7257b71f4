"""What could be changed to pay less."""

from datetime import datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.i18n import t
from components.models import find_model
from components.pricing.whatif import Row, Scenario, Suggestion, cheaper, work_out
from components.pricing.whatif.savings.nearby import cheaper_size
from components.tokens import ImageTokens, count_image_tokens
from tests.support.fuzzing import examples


def by_code(scenario: Scenario) -> dict[str, Suggestion]:
    return {found.code: found for found in cheaper(scenario)}


def count(model: str, detail: str, width: int, height: int) -> ImageTokens:
    return count_image_tokens(model, width, height, detail)


def test_a_pixel_more_halves_the_tiles_of_a_thin_image() -> None:
    found = by_code(Scenario("gpt-4o", (Row(2049, 513),)))["larger"]
    assert (found.data["to_width"], found.data["to_height"]) == (2050, 513)
    assert (found.data["tokens"], found.data["to_tokens"]) == (1445, 765)
    assert found.scenario.rows == (Row(2050, 513),)


def test_a_size_just_over_a_step_is_brought_under_it() -> None:
    found = by_code(Scenario("gpt-4o", (Row(1100, 600),), answer=10))["smaller"]
    assert (found.data["tokens"], found.data["to_tokens"]) == (1105, 425)
    width, height = found.scenario.rows[0].width, found.scenario.rows[0].height
    assert height == 512
    assert width / height == pytest.approx(1100 / 600, abs=0.005)


def test_a_patch_that_is_nearly_empty_is_cut_off() -> None:
    found = cheaper_size(1025, 1025, partial(count, "gpt-6-luna", "original"))
    assert found
    assert found.tokens < count("gpt-6-luna", "original", 1025, 1025).tokens  # type: ignore[operator]
    assert max(abs(found.width - 1025), abs(found.height - 1025)) <= 1025 - 992


def test_a_size_on_its_step_stays() -> None:
    for width, height in ((1024, 1024), (2048, 4096), (512, 512)):
        assert cheaper_size(width, height, partial(count, "gpt-4o", "high")) is None


@settings(max_examples=examples(25))
@given(
    st.sampled_from(["gpt-4o", "gpt-6-luna", "gpt-5.4", "gemini-2.0-flash"]),
    st.integers(1, 5000),
    st.integers(1, 5000),
)
def test_a_size_nearby_is_near_and_cheaper(model: str, width: int, height: int) -> None:
    found = cheaper_size(width, height, partial(count, model, "high"))
    if found:
        now = count(model, "high", width, height).tokens
        assert now
        assert found.tokens == count(model, "high", found.width, found.height).tokens
        assert found.tokens < now
        assert max(found.width, found.height) >= 0.85 * max(width, height) - 1 - 16
        assert found.width <= width + 16
        assert found.height <= height + 16


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario("gpt-4o"),
        Scenario("gpt-4o", (Row(2049, 513, 3), Row(1100, 600)), turns=5, system=2000),
        Scenario("gpt-6-luna", (Row(4000, 3000),), detail="auto", prompt="What is this?"),
        Scenario("claude-sonnet-4-5", (Row(1600, 1600),), batch=True, cached=0.2),
    ],
)
def test_each_suggestion_saves_what_it_says(scenario: Scenario) -> None:
    now = work_out(scenario).month.total
    assert now
    found = cheaper(scenario)
    assert found
    for suggestion in found:
        then = work_out(suggestion.scenario).month.total
        assert then is not None
        assert suggestion.saving == now - then
        assert suggestion.share == float(suggestion.saving / now) >= 0.01
        for lang in ("en", "zh"):
            assert t(lang, f"cost.cheaper.{suggestion.code}", **suggestion.data)
    savings = [suggestion.saving for suggestion in found]
    assert savings == sorted(savings, reverse=True)


def test_low_detail_is_not_suggested_where_it_costs_more() -> None:
    # GPT-5.4 counts up to 6144 patches at low and 2500 at high.
    found = by_code(Scenario("gpt-5.4", (Row(2048, 2048),), detail="low"))
    assert "high_detail" in found
    assert "low_detail" not in by_code(Scenario("gpt-5.4", (Row(2048, 2048),)))


def test_another_model_is_of_the_same_vendor_and_stays() -> None:
    found = by_code(Scenario("gpt-4o"))["model"]
    other = find_model(found.scenario.model)
    assert other.vendor == "OpenAI"
    assert other.retires is None
    assert other.chat
    assert other.vision


def test_a_model_that_would_refuse_is_not_suggested() -> None:
    # 600,000 tokens fit none of the small windows, so the cheapest, GPT-5 nano, is out.
    found = by_code(Scenario("gpt-5.4", (), prompt=600_000))
    chosen = find_model(found["model"].scenario.model)
    assert chosen.context
    assert chosen.context > 600_000


def test_one_request_sends_the_images_once() -> None:
    found = by_code(Scenario("gpt-4o", prompt=30, answer=200, turns=4))["one_request"]
    assert found.data == {"turns": 4}
    assert (found.scenario.turns, found.scenario.prompt, found.scenario.answer) == (1, 120, 800)
    assert "one_request" not in by_code(Scenario("gpt-4o"))


def test_a_cache_holds_what_the_request_before_had() -> None:
    scenario = Scenario("gpt-4o", (Row(1024, 1024, 2),), turns=2)
    first, second = (turn.images + turn.text for turn in work_out(scenario).turns)
    assert by_code(scenario)["cached"].scenario.cached == int(100 * first / (first + second)) / 100
    # A beginning below 1,024 tokens isn't kept.
    assert "cached" not in by_code(Scenario("gpt-4o", turns=2))


def test_nothing_is_suggested_without_a_price_or_a_bill() -> None:
    for scenario in (
        Scenario("nobody-knows"),
        Scenario("builtin-reader"),
        Scenario("gpt-4o", calls=0),
    ):
        assert cheaper(scenario) == []


def test_what_is_retired_by_then_is_not_suggested() -> None:
    early = {s.code: s for s in cheaper(Scenario("gpt-4o"), at=datetime(2026, 1, 1))}
    assert "model" in early
    retires = find_model(early["model"].scenario.model).retires
    assert retires is None or retires > datetime(2026, 6, 29).date()
