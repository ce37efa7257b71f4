"""What differs between two pictures, and what only seems to."""

import pytest
from PIL import Image, ImageEnhance

from components.errors import ImageError
from components.pixels import PixelComparison, compare
from components.samples import sample
from tests.unit.pixels.pictures import PHOTO, SCREEN, file, moved, painted

Box = tuple[int, int, int, int]


def boxes(found: PixelComparison) -> list[Box]:
    return [region.box for region in found.regions]


def near(box: Box, other: Box, by: int) -> bool:
    return all(abs(a - b) <= by for a, b in zip(box, other, strict=True))


def test_the_five_differences_of_the_sample_are_found_and_nothing_else() -> None:
    (_, a), (_, b) = sample("pair").pictures()
    found = compare(a, b)
    # Where components/samples/drawing/pair.py draws them.
    flower, clock, book = (376, 305, 450, 412), (597, 144, 684, 200), (938, 108, 972, 246)
    stripe, bow = (560, 612, 670, 648), (899, 549, 972, 588)
    assert found.more == 0
    assert len(found.regions) == 5
    for expected in (flower, clock, book, stripe, bow):
        assert any(near(box, expected, 4) for box in boxes(found)), expected
    assert 0.005 < (found.share or 0) < 0.03
    assert 0.97 < (found.ssim or 0) < 1
    assert found.identical == ""
    assert found.alignment.steps == ()


def test_regions_are_sorted_by_size_and_exact() -> None:
    small, large = (700, 500, 720, 530), (100, 80, 300, 200)
    found = compare(PHOTO, painted(PHOTO, small, large))
    assert near(boxes(found)[0], large, 1)
    assert near(boxes(found)[1], small, 1)
    assert found.share == pytest.approx((200 * 120 + 20 * 30) / (900 * 675), rel=0.03)


def test_more_regions_than_asked_for_are_counted() -> None:
    spots = [(60 + 120 * i, 100, 75 + 120 * i, 115) for i in range(6)]
    found = compare(PHOTO, painted(PHOTO, *spots), at_most=4)
    assert (len(found.regions), found.more) == (4, 2)


def test_regions_of_a_large_picture_are_in_its_own_pixels() -> None:
    large = PHOTO.resize((3600, 2700))
    found = compare(large, painted(large, (800, 400, 1200, 700)))
    assert found.working_size == (1600, 1200)
    assert found.size == (3600, 2700)
    assert near(boxes(found)[0], (800, 400, 1200, 700), 6)


@pytest.mark.parametrize("picture", [PHOTO, SCREEN], ids=["photo", "screen"])
def test_jpeg_noise_is_no_difference(picture: Image.Image) -> None:
    found = compare(file(picture), file(picture, "JPEG", quality=85))
    assert boxes(found) == []
    assert found.identical == ""
    assert (found.share or 0) < 0.001
    assert (found.mean_difference or 0) > 0.1


@pytest.mark.parametrize("colour", ["inverted", (255, 0, 0)])
def test_a_single_pixel_is_told_from_noise(colour: str | tuple[int, int, int]) -> None:
    touched = PHOTO.copy()
    old = PHOTO.getpixel((200, 150))
    assert isinstance(old, tuple)
    new = tuple(255 - c for c in old) if isinstance(colour, str) else colour
    touched.putpixel((200, 150), new)
    assert compare(file(PHOTO), file(touched)).specks == 1
    assert compare(file(PHOTO), file(PHOTO, "JPEG", quality=85)).specks == 0


@pytest.mark.parametrize("quality", [60, 85])
def test_a_change_is_found_under_jpeg_noise(quality: int) -> None:
    changed = painted(PHOTO, (400, 300, 440, 330))
    found = compare(PHOTO, file(changed, "JPEG", quality=quality))
    assert len(found.regions) == 1
    assert near(boxes(found)[0], (400, 300, 440, 330), 4)


def test_one_changed_digit_on_a_screen_is_found() -> None:
    changed = SCREEN.copy()
    changed.paste(SCREEN.crop((60, 82, 68, 96)), (300, 82))
    found = compare(SCREEN, changed)
    assert len(found.regions) == 1
    left, top, right, bottom = boxes(found)[0]
    assert left >= 298
    assert right <= 310
    assert top >= 80
    assert bottom <= 98


def test_the_same_file_is_identical_in_bytes() -> None:
    found = compare(file(PHOTO), file(PHOTO))
    assert found.identical == "bytes"
    assert (found.ssim, found.share, found.mean_difference) == (1.0, 0.0, 0.0)


def test_another_format_without_loss_is_identical_in_pixels() -> None:
    assert compare(file(PHOTO), file(PHOTO, "WEBP", lossless=True)).identical == "pixels"


def test_one_pixel_that_vanishes_at_the_working_size_is_not_called_identical() -> None:
    large = PHOTO.resize((3600, 2700))
    other = large.copy()
    r, g, b = large.getpixel((1801, 1353))
    other.putpixel((1801, 1353), (r ^ 1, g, b))
    assert compare(large, other).identical == ""


def test_a_small_copy_differs_in_noise_only() -> None:
    for size in ((300, 225), (450, 338), (1350, 1012)):
        found = compare(PHOTO, PHOTO.resize(size, Image.Resampling.LANCZOS))
        assert boxes(found) == [], size
        assert found.alignment.steps == ("scaled",)


def test_a_brighter_copy_tells_how_much_brighter() -> None:
    found = compare(PHOTO, ImageEnhance.Brightness(PHOTO).enhance(1.1))
    assert 8 < (found.brightness or 0) < 16
    assert found.alignment.steps == ()


def test_only_what_overlaps_is_compared() -> None:
    part = painted(PHOTO, (10, 10, 40, 40), (500, 300, 560, 360)).crop((100, 75, 800, 600))
    found = compare(PHOTO, part)
    assert [near(box, (500, 300, 560, 360), 2) for box in boxes(found)] == [True]


def test_a_change_is_found_after_a_shift() -> None:
    other = moved(painted(PHOTO, (400, 300, 460, 350)), 6, -3)
    found = compare(PHOTO, other)
    assert near(boxes(found)[0], (400, 300, 460, 350), 2)
    assert len(found.regions) == 1


def test_pictures_of_other_shape_have_no_figures_but_a_reason() -> None:
    found = compare(PHOTO, Image.new("RGB", (40, 900), "green"))
    assert found.alignment.reason == "ratio"
    assert (found.ssim, found.share, found.mean_difference) == (None, None, None)
    assert found.regions == ()


def test_quite_another_picture_says_so_and_differs_everywhere() -> None:
    found = compare(PHOTO, SCREEN.resize(PHOTO.size))
    assert found.alignment.reason == "no_match"
    assert (found.share or 0) > 0.6


def test_single_pixels_can_be_compared() -> None:
    black, red = Image.new("RGB", (1, 1)), Image.new("RGB", (1, 1), "red")
    assert compare(black, black.copy()).identical == "pixels"
    assert compare(black, red).share == 1.0


def test_a_broken_file_is_named() -> None:
    with pytest.raises(ImageError) as caught:
        compare(file(PHOTO), b"no picture", names=("a.png", "b.png"))
    assert caught.value.name == "b.png"
