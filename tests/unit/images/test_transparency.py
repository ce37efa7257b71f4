"""Transparent pictures: flattened so that what was drawn can be seen."""

import pytest
from PIL import Image, ImageDraw

from components.images import prepare_image
from tests.unit.images.make import encoded, frames, opened, quadrants

MODEL = "gpt-4o"


def drawing(ink: tuple[int, int, int], mode: str = "RGBA", bars: int = 3) -> Image.Image:
    """Bars of `ink` on nothing; the hidden colour under it is the opposite of white and ink."""
    im = Image.new("RGBA", (120, 80), (90, 0, 90, 0))
    draw = ImageDraw.Draw(im)
    for i in range(bars):
        draw.rectangle((10 + i * 25, 10, 20 + i * 25, 70), fill=(*ink, 255))
    return im.convert(mode)


def ground_and_ink(data: bytes) -> tuple[int, int]:
    """Brightness between the bars and on one, as sent."""
    im = opened(prepare_image(data, "a", model=MODEL).content)
    assert im.mode in ("L", "RGB", "P")
    assert "transparency" not in im.info
    grey = im.convert("RGB").convert("L")
    ground, ink = grey.getpixel((2, 2)), grey.getpixel((15, 40))
    assert isinstance(ground, int)
    assert isinstance(ink, int)
    return ground, ink


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "HEIF"])
def test_dark_ink_gets_white_paper(kind: str) -> None:
    ground, ink = ground_and_ink(encoded(drawing((10, 10, 60)), kind))
    assert ground > 245
    assert ink < 40


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_light_ink_on_much_transparency_gets_dark_paper(kind: str) -> None:
    ground, ink = ground_and_ink(encoded(drawing((250, 250, 240)), kind))
    assert ground < 60
    assert ink > 235


def test_light_ink_that_covers_most_keeps_white_paper() -> None:
    im = Image.new("RGBA", (120, 80), (240, 240, 240, 255))
    im.paste((0, 0, 0, 0), (0, 0, 30, 80))
    assert ground_and_ink(encoded(im, "PNG"))[0] > 245


def test_grey_with_alpha_and_palettes_are_flattened_alike() -> None:
    for mode in ("LA", "P"):
        ground, ink = ground_and_ink(encoded(drawing((10, 10, 10), mode), "PNG"))
        assert ground > 245
        assert ink < 40


def test_a_transparent_colour_of_rgb_is_flattened() -> None:
    im = Image.new("RGB", (120, 80), (90, 0, 90))
    im.paste((10, 10, 10), (10, 10, 20, 70))
    assert ground_and_ink(encoded(im, "PNG", transparency=(90, 0, 90)))[0] > 245


def test_a_gif_with_a_transparent_colour_is_flattened() -> None:
    ground, ink = ground_and_ink(encoded(drawing((10, 10, 10)), "GIF"))
    assert ground > 245
    assert ink < 40


def test_half_transparent_edges_do_not_show_the_hidden_colour() -> None:
    im = drawing((10, 10, 10)).resize((1200, 800))
    content = prepare_image(encoded(im, "PNG"), "a", model=MODEL, detail="low").content
    shown = opened(content).convert("RGB")
    assert all(max(c) - min(c) < 30 for _, c in shown.getcolors(2**20) or [])


def test_alpha_that_hides_nothing_is_passed_through() -> None:
    data = encoded(quadrants().convert("RGBA"), "PNG")
    made = prepare_image(data, "a.png", model=MODEL)
    assert made.content == data
    assert not made.notes


def test_flattening_is_noted() -> None:
    made = prepare_image(encoded(drawing((10, 10, 10)), "PNG"), "a.png", model=MODEL)
    assert [n.code for n in made.notes] == ["flattened"]


def test_one_frame_files_are_no_animations() -> None:
    for kind in ("GIF", "WEBP", "PNG"):
        assert prepare_image(frames(1, kind), "a", model=MODEL).width == 40
