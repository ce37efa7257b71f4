"""What speaks against a request."""

import pytest

from components.i18n import t
from components.pricing.whatif import Rejection, Row, Scenario, work_out

MB = 1_000_000


def refusals(model: str, *rows: Row, **more: object) -> dict[str, Rejection]:
    found = work_out(Scenario(model, rows, **more))  # type: ignore[arg-type]
    for rejection in found.rejections:
        for lang in ("en", "zh"):
            assert t(lang, f"cost.rejected.{rejection.code}", **rejection.data)
    return {rejection.code: rejection for rejection in found.rejections}


def test_a_model_that_takes_no_images_is_named() -> None:
    found = refusals("gpt-4", Row(10, 10))
    assert found["no_vision"].data == {"model": "GPT-4"}
    assert "rejected" not in found
    assert refusals("gpt-4") == {}


def test_more_than_30_000_patches_are_refused() -> None:
    small, large = Row(4800, 6400), Row(4801, 6400)  # 150 x 200 and 151 x 200 patches
    found = refusals("gpt-6-luna", small, large, detail="original")["rejected"]
    assert found.rows == (1,)
    assert found.certain
    assert (found.data["patches"], found.data["limit"]) == (30_200, 30_000)
    assert "rejected" not in refusals("gpt-6-luna", small, detail="original")


def test_a_conversation_outgrows_the_window_at_a_known_turn() -> None:
    # 128,000 tokens; each turn adds 30,000 + 4 + 1,000 + 4
    scenario = {"prompt": 30_000, "answer": 1000, "turns": 6}
    found = refusals("gpt-4o", **scenario)["context"]
    used = 3 + 5 * 30_004 + 4 * 1004 + 1000
    assert found.data == {"model": "GPT-4o", "turn": 5, "used": used, "limit": 128_000}
    assert "context" not in refusals("gpt-4o", **{**scenario, "turns": 4})


def test_the_window_is_full_with_its_last_token() -> None:
    fits = 128_000 - 7 - 1000
    assert "context" not in refusals("gpt-4o", prompt=fits, answer=1000)
    assert "context" in refusals("gpt-4o", prompt=fits + 1, answer=1000)


def test_an_answer_can_be_longer_than_the_model_gives() -> None:
    assert refusals("gpt-4o", answer=16_385)["output"].data["limit"] == 16_384
    assert "output" not in refusals("gpt-4o", answer=16_384)


def test_an_image_over_20_mb_is_pointed_at() -> None:
    light, heavy = Row(100, 100, bytes=20 * MB), Row(100, 100, bytes=21 * MB)
    found = refusals("gpt-4o", light, heavy)["image_bytes"]
    assert found.rows == (1,)
    assert not found.certain  # the guide of today no longer says so
    assert "image_bytes" not in refusals("gpt-4o", light)


def test_images_grow_by_a_third_on_their_way() -> None:
    # Anthropic's 32 MB: 24 MB of files are exactly that as base64.
    row = Row(100, 100, bytes=12 * MB)
    assert "request_bytes" not in refusals("claude-sonnet-4-5", row, row)
    over = refusals("claude-sonnet-4-5", row, row, Row(100, 100, bytes=3))["request_bytes"]
    assert over.certain


def test_guessed_bytes_are_never_certain() -> None:
    found = refusals("claude-sonnet-4-5", Row(4000, 3000, 20))["request_bytes"]
    assert not found.certain


def test_a_request_beyond_what_openai_was_seen_to_take_is_doubtful() -> None:
    assert not refusals("gpt-4o", Row(900, 900, 20, bytes=2 * MB))["request_bytes"].certain
    assert refusals("gpt-4o", Row(900, 900, 200, bytes=2 * MB))["request_bytes"].certain


@pytest.mark.parametrize(
    ("model", "most"),
    [("gpt-6-luna", 1500), ("claude-sonnet-4-5", 100), ("claude-opus-5", 600)],
)
def test_the_documented_number_of_images_is_the_last_that_fits(model: str, most: int) -> None:
    assert "image_count" not in refusals(model, Row(64, 64, most))
    assert refusals(model, Row(64, 64, most + 1))["image_count"].data["limit"] == most


def test_claude_takes_smaller_sides_with_many_images() -> None:
    assert "image_side" not in refusals("claude-opus-5", Row(2001, 10, 20))
    assert refusals("claude-opus-5", Row(2001, 10, 21))["image_side"].data["limit"] == 2000
    assert refusals("claude-opus-5", Row(8001, 10))["image_side"].rows == (0,)


def test_a_vendor_without_documented_limits_is_not_judged_by_others() -> None:
    assert refusals("llava:13b", Row(100, 100, 5000, bytes=90 * MB)) == {}
