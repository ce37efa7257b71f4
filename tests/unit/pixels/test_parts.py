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
