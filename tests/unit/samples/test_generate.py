import pytest
from PIL import Image, ImageChops

from components.samples import generate
from components.samples.drawing import fonts
from components.samples.drawing.canvas import Canvas
from components.samples.drawing.shapes import rect, rounded, turned
from tests.e2e.browser.visiting import needs

NO_FONTS = "the fonts that the pictures are drawn with aren't installed (Debian: fonts-liberation)"


@pytest.fixture(scope="module")
def drawn() -> dict[str, Image.Image]:
    needs(None if fonts.missing() else "all", NO_FONTS)
    return dict(generate.drawn())


def test_exactly_the_kept_pictures_are_drawn(drawn):
    kept = {path.stem for path in generate.PICTURES.iterdir()}
    assert set(drawn) == kept


def test_drawing_again_gives_the_kept_pictures(drawn):
    for name, fresh in drawn.items():
        kept = Image.open(generate.PICTURES / f"{name}.webp").convert("RGB")
        assert fresh.size == kept.size, name
        # Blocks of 8 x 8 pixels even out the traces of compression, but not a missing thing.
        off = ImageChops.difference(fresh.reduce(8), kept.reduce(8))
        assert max(high for _, high in off.getextrema()) < 24, name


def test_a_picture_is_saved_true_to_its_colours(drawn, tmp_path):
    part = drawn["chart"].crop((600, 200, 900, 400))
    saved = Image.open(generate.save("chart", part, tmp_path)).convert("RGB")
    bar = (120, 150)
    for ours, theirs in zip(part.getpixel(bar), saved.getpixel(bar), strict=True):
        assert abs(ours - theirs) <= 3


def test_a_canvas_ends_at_the_size_it_was_asked_for_with_smooth_edges():
    canvas = Canvas(60, 40, "#ffffff")
    canvas.fill(turned(rect(20, 10, 20, 20), (30, 20), 30), "#000000")
    picture = canvas.finish()
    assert picture.size == (60, 40)
    assert picture.getpixel((30, 20)) == (0, 0, 0)
    assert any(60 < picture.getpixel((x, y))[0] < 200 for x in range(60) for y in range(40))


def test_a_shade_runs_from_its_first_colour_to_its_last_and_fills_every_pixel():
    canvas = Canvas(40, 40, "#00ff00")
    canvas.backdrop("#ff0000", "#0000ff")
    picture = canvas.finish()
    assert picture.getpixel((20, 0))[0] > 240
    assert picture.getpixel((20, 39))[2] > 240
    assert all(picture.getpixel((x, y))[1] < 10 for x in range(40) for y in range(40))


def test_a_rounded_rectangle_stays_within_its_box():
    points = rounded(10, 20, 100, 50, 12)
    assert min(x for x, _ in points) == pytest.approx(10)
    assert max(x for x, _ in points) == pytest.approx(110)
    assert min(y for _, y in points) == pytest.approx(20)
    assert max(y for _, y in points) == pytest.approx(70)
