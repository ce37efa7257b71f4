"""The size that is sent is the size that the model sees, in exact integers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from components.errors import ImageError
from components.images import prepare_image
from components.images.geometry import target_size
from components.tokens import count_image_tokens
from tests.support.fuzzing import examples
from tests.unit.images.make import encoded

MODELS = (
    "gpt-4o",
    "gpt-4o-mini",
    "gpt-5",
    "o3",
    "gpt-4.1-mini",
    "gpt-5-mini",
    "gpt-5.4",
    "gpt-5.6-sol",
    "gpt-6-astra",
    "claude-opus-4.7",
    "gemini-2.0-flash",
    "qwen2.5-vl-7b",
    "llava:13b",
    "builtin-reader",
    "a model nobody knows",
)


@pytest.mark.parametrize(
    ("model", "detail", "size", "expected"),
    [
        ("gpt-4o", "high", (4032, 3024), (1024, 768)),
        ("gpt-4o", "low", (4032, 3024), (512, 384)),
        ("gpt-4o", "high", (600, 400), (600, 400)),
        ("gpt-4o", "high", (20000, 500), (2048, 51)),
        ("gpt-4o", "high", (2049, 513), (2048, 512)),
        ("gpt-5-mini", "high", (1800, 2400), (1056, 1408)),
        ("gpt-5.4", "high", (1800, 2400), (1368, 1824)),
        ("gpt-4.1-mini", "high", (1800, 2400), (1800 * 2048 // 2400, 2048)),
        ("builtin-reader", "auto", (4032, 3024), (4032, 3024)),
        ("a model nobody knows", "auto", (4032, 3024), (2048, 1536)),
    ],
)
def test_known_sizes(
    model: str, detail: str, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert target_size(model, size, detail, "a") == expected


sides = st.integers(1, 9000)


@settings(max_examples=examples(600))
@given(
    model=st.sampled_from(MODELS),
    detail=st.sampled_from(["auto", "low", "high", "original"]),
    size=st.tuples(sides, sides),
)
def test_a_prepared_size_never_grows_never_costs_more_and_is_final(
    model: str, detail: str, size: tuple[int, int]
) -> None:
    before = count_image_tokens(model, *size, detail)
    try:
        target = target_size(model, size, detail, "a")
    except ImageError:
        assert before.status == "rejected"
        return
    assert 1 <= target[0] <= size[0]
    assert 1 <= target[1] <= size[1]
    assert target_size(model, target, detail, "a") == target
    after = count_image_tokens(model, *target, detail)
    if before.tokens is not None:
        assert after.tokens is not None
        assert after.tokens <= before.tokens


@settings(max_examples=examples(300))
@given(
    model=st.sampled_from(["gpt-4o", "gpt-5", "gpt-5.4", "gpt-4.1-mini", "gpt-6-astra"]),
    detail=st.sampled_from(["auto", "low", "high"]),
    size=st.tuples(st.integers(200, 9000), st.integers(200, 9000)),
)
def test_the_shape_is_kept_and_no_more_is_lost_than_rounding(
    model: str, detail: str, size: tuple[int, int]
) -> None:
    if count_image_tokens(model, *size, detail).status == "rejected":
        return
    wide, high = target_size(model, size, detail, "a")
    assert abs(wide * size[1] - high * size[0]) <= 3 * max(size)
    seen = count_image_tokens(model, *size, detail).resized
    assert wide >= seen[0] - 33
    assert high >= seen[1] - 33


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (3, 9000)])
def test_slivers_keep_at_least_one_pixel_and_are_warned_of(size: tuple[int, int]) -> None:
    made = prepare_image(encoded(Image.new("RGB", size), "PNG"), "a.png", model="gpt-4o")
    assert min(made.width, made.height) >= 1
    assert max(made.width, made.height) <= 2048
    assert ("sliver" in [n.code for n in made.notes]) == (size != (1, 1))


def test_a_panorama_says_what_the_model_gets() -> None:
    data = encoded(Image.new("RGB", (20000, 500), "teal"), "JPEG")
    made = prepare_image(data, "a.jpg", model="gpt-4o")
    assert (made.width, made.height) == (2048, 51)
    assert made.notes[0].code == "panorama"
    assert made.notes[0].data == {"width": 2048, "height": 51}
