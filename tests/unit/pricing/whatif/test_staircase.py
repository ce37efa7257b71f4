"""Cost against image size."""

import pytest

from components.pricing.whatif import staircase
from components.tokens import count_image_tokens

MODELS = ["gpt-4o", "gpt-6-luna", "gpt-5-mini", "gpt-5.4", "claude-opus-5", "gemini-2.0-flash"]


def test_a_square_climbs_from_one_tile_to_four() -> None:
    assert staircase("gpt-4o", "high", 1, 4096) == [
        (1, 1, 255),
        (513, 513, 765),
        (4096, 4096, 765),
    ]


def test_a_tall_image_is_tall() -> None:
    assert staircase("gpt-4o", "high", 0.5, 4096)[-1] == (2048, 4096, 1105)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("ratio", [1.0, 4 / 3, 0.4])
def test_every_step_is_where_the_figure_changes(model: str, ratio: float) -> None:
    steps = staircase(model, "high", ratio, 1500, 1500)
    sizes = [
        (side, max(1, round(side / ratio))) if ratio >= 1 else (max(1, round(side * ratio)), side)
        for side in range(1, 1501)
    ]
    figures = [count_image_tokens(model, *size, "high").tokens for size in sizes]
    changes = [
        (*size, tokens)
        for place, (size, tokens) in enumerate(zip(sizes, figures, strict=True))
        if place in (0, 1499) or tokens != figures[place - 1]
    ]
    assert steps == changes


def test_a_quick_look_finds_the_same_steps_of_tiles() -> None:
    assert staircase("gpt-4o", "high", 1.5, 4000, 100) == staircase(
        "gpt-4o", "high", 1.5, 4000, 4000
    )


@pytest.mark.parametrize("model", ["gpt-6-luna", "gpt-5-mini"])
def test_a_quick_look_shows_only_true_steps(model: str) -> None:
    # Above the budget the figure moves with every rounding, so some may be passed over.
    quick = staircase(model, "high", 1.5, 4000, 100)
    assert set(quick) <= set(staircase(model, "high", 1.5, 4000, 4000))
    assert len(quick) > 50


def test_the_stairs_end_where_the_model_refuses() -> None:
    steps = staircase("gpt-6-luna", "original", 1, 8000)
    assert steps[-1] == (8000, 8000, None)
    first_refused = next(step for step in steps if step[2] is None)
    assert first_refused[0] == 173 * 32 + 1  # 173 squared is 29,929


@pytest.mark.parametrize(("ratio", "longest"), [(0, 10), (-1, 10), (1, 0), (1, 10**7)])
def test_a_shape_that_no_image_has_is_refused(ratio: float, longest: int) -> None:
    with pytest.raises(ValueError, match="must be"):
        staircase("gpt-4o", "high", ratio, longest)


def test_an_extreme_shape_is_no_error() -> None:
    assert staircase("gpt-4o", "high", 1e-9, 3000)[-1][:2] == (1, 3000)
