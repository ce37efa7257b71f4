"""What is drawn in the colour of the ground that replaces transparency is told of."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFont

from components.images import prepare_image, shown
from tests.support.paths import SHARED as SHARED_FILES

MIXED = SHARED_FILES / "data" / "found" / "transparent_mixed.png"
CLEAR = (0, 0, 0, 0)


def written(*colours: str, size: tuple[int, int] = (900, 500), kind: str = "PNG") -> bytes:
    """A transparent picture with a line of text in each colour."""
    picture = Image.new("RGBA", size, CLEAR)
    draw = ImageDraw.Draw(picture)
    for n, colour in enumerate(colours):
        draw.text((40, 40 + 150 * n), "Total 42.50", fill=colour, font=ImageFont.load_default(90))
    return saved(picture, kind)


def window(paper: str) -> bytes:
    """A screenshot with round corners and a shadowless, clear margin."""
    picture = Image.new("RGBA", (900, 600), CLEAR)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((30, 30, 870, 570), 40, fill=paper)
    draw.text((100, 200), "Settings", fill="#808080", font=ImageFont.load_default(90))
    return saved(picture)


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    out = BytesIO()
    picture.save(out, kind, **({"lossless": True} if kind == "WEBP" else {}))
    return out.getvalue()


def codes(content: bytes) -> list[str]:
    return [note.code for note in prepare_image(content, "x.png", model="gpt-4o").notes]


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize("colours", [("#111111", "#ffffff"), ("white", "white", "black")])
def test_dark_and_white_text_on_nothing_is_told_of_whichever_ground_is_taken(
    colours: tuple[str, ...], kind: str
) -> None:
    content = written(*colours, kind=kind)
    assert "hidden" in codes(content)
    assert shown(content, 512).hidden


@pytest.mark.parametrize("colours", [("#111111",), ("white",), ("#cc2020", "#2050cc")])
def test_text_that_is_seen_on_its_ground_is_not(colours: tuple[str, ...]) -> None:
    assert "hidden" not in codes(written(*colours))


@pytest.mark.parametrize("paper", ["#ffffff", "#f4f4f4", "#202020", "#d0e0f0"])
def test_a_window_with_round_corners_is_not(paper: str) -> None:
    assert "hidden" not in codes(window(paper))


def test_a_picture_without_transparency_is_not() -> None:
    opaque = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(opaque).text((20, 20), "x", fill="#fafafa")
    assert "hidden" not in codes(saved(opaque))


def test_the_note_comes_before_what_was_merely_done() -> None:
    found = codes(written("black", "white"))
    assert found.index("hidden") < found.index("flattened")


def test_the_picture_that_was_found_is_told_of() -> None:
    if not MIXED.exists():
        pytest.skip("the picture is not beside the repository")
    assert "hidden" in codes(MIXED.read_bytes())
