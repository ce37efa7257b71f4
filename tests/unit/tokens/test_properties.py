"""What holds for every size."""

from hypothesis import given, settings
from hypothesis import strategies as st

from components.tokens import count_image_tokens
from tests.support.fuzzing import examples

SIDES = st.integers(1, 20_000)
TILES = st.sampled_from(
    ["gpt-4-vision-preview", "gpt-4o", "gpt-4o-mini", "gpt-5", "o3", "computer-use-preview"]
)
PATCHES = st.sampled_from(
    [
        "gpt-6-astra",
        "gpt-6-luna",
        "gpt-5.6-sol",
        "gpt-5.5",
        "gpt-5.4",
        "gpt-5.2",
        "gpt-5-mini",
        "gpt-5-nano",
        "gpt-4.1-mini",
        "gpt-4.1-nano",
        "o4-mini",
    ]
)
OTHERS = st.sampled_from(["claude-sonnet-4-5", "claude-opus-5", "llava:13b", "gemini-2.0-flash"])
LEVELS = st.sampled_from(["auto", "low", "high", "original"])
ERAS = st.sampled_from(["current", "2025"])
BUDGETS = {"gpt-5-mini": 1536, "gpt-4.1-nano": 1536, "o4-mini": 1536, "gpt-5.2": 6144}


@given(TILES, SIDES, SIDES)
def test_high_never_costs_less_than_low_on_tiles(model: str, width: int, height: int) -> None:
    low, high = (count_image_tokens(model, width, height, d).tokens for d in ("low", "high"))
    assert low is not None
    assert high is not None
    assert low < high


@given(TILES | st.just("gpt-image-1"), SIDES, SIDES)
def test_tiles_stay_within_their_box(model: str, width: int, height: int) -> None:
    found = count_image_tokens(model, width, height, "high")
    short = 512 if model == "gpt-image-1" else 768
    assert max(found.resized) <= 2048
    assert min(found.resized) <= short


@given(TILES | PATCHES | OTHERS.filter(lambda m: m != "llava:13b"), SIDES, SIDES, LEVELS)
def test_nothing_is_scaled_up(model: str, width: int, height: int, detail: str) -> None:
    found = count_image_tokens(model, width, height, detail)
    assert found.resized[0] <= width
    assert found.resized[1] <= height


@given(TILES | PATCHES | OTHERS, SIDES, SIDES, LEVELS, ERAS)
@settings(max_examples=examples(400))
def test_the_resized_image_costs_the_same_as_the_original(
    model: str, width: int, height: int, detail: str, era: str
) -> None:
    # Not so for gpt-image-2, which would magnify again, and for high input fidelity, where
    # rounding can make a square of 1023 x 1024.
    found = count_image_tokens(model, width, height, detail, era=era)  # type: ignore[arg-type]
    again = count_image_tokens(model, *found.resized, detail, era=era)  # type: ignore[arg-type]
    assert again == found


@given(PATCHES | TILES | OTHERS, SIDES, SIDES, LEVELS)
def test_turning_an_image_by_a_quarter_changes_no_cost(
    model: str, width: int, height: int, detail: str
) -> None:
    upright = count_image_tokens(model, width, height, detail)
    turned = count_image_tokens(model, height, width, detail)
    assert upright.tokens == turned.tokens


@given(st.sampled_from(sorted(BUDGETS)), SIDES, SIDES)
def test_patches_stay_within_their_budget_and_edge(model: str, width: int, height: int) -> None:
    found = count_image_tokens(model, width, height)
    assert found.grid is not None
    assert found.grid[0] * found.grid[1] <= BUDGETS[model]
    assert max(found.resized) <= 2048


@given(st.sampled_from(["gpt-6-luna", "gpt-5.6-sol", "gpt-5.5"]), SIDES, SIDES)
def test_low_never_needs_more_than_16_by_16_patches(model: str, width: int, height: int) -> None:
    found = count_image_tokens(model, width, height, "low")
    assert max(found.grid or (99, 99)) <= 16


@given(st.sampled_from(["gpt-6-luna", "gpt-5.6-sol"]), SIDES, SIDES)
def test_original_is_refused_exactly_above_30_000_patches(
    model: str, width: int, height: int
) -> None:
    found = count_image_tokens(model, width, height, "original")
    patches = -(-width // 32) * -(-height // 32)
    assert found.resized == (width, height)
    assert (found.status == "rejected") == (patches > 30_000)


@given(SIDES, SIDES)
def test_an_edited_image_stays_within_its_budget_and_ratio(width: int, height: int) -> None:
    found = count_image_tokens("gpt-image-2", width, height)
    assert found.grid is not None
    assert found.grid[0] * found.grid[1] <= 1536
    # a pixel of rounding on the short side
    assert max(found.resized) <= 3 * (min(found.resized) + 1)


@given(
    st.sampled_from([("claude-sonnet-4-5", 1568, 1568), ("claude-opus-5", 2576, 4784)]),
    SIDES,
    SIDES,
)
def test_claude_stays_within_both_limits(
    limits: tuple[str, int, int], width: int, height: int
) -> None:
    model, edge, budget = limits
    found = count_image_tokens(model, width, height)
    assert max(found.resized) <= edge
    assert found.tokens is not None
    assert found.tokens <= budget


@given(SIDES, SIDES)
def test_qwen_sides_are_whole_squares_within_its_bounds(width: int, height: int) -> None:
    found = count_image_tokens("qwen2.5vl:7b", width, height)
    assert found.tokens is not None
    assert found.resized[0] % 28 == found.resized[1] % 28 == 0
    if max(width, height) <= 200 * min(width, height):  # thinner ones the processor refuses
        assert 4 <= found.tokens <= 16384
