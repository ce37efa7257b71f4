"""The steps that explain a figure: they end in it, and each follows from the one before."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.i18n import texts
from components.models import catalogue
from components.pricing.whatif.rules.steps import Step, steps
from components.tokens import Fidelity, count_image_tokens
from tests.support.fuzzing import examples

SIDES = st.integers(1, 20_000) | st.integers(1, 700)
MODELS = [name for m in catalogue() for name in (m.id, *m.examples)]
LEVELS = st.sampled_from(["auto", "low", "high", "original", "medium", "finest"])
FIDELITIES: st.SearchStrategy[Fidelity] = st.sampled_from(["low", "high"])


def codes(taken: list[Step]) -> list[str]:
    return [step.code for step in taken]


def number(step: Step, name: str) -> int:
    value = step.data[name]
    assert isinstance(value, int)
    return value


def test_the_guides_own_example_takes_the_guides_own_steps() -> None:
    assert [step.text("en") for step in steps("gpt-4-vision-preview", 2048, 4096, "high")] == [
        "Your image: 2,048 x 4,096 px.",
        "Resized to fit a square of 2,048 px: 1,024 x 2,048.",
        "Short side brought down to 768 px: 768 x 1,536.",
        "Covered with tiles of 512 px: 2 x 3 = 6.",
        "170 x 6 + 85 = 1,105 tokens.",
    ]


@given(st.sampled_from(MODELS), SIDES, SIDES, LEVELS, FIDELITIES)
@settings(max_examples=examples(1500))
def test_the_steps_end_in_the_figure_that_is_counted(
    model: str, width: int, height: int, detail: str, fidelity: Fidelity
) -> None:
    found = count_image_tokens(model, width, height, detail, fidelity=fidelity)
    last = steps(model, width, height, detail, fidelity=fidelity)[-1]
    if found.status == "ok":
        assert last.data["tokens"] == found.tokens
    else:
        assert last.code in {"rejected", "no_vision", "unknown"}
        assert "tokens" not in last.data


@given(st.sampled_from(MODELS), SIDES, SIDES, LEVELS)
@settings(max_examples=examples(800))
def test_the_last_size_and_grid_of_the_steps_are_those_that_are_counted(
    model: str, width: int, height: int, detail: str
) -> None:
    found = count_image_tokens(model, width, height, detail)
    taken = steps(model, width, height, detail)
    sized = [step for step in taken if "width" in step.data][-1]
    cut = [step for step in taken if "columns" in step.data]
    assert (sized.data["width"], sized.data["height"]) == found.resized
    grids = [(step.data["columns"], step.data["rows"]) for step in cut]
    assert grids == ([] if found.grid is None else [found.grid])


@given(st.sampled_from(MODELS), SIDES, SIDES, LEVELS, FIDELITIES)
@settings(max_examples=examples(800))
def test_the_sums_that_are_shown_are_right(
    model: str, width: int, height: int, detail: str, fidelity: Fidelity
) -> None:
    for step in steps(model, width, height, detail, fidelity=fidelity):
        n = dict(step.data)
        if step.code in {"tiles", "patches", "crops", "canvas", "squares"}:
            total = {"tiles", "patches", "crops", "parts", "tokens"} & n.keys()
            assert n[total.pop()] == number(step, "columns") * number(step, "rows")
        if step.code.startswith("tile_sum"):
            tiles = number(step, "tile") * number(step, "tiles")
            assert n["tokens"] == tiles + number(step, "base") + number(step, "extra")
        if step.code.startswith("low_sum"):
            assert n["tokens"] == number(step, "base") + number(step, "extra")
        if step.code.startswith("multiplied"):
            exact = number(step, "patches") * Fraction(str(n["multiplier"]))
            wanted = {
                "multiplied": exact,
                "multiplied_up": math.ceil(exact),
                "multiplied_down": math.floor(exact),
            }
            assert n["tokens"] == wanted.get(step.code, n["tokens"])
            assert abs(number(step, "tokens") - exact) <= 1
        if step.code == "crops_sum":
            assert n["tokens"] == number(step, "unit") * (number(step, "crops") + 1)
        if step.code == "canvas_sum":
            assert n["tokens"] == number(step, "unit") * (number(step, "parts") + 1)


@given(st.sampled_from(MODELS), SIDES, SIDES, LEVELS, FIDELITIES)
@settings(max_examples=examples(600))
def test_every_step_can_be_said_in_both_languages(
    model: str, width: int, height: int, detail: str, fidelity: Fidelity
) -> None:
    for step in steps(model, width, height, detail, fidelity=fidelity):
        assert step.text("zh")
        assert step.text("en")


def test_every_text_of_a_step_is_of_a_step_that_some_rule_takes() -> None:
    said = {key for key in texts("en") if key.startswith("cost.steps.")}
    sizes = [(1, 1), (100, 800), (300, 200), (640, 480), (1024, 1024), (3000, 2000), (9000, 9000)]
    sizes += [(300, 800)]
    levels = ("auto", "low", "high")
    fidelities: tuple[Fidelity, ...] = ("low", "high")
    taken = {
        f"cost.steps.{step.code}"
        for model in [*MODELS, "nobody-knows-it"]
        for size in sizes
        for level in levels
        for fidelity in fidelities
        for step in steps(model, *size, level, fidelity=fidelity)
    }
    assert taken == said


def test_a_refused_image_says_how_many_patches_are_too_many() -> None:
    last = steps("gpt-6-luna", 6401, 4800, "original")[-1]
    assert (last.code, dict(last.data)) == ("rejected", {"patches": 30150, "limit": 30000})


def test_low_names_one_price_for_every_size() -> None:
    taken = steps("gpt-4o", 4096, 8192, "low")
    assert codes(taken) == ["size", "low_view", "low_sum"]
    assert taken[-1].data["tokens"] == 85


def test_a_small_image_is_magnified_for_edits() -> None:
    taken = steps("gpt-image-2", 512, 256)
    (step,) = [step for step in taken if step.code == "magnified"]
    assert (step.data["width"], step.data["height"]) == (1024, 512)


def test_a_patch_budget_shows_what_it_would_have_taken() -> None:
    (step,) = [s for s in steps("gpt-5.4", 2048, 2048, "high") if s.code == "budget"]
    assert dict(step.data) == {"patches": 4096, "budget": 2500, "width": 1600, "height": 1600}


def test_auto_says_which_level_it_stands_for() -> None:
    (step,) = [s for s in steps("gpt-6-luna", 100, 100, "auto") if s.code == "level"]
    assert dict(step.data) == {"asked": "auto", "level": "original"}


def test_bills_that_follow_floating_point_say_so() -> None:
    last = steps("gpt-4.1-mini", 640, 480, "high")[-1]
    assert (last.code, last.data["tokens"]) == ("multiplied_binary", 487)


def test_impossible_sides_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        steps("gpt-4o", 0, 5)
