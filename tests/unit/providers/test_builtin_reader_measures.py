"""Sharpness, light, colours and shape."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from components.i18n import texts
from components.providers.builtin_reader.colours import main_colours, name_of
from components.providers.builtin_reader.decode import decode
from components.providers.builtin_reader.measure import light, ratio_name, sharpness
from components.providers.builtin_reader.settings import load
from components.samples import Sample, samples
from tests.unit.providers.reader_pictures import drawn

PAGE = drawn(
    [(40, 20 + 45 * row, f"Line number {row} of the page") for row in range(8)], size=(800, 400)
)


def test_a_sharp_picture_is_sharp_and_a_blurred_one_blurred() -> None:
    assert sharpness(PAGE).word == "sharp"
    blurred = sharpness(PAGE.filter(ImageFilter.GaussianBlur(5)))
    assert blurred.word == "blurred"
    assert blurred.variance < sharpness(PAGE.filter(ImageFilter.GaussianBlur(2))).variance


def test_much_plain_background_does_not_make_a_picture_blurred() -> None:
    wide = Image.new("RGB", (1600, 1200), "white")
    wide.paste(PAGE, (400, 400))
    assert sharpness(wide).word == "sharp"


def test_of_an_empty_picture_nothing_is_claimed() -> None:
    assert sharpness(drawn([])).word == "flat"
    assert sharpness(Image.new("RGB", (1, 1))).word == "flat"


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.id)
def test_the_samples_are_sharp(sample: Sample) -> None:
    for _, content in sample.pictures():
        assert sharpness(decode(content)).word == "sharp"


def test_light_and_contrast_have_words() -> None:
    dark = light(Image.new("RGB", (100, 100), "#202020"))
    assert (dark.brightness_word, dark.contrast_word) == ("dark", "low")
    page = light(PAGE)
    assert (page.brightness_word, page.contrast_word) == ("bright", "high")


def test_colours_come_with_names_values_and_shares() -> None:
    flag = Image.new("RGB", (300, 200), "#0000ff")
    ImageDraw.Draw(flag).rectangle((0, 0, 99, 199), fill="#ff0000")
    colours = main_colours(flag)
    assert [(one.name, one.hex) for one in colours] == [("blue", "#0000ff"), ("red", "#ff0000")]
    assert colours[0].share == pytest.approx(2 / 3, abs=0.01)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ((10, 10, 10), "black"),
        ((250, 250, 250), "white"),
        ((255, 140, 0), "orange"),
        ((139, 90, 43), "brown"),
        ((34, 139, 34), "green"),
        ((135, 206, 235), "light_blue"),
        ((255, 192, 203), "pink"),
        ((75, 0, 130), "purple"),
    ],
)
def test_colours_are_named_as_people_name_them(value: tuple[int, int, int], name: str) -> None:
    assert name_of(np.array(value, np.uint8)) == name


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_colour_has_a_name_in_words(lang: str) -> None:
    missing = [name for name in load("colours") if f"reader.colour.{name}" not in texts(lang)]
    assert missing == []


@pytest.mark.parametrize(
    ("size", "name"),
    [((4000, 3000), "4:3"), ((1080, 1920), "9:16"), ((500, 500), "1:1"), ((1850, 1000), "1.85:1")],
)
def test_shapes_are_usual_ratios(size: tuple[int, int], name: str) -> None:
    assert ratio_name(*size) == name
