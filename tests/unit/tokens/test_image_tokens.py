"""What count_image_tokens says beside the figure."""

from typing import Any

import pytest

from components.tokens import count_image_tokens
from components.tokens.kinds import KINDS
from components.tokens.kinds.patch import PatchRule, fit_budget
from components.tokens.rules import rules


@pytest.mark.parametrize(
    ("model", "size", "resized", "grid"),
    [
        ("gpt-4o", (1024, 1024), (768, 768), (2, 2)),
        ("gpt-4o", (2048, 4096), (768, 1536), (2, 3)),
        ("gpt-4o", (300, 200), (300, 200), (1, 1)),
        ("gpt-4.1", (2049, 513), (2048, 513), (4, 2)),
        ("gpt-4.1", (2050, 513), (2048, 512), (4, 1)),
        ("gpt-image-1", (1024, 1025), (512, 512), (1, 1)),
        ("gpt-4.1-mini", (4000, 1474), (2048, 755), (64, 24)),
        ("gpt-5.4", (2048, 2048), (1600, 1600), (50, 50)),
        ("o4-mini", (1800, 2400), (1056, 1408), (33, 44)),
        ("gpt-image-2", (512, 256), (1024, 512), (32, 16)),
    ],
)
def test_the_intermediate_sizes_are_given(model: Any, size: Any, resized: Any, grid: Any) -> None:
    found = count_image_tokens(model, *size, "high")
    assert (found.resized, found.grid) == (resized, grid)


def test_low_fits_in_512_px_and_has_no_tiles() -> None:
    found = count_image_tokens("gpt-4o", 4096, 8192, "low")
    assert (found.resized, found.grid) == ((256, 512), None)


def test_more_than_30_000_patches_are_rejected_and_30_000_are_not() -> None:
    # 200 x 150 patches are 30,000
    assert count_image_tokens("gpt-6-luna", 6400, 4800, "original").status == "ok"
    over = count_image_tokens("gpt-6-luna", 6401, 4800, "original")
    assert (over.status, over.tokens, over.grid) == ("rejected", None, (201, 150))


def test_auto_means_original_on_newer_models_and_high_on_older_ones() -> None:
    for model, meant in (("gpt-6-astra", "original"), ("gpt-5.5", "original"), ("gpt-5.4", "high")):
        auto, same = (count_image_tokens(model, 5000, 3000, d) for d in ("auto", meant))
        other = count_image_tokens(model, 5000, 3000, "high" if meant == "original" else "original")
        assert auto == same
        assert auto.tokens != other.tokens


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-5-mini", "gpt-5.2", "claude-opus-5"])
def test_a_level_that_a_model_does_not_know_counts_as_auto(model: str) -> None:
    auto = count_image_tokens(model, 3000, 2000)
    assert count_image_tokens(model, 3000, 2000, "original") == auto
    assert count_image_tokens(model, 3000, 2000, "finest") == auto


@pytest.mark.parametrize("model", ["gpt-5-mini", "gpt-5-nano", "gpt-4.1-nano", "o4-mini"])
def test_some_models_ignore_the_level(model: str) -> None:
    assert len({count_image_tokens(model, 3000, 2000, d) for d in ("auto", "low", "high")}) == 1


def test_low_costs_more_than_high_on_5_4() -> None:
    low, high = (count_image_tokens("gpt-5.4", 2048, 2048, d).tokens for d in ("low", "high"))
    assert low is not None
    assert high is not None
    assert low > high


def test_a_budget_of_2025_is_smaller() -> None:
    now = count_image_tokens("gpt-5.2", 2048, 2048)
    then = count_image_tokens("gpt-5.2", 2048, 2048, era="2025")
    assert (now.grid, then.grid) == ((64, 64), (39, 39))


def test_patches_are_right_within_one_and_tiles_exactly() -> None:
    assert count_image_tokens("gpt-4o", 100, 100).tolerance == 0
    assert count_image_tokens("gpt-6-luna", 100, 100).tolerance == 1


@pytest.mark.parametrize(
    ("model", "evidence"),
    [
        ("gpt-4o", "billed"),
        ("o1", "documented"),
        ("gpt-6-sol", "assumed"),
        ("gpt-5.5", "documented"),
    ],
)
def test_it_says_what_a_figure_rests_on(model: str, evidence: str) -> None:
    assert count_image_tokens(model, 100, 100).evidence == evidence


def test_an_unknown_model_has_no_figure() -> None:
    found = count_image_tokens("some-model", 5000, 3000)
    assert (found.tokens, found.status, found.rule) == (None, "unknown", None)
    assert found.resized == (5000, 3000)


def test_a_model_without_eyes_takes_no_image() -> None:
    found = count_image_tokens("gpt-4", 100, 100)
    assert (found.tokens, found.status) == (None, "rejected")


def test_the_built_in_reader_costs_nothing_and_leaves_the_size_alone() -> None:
    found = count_image_tokens("builtin-reader", 5000, 3000)
    assert (found.tokens, found.status, found.rule) == (0, "ok", "builtin")
    assert found.resized == (5000, 3000)


@pytest.mark.parametrize(
    "size", [(0, 1), (1, 0), (-5, 5), (1.5, 2), ("1", 2), (True, 2), (None, 1)]
)
def test_sides_are_whole_numbers_of_at_least_one(size: Any) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        count_image_tokens("gpt-4o", *size)


def test_an_unknown_era_is_a_mistake() -> None:
    era: Any = "1999"
    with pytest.raises(ValueError, match="era"):
        count_image_tokens("gpt-4o", 10, 10, era=era)


def test_every_kind_of_rule_is_used() -> None:
    assert {type(entry.current) for entry in rules().values()} == set(KINDS.values())


@pytest.mark.conform
def test_the_budget_formula_agrees_with_openais_in_floating_point() -> None:
    def theirs(width: int, height: int, budget: int) -> tuple[int, int]:
        ratio = (1024 * budget / (width * height)) ** 0.5
        across, down = width * ratio / 32, height * ratio / 32
        ratio *= min(int(across) / across, int(down) / down)
        return int(width * ratio), int(height * ratio)

    def patches(size: tuple[int, int]) -> int:
        return -(-size[0] // 32) * -(-size[1] // 32)

    sizes = [(w, h) for w in range(1300, 2048, 37) for h in range(1300, 2048, 41)]
    same = [patches(theirs(*s, 1536)) == patches(fit_budget(s, 1536)) for s in sizes]
    # Floating point lands a hair beside a whole patch now and then; never anywhere else.
    assert sum(same) / len(same) > 0.99


def test_a_rule_with_a_misspelt_key_does_not_load() -> None:
    with pytest.raises(TypeError):
        PatchRule(multiplier=1.0, levels={}, rounds_up=True)  # type: ignore[call-arg]
