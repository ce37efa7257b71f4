"""A part of the same shape as the whole isn't a resize of it."""

import numpy as np
import pytest
from PIL import Image

from components.pixels import compare


def scene(seed: int) -> Image.Image:
    coarse = np.random.default_rng(seed).integers(0, 255, (100, 150, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((1200, 800), Image.Resampling.BICUBIC)


@pytest.mark.parametrize("place", [(0, 0), (300, 200), (600, 400)])
@pytest.mark.parametrize("part_first", [False, True])
def test_a_part_of_the_same_shape_is_found_where_it_is(
    place: tuple[int, int], part_first: bool
) -> None:
    whole = scene(1)
    part = whole.crop((*place, place[0] + 600, place[1] + 400))
    found = compare(*((part, whole) if part_first else (whole, part)))
    assert found.share is not None
    assert found.share < 0.01
    assert found.alignment.scale == pytest.approx(1, abs=0.01)
    assert "scaled" not in found.alignment.steps


def test_a_resize_stays_a_resize_and_strangers_are_not_turned() -> None:
    assert compare(scene(1), scene(1).resize((600, 400))).alignment.steps == ("scaled",)
    for n in range(2, 5):
        assert "turned" not in compare(scene(n), scene(n + 10)).alignment.steps


@pytest.mark.parametrize("size", [(1200, 800), (900, 600), (1200, 1200)])
def test_a_part_that_was_enlarged_is_found_where_it_is(size: tuple[int, int]) -> None:
    """Back to the whole's size too, where nothing but what is seen tells the two apart."""
    whole = scene(1)
    wide, high = size[0] // 2, size[1] // 2
    part = whole.crop((200, 100, 200 + wide, 100 + high)).resize(size, Image.Resampling.BICUBIC)
    found = compare(whole, part)
    assert found.share is not None
    assert found.share < 0.01
    assert found.alignment.scale == pytest.approx(0.5, abs=0.01)
    assert found.alignment.shift == pytest.approx((200, 100), abs=2)


def test_a_part_that_was_stretched_is_no_match_and_not_a_shift() -> None:
    whole = scene(1)
    stretched = whole.crop((100, 100, 500, 700)).resize(whole.size)
    assert compare(whole, stretched).alignment.reason == "no_match"


@pytest.mark.parametrize("turns", [0, 180])
@pytest.mark.parametrize("part", [(0, 0, 1200, 800), (150, 120, 950, 770)])
def test_a_mirror_image_is_told_as_one(part: tuple[int, int, int, int], turns: int) -> None:
    whole = scene(1)
    other = whole.crop(part).transpose(Image.Transpose.FLIP_LEFT_RIGHT).rotate(turns)
    found = compare(whole, other)
    assert found.alignment.steps[0] == "mirrored"
    assert ("turned" in found.alignment.steps) == bool(turns)
    assert found.share is not None
    assert found.share < 0.01


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_quarter_turns_are_told_as_such(quarters: int) -> None:
    found = compare(scene(1), scene(1).rotate(90 * quarters, expand=True))
    assert found.alignment.steps == ("turned",)
    assert abs(found.alignment.turn) == pytest.approx(180 if quarters == 2 else 90, abs=0.05)
    assert found.share is not None
    assert found.share < 0.01


def test_strangers_of_one_shape_are_no_match() -> None:
    for n in range(2, 5):
        assert compare(scene(n), scene(n + 10)).alignment.reason == "no_match"


def test_one_inverted_pixel_is_a_speck() -> None:
    whole, other = scene(1), scene(1)
    at = (500, 400)
    light = whole.getpixel(at)
    assert isinstance(light, tuple)
    other.putpixel(at, tuple(255 if each < 128 else 0 for each in light))
    found = compare(whole, other)
    assert (found.regions, found.specks) == ((), 1)
