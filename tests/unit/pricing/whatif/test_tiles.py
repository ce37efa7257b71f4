"""The drawing of an image as the model sees it, cut into tiles or patches."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from components.models import catalogue
from components.pricing.whatif.rules.tiles import TileDrawing, draw, drawing
from components.tokens import count_image_tokens
from tests.support.fuzzing import examples

MODELS = [name for m in catalogue() if m.image_rule for name in (m.id, *m.examples)]
SIDES = st.integers(1, 12_000)
YELLOW = (255, 214, 10)


def shown(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def yellow_at(image: Image.Image, x: int, y: int) -> bool:
    """Whether the pixel is of a line; WebP changes colours a little and thin ones a lot."""
    red, green, blue = image.getpixel((x, y))  # type: ignore[misc]
    return bool(red > blue + 25 and green > blue + 15)


@given(st.sampled_from(MODELS), SIDES, SIDES, st.sampled_from(["auto", "low", "high"]))
@settings(max_examples=examples(400))
def test_the_lines_cut_the_image_into_the_squares_that_are_counted(
    model: str, width: int, height: int, detail: str
) -> None:
    found = count_image_tokens(model, width, height, detail)
    cut = drawing(model, width, height, detail)
    assert (cut.width, cut.height) == found.resized
    assert (len(cut.xs) + 1, len(cut.ys) + 1) == (found.grid or (1, 1))
    assert all(0 < size <= side for size, side in zip(cut.last, cut.covered, strict=True))
    assert 0 <= cut.covered[0] - cut.width < max(cut.side, 1)
    assert 0 <= cut.covered[1] - cut.height < max(cut.side, 1)


def test_tiles_are_512_px_and_the_last_column_is_half_empty() -> None:
    cut = drawing("gpt-4o", 2048, 4096, "high")
    assert (cut.xs, cut.ys) == ((512,), (512, 1024))
    assert cut.last == (256, 512)
    assert cut.covered == (1024, 1536)


@pytest.mark.parametrize(
    ("model", "side"),
    [("gpt-4o", 512), ("gpt-6-luna", 32), ("claude-opus-5", 28), ("qwen2.5vl:7b", 28)],
)
def test_each_kind_has_squares_of_its_own(model: str, side: int) -> None:
    assert drawing(model, 900, 700, "high").side == side


def test_an_image_that_is_not_cut_has_no_lines() -> None:
    cut = drawing("gpt-4o", 4000, 3000, "low")
    assert (cut.width, cut.height, cut.side, cut.xs, cut.ys) == (512, 384, 0, (), ())


@pytest.mark.parametrize("dark", [True, False])
def test_the_drawing_has_its_lines_where_the_tiles_meet(dark: bool) -> None:
    image = shown(draw(drawing("gpt-4o", 2048, 4096, "high"), dark=dark))
    assert image.size == (480, 720)
    assert yellow_at(image, 240, 60)
    assert yellow_at(image, 100, 240)
    assert yellow_at(image, 100, 480)
    assert not yellow_at(image, 180, 60)


def test_the_picture_is_drawn_where_the_image_is_and_nowhere_else() -> None:
    red = Image.new("RGB", (600, 400), (220, 0, 0))
    image = shown(draw(drawing("gpt-4o", 300, 200), red))
    assert image.size == (720, 720)  # one whole tile is paid for
    inside, beyond = image.getpixel((200, 140)), image.getpixel((600, 600))
    assert isinstance(inside, tuple)
    assert isinstance(beyond, tuple)
    assert inside[0] > 180
    assert inside[1] < 60
    assert min(beyond) > 180


def test_themes_differ() -> None:
    cut = drawing("gpt-4o", 1000, 700, "high")
    light, dark = (shown(draw(cut, dark=theme)).resize((1, 1)) for theme in (False, True))
    assert sum(light.getpixel((0, 0))) > sum(dark.getpixel((0, 0))) + 150  # type: ignore[arg-type]


def test_few_squares_are_numbered_and_many_are_not() -> None:
    def darkest(cut: TileDrawing, place: float) -> int:
        """Around a place of the first square. Numbers are on dark chips."""
        side = cut.side * 720 // max(cut.covered)
        middle = round(side * place)
        spot = shown(draw(cut)).crop((middle - 6, middle - 6, middle + 6, middle + 6))
        return min(spot.convert("L").tobytes())

    few, many = TileDrawing(2560, 2048, 512, 5, 4), TileDrawing(2560, 2560, 512, 5, 5)
    assert darkest(few, 0.1) < 60
    assert darkest(many, 0.1) > 150
    assert darkest(few, 0.5) > 150  # the middle is left to the picture


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "F"])
def test_any_mode_of_picture_can_be_drawn(mode: str) -> None:
    assert shown(draw(drawing("gpt-4o", 30, 20), Image.new(mode, (30, 20)))).size == (720, 720)


@pytest.mark.parametrize("size", [(1, 100_000), (100_000, 1), (1, 1), (1_000_000, 1_000_000)])
@pytest.mark.parametrize("model", ["gpt-4o", "gpt-6-luna", "claude-opus-5", "gemini-2.0-flash"])
def test_any_shape_can_be_drawn(size: tuple[int, int], model: str) -> None:
    assert max(shown(draw(drawing(model, *size, "auto"))).size) == 720


def test_64_columns_have_every_line_and_very_many_say_which_are_drawn() -> None:
    assert TileDrawing(2048, 2048, 32, 64, 64).every() == 1
    many = TileDrawing(32_000, 320, 32, 1000, 10)
    assert many.every() == 6  # 0.72 px apart: each sixth is 4.3 px from the next
    assert many.every(longest=4000) == 1


def test_a_padded_picture_keeps_its_shape() -> None:
    white = Image.new("RGB", (100, 100), "white")
    cut = drawing("llava:13b", 336 * 3, 336)
    assert cut.padded
    image = shown(draw(cut, white))
    assert sum(image.getpixel((360, 30))) > 700  # type: ignore[arg-type]
    assert sum(image.getpixel((60, 60))) < 700  # type: ignore[arg-type]
