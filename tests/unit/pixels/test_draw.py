"""Pictures of a comparison."""

import io

import numpy as np
import pytest
from PIL import Image, ImageStat

from components.pixels import boxes_on_a, boxes_on_b, compare, heat_map, overlay, picture_b
from tests.unit.pixels.pictures import PHOTO, painted

BOX = (300, 200, 500, 350)
FOUND = compare(PHOTO, painted(PHOTO, BOX))


def shown(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def test_heat_is_coloured_where_they_differ_and_pale_grey_elsewhere() -> None:
    picture = np.asarray(shown(heat_map(FOUND)).convert("HSV"))
    assert picture[210:340, 310:490, 1].mean() > 150
    assert picture[:180, :, 1].mean() < 20
    assert picture[:180, :, 2].min() > 120


def test_what_b_does_not_cover_is_hatched() -> None:
    part = compare(PHOTO, PHOTO.crop((0, 0, 700, 675)))
    picture = np.asarray(shown(heat_map(part)).convert("L")).astype(int)
    assert part.covered is not None
    assert not part.covered[:, 705:].any()
    assert (picture[:, 710:] < 110).mean() > 0.1
    assert (picture[:, :690] < 110).mean() < 0.01


def test_the_overlay_runs_from_a_to_b() -> None:
    for opacity, expected in (
        (0.0, FOUND.a),
        (1.0, FOUND.b),
        (0.5, Image.blend(FOUND.a, FOUND.b, 0.5)),
    ):
        apart = np.asarray(shown(overlay(FOUND, opacity))).astype(int) - np.asarray(expected)
        assert np.abs(apart).mean() < 4


def test_frames_are_around_the_region_and_not_on_it() -> None:
    for content, plain in ((boxes_on_a(FOUND), FOUND.a), (boxes_on_b(FOUND), FOUND.b)):
        apart = np.abs(np.asarray(shown(content)).astype(int) - np.asarray(plain)).max(axis=2)
        assert apart[BOX[1] + 4 : BOX[3] - 4, BOX[0] + 4 : BOX[2] - 4].mean() < 12
        assert (apart[BOX[1] - 6 : BOX[1] - 1, BOX[0] : BOX[2]] > 60).mean() > 0.3
    assert ImageStat.Stat(shown(boxes_on_a(FOUND))).mean != ImageStat.Stat(FOUND.a).mean


def test_pictures_for_the_browser_have_at_most_1600_pixels_a_side() -> None:
    large = PHOTO.resize((3600, 2700))
    found = compare(large, painted(large, (100, 100, 400, 400)))
    for content in (picture_b(found), heat_map(found), boxes_on_a(found)):
        assert max(shown(content).size) == 1600


def test_nothing_can_be_laid_over_a_picture_of_another_shape() -> None:
    found = compare(PHOTO, Image.new("RGB", (20, 900)))
    for draw in (overlay, heat_map):
        with pytest.raises(ValueError, match="reason"):
            draw(found)
