"""How one picture is laid over another."""

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from components.pixels import Alignment, align
from tests.unit.pixels.pictures import PHOTO, SCREEN, moved, painted

BOTH = pytest.mark.parametrize("picture", [PHOTO, SCREEN], ids=["photo", "screen"])


def aligned(a: Image.Image, b: Image.Image) -> Alignment:
    return align(np.asarray(a), np.asarray(b))


@BOTH
def test_a_picture_lies_on_itself(picture: Image.Image) -> None:
    assert aligned(picture, picture).steps == ()


@BOTH
@pytest.mark.parametrize("shift", [(1, 0), (7, -4), (-30, 22)])
def test_a_shift_is_undone_by_whole_pixels(picture: Image.Image, shift: tuple[int, int]) -> None:
    found = aligned(picture, moved(picture, *shift))
    assert found.steps == ("shifted",)
    assert found.shift == pytest.approx((-shift[0], -shift[1]), abs=0.01)


def test_a_shift_is_found_in_spite_of_brightness_and_an_edited_part() -> None:
    other = ImageEnhance.Brightness(painted(PHOTO, (0, 0, 300, 300))).enhance(1.15)
    found = aligned(PHOTO, moved(other, 5, 9))
    assert found.shift == pytest.approx((-5, -9), abs=0.01)


@BOTH
@pytest.mark.parametrize("degrees", [1.0, -5.0])
def test_a_turn_is_undone(picture: Image.Image, degrees: float) -> None:
    found = aligned(picture, picture.rotate(degrees, Image.Resampling.BICUBIC))
    assert "turned" in found.steps
    assert found.turn == pytest.approx(degrees, abs=0.1)
    assert found.scale == pytest.approx(1, abs=0.003)


@BOTH
def test_a_picture_on_its_side_is_turned(picture: Image.Image) -> None:
    found = aligned(picture, picture.rotate(90, expand=True))
    assert found.steps == ("turned",)
    assert found.turn == pytest.approx(90, abs=0.1)


@BOTH
def test_sizes_are_matched(picture: Image.Image) -> None:
    found = aligned(picture, picture.resize((picture.width // 2, picture.height // 2)))
    assert found.steps == ("scaled",)
    assert found.scale == pytest.approx(2, abs=0.01)


@BOTH
@pytest.mark.parametrize("cut", [(50, 30, 800, 420), (300, 200, 620, 530), (90, 56, 910, 569)])
def test_a_part_is_found_where_it_was_cut_out(
    picture: Image.Image, cut: tuple[int, int, int, int]
) -> None:
    cut = (*cut[:2], min(cut[2], picture.width), min(cut[3], picture.height))
    found = aligned(picture, picture.crop(cut))
    assert found.steps == ("shifted",)
    assert found.shift == pytest.approx(cut[:2], abs=0.01)
    share = (cut[2] - cut[0]) * (cut[3] - cut[1]) / (picture.width * picture.height)
    assert found.overlap == pytest.approx(share, abs=0.01)


@BOTH
def test_a_picture_is_laid_over_its_part(picture: Image.Image) -> None:
    found = aligned(picture.crop((50, 30, 800, 420)), picture)
    assert found.shift == pytest.approx((-50, -30), abs=0.01)
    assert found.overlap == pytest.approx(1, abs=0.001)


def test_an_edited_half_does_not_move_the_rest() -> None:
    width, height = PHOTO.size
    assert aligned(PHOTO, painted(PHOTO, (0, 0, width // 2, height))).steps == ()


def test_shapes_without_a_common_part_are_not_laid_over_each_other() -> None:
    found = aligned(PHOTO, SCREEN.crop((0, 0, 200, 600)))
    assert found.reason == "ratio"
    assert not found.possible


def test_nothing_alike_is_said_and_laid_as_it_is() -> None:
    found = aligned(PHOTO, SCREEN.resize(PHOTO.size))
    assert found.reason == "no_match"
    assert found.possible
    assert found.steps == ()


@pytest.mark.parametrize(
    ("a", "b"), [((5000, 1), (1, 5000)), ((5000, 1), (4999, 2)), ((3, 3), (3, 900))]
)
def test_slivers_are_refused_with_a_reason(a: tuple[int, int], b: tuple[int, int]) -> None:
    assert aligned(Image.new("RGB", a), Image.new("RGB", b, "red")).reason == "ratio"
