"""Fixes carried out, and what the model sees."""

from io import BytesIO

import pytest
from PIL import Image

from components.images import inspect_image
from components.preflight import (
    Fix,
    ImageAnalyzer,
    ImageToCheck,
    draw_view,
    fixed,
    keeps_original,
    loupe,
    pixels,
    seen,
)
from components.samples import sample
from tests.bench.support.pictures import photograph
from tests.unit.images.make import exif, oriented, quadrants
from tests.unit.preflight.drawn import encoded, page


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def test_a_crop_is_cut_from_the_upright_picture_and_has_no_metadata() -> None:
    content = encoded(photograph(400, 300), "JPEG", exif=exif(6, place=True))
    (crop,) = fixed(content, "holiday.jpg", Fix("crop", ((10, 20, 110, 90),)))
    info = inspect_image(crop.content, crop.name)
    assert (info.width, info.height) == (100, 70)
    assert not info.has_gps
    assert not info.has_exif
    assert crop.name == "holiday-crop-1.jpg"


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_crop_shows_what_its_box_holds(orientation: int) -> None:
    box = (0, 0, 40, 28)  # the red quarter of `quadrants`
    (crop,) = fixed(oriented("PNG", orientation), "a.png", Fix("crop", (box,)))
    assert opened(crop.content).getpixel((20, 14)) == (220, 20, 20)


def test_turning_goes_clockwise() -> None:
    (right,) = fixed(encoded(quadrants(96, 64)), "a.png", Fix("turn", degrees=90))
    picture = opened(right.content)
    assert picture.size == (64, 96)
    assert picture.getpixel((48, 24)) == (220, 20, 20)  # red was upper left


def test_parts_come_in_order_and_take_the_pictures_place() -> None:
    fix = Fix("split", ((0, 0, 60, 64), (40, 0, 96, 64)))
    first, second = fixed(encoded(quadrants(96, 64)), "a.png", fix)
    assert (opened(first.content).width, opened(second.content).width) == (60, 56)
    assert not keeps_original(fix)
    assert keeps_original(Fix("crop", ((0, 0, 1, 1),)))


def test_what_is_covered_is_gone_and_the_rest_is_as_it_was() -> None:
    (covered,) = fixed(encoded(quadrants(96, 64)), "a.png", Fix("cover", ((0, 0, 48, 32),)))
    picture = opened(covered.content)
    assert picture.getpixel((47, 31)) == (32, 32, 32)
    assert picture.getpixel((48, 31)) == (20, 180, 20)


def test_drawings_stay_drawings_unless_the_endpoint_takes_jpeg_alone() -> None:
    fix = Fix("crop", ((0, 0, 300, 200),))
    assert fixed(encoded(page(20)), "a.png", fix)[0].media_type == "image/png"
    assert fixed(encoded(page(20)), "a.png", fix, jpeg_only=True)[0].media_type == "image/jpeg"


def test_another_detail_needs_no_new_picture() -> None:
    assert fixed(encoded(quadrants()), "a.png", Fix("detail", detail="high")) == ()


def test_a_box_outside_of_the_picture_is_an_error() -> None:
    with pytest.raises(ValueError, match="inside"):
        fixed(encoded(quadrants(96, 64)), "a.png", Fix("crop", ((0, 0, 97, 64),)))


def test_the_view_has_the_pixels_and_the_grid_that_the_model_gets() -> None:
    view = seen(
        ImageToCheck(encoded(photograph(2048, 4096), "JPEG"), "a", "gpt-4o", "high"),
        analyzer=ImageAnalyzer(),
    )
    assert (view.size, view.original) == ((768, 1536), (2048, 4096))
    assert (view.grid.columns, view.grid.rows, view.grid.side) == (2, 3, 512)
    assert pixels(view).size == (768, 1536)


def test_the_view_marks_lines_that_are_lost_and_lines_that_are_still_there() -> None:
    small, large = page(11), page(70, size=(1600, 500), lines=("Workshop prices", "from March on"))
    together = Image.new("RGB", (1600, 1700), "white")
    together.paste(large, (0, 0))
    together.paste(small, (0, 500))
    view = seen(
        ImageToCheck(encoded(together), "a", "gpt-4o", "low"), analyzer=ImageAnalyzer(), wait=True
    )
    states = {line.text: line.state for line in view.lines or ()}
    assert states["Workshop prices"] == states["from March on"] == "read"
    assert view.count("lost") >= 5
    assert view.smallest is not None
    assert view.smallest < 5
    for line in view.lines or ():
        assert 0 <= line.box[0] <= line.box[2] <= view.size[0]
        assert 0 <= line.box[1] <= line.box[3] <= view.size[1]


def test_the_drawing_is_true_to_size_with_green_and_red_frames() -> None:
    content = encoded(page(11))
    view = seen(ImageToCheck(content, "a", "gpt-4o", "low"), analyzer=ImageAnalyzer(), wait=True)
    marked, plain = (
        opened(draw_view(view, grid=False)),
        opened(draw_view(view, grid=False, text=False)),
    )
    assert marked.size == plain.size == view.size
    assert reddish(marked) > 50
    assert reddish(plain) == 0
    covered = opened(draw_view(view, grid=True))
    assert covered.size == view.grid.covered


def reddish(picture: Image.Image) -> int:
    colours = picture.getcolors(picture.width * picture.height) or []
    return sum(n for n, (r, g, b) in colours if r > 180 and g < 120 and b < 120)


def test_the_loupe_shows_the_same_place_twice() -> None:
    content = encoded(quadrants(1600, 1200))
    view = seen(ImageToCheck(content, "a", "gpt-4o", "low"), analyzer=ImageAnalyzer())
    for x, y, colour in (
        (20, 20, (220, 20, 20)),
        (500, 20, (20, 180, 20)),
        (9999, 9999, (255,) * 3),
    ):
        original, mine = (opened(one) for one in loupe(view, content, x, y))
        assert original.size == mine.size == (384, 384)
        middles = [one.getpixel((192, 192)) for one in (original, mine)]
        assert all(near(m, colour) for m in middles), (x, y, middles)


def near(one: object, other: tuple[int, ...]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 16 for a, b in zip(one, other, strict=True))


def test_the_builtin_readers_pictures_can_be_viewed_too() -> None:
    _, content = sample("shop_sign").pictures()[0]
    assert seen(ImageToCheck(content, "a", "builtin-reader"), analyzer=ImageAnalyzer()).size[0] > 0
