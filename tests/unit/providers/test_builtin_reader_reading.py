"""Text: what is read, in which order, which way up, and how large."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from components.providers.builtin_reader import read_text
from components.providers.builtin_reader.measure import direction
from components.samples import samples
from tests.unit.providers.reader_pictures import ask, drawn, part

NOTICE = drawn(
    [(60, 40, "Swimming pool"), (60, 140, "Closed on Monday"), (60, 240, "Please use gate four")]
)
SPOKEN = ["Swimming pool", "Closed on Monday", "Please use gate four"]


def texts(picture: Image.Image) -> list[str]:
    return [line.text for line in read_text(picture)]


def test_text_is_read_with_its_place_and_height() -> None:
    lines = read_text(NOTICE)
    assert [line.text for line in lines] == SPOKEN
    first = lines[0]
    (left, top), _, (right, bottom), _ = first.box
    # Pillow draws at (60, 40) in 40 px; "S" to "g" is most of that.
    assert 40 <= left <= 62
    assert 30 <= top <= 55
    assert 300 <= right <= 345
    assert bottom - top >= first.height
    assert 30 <= first.height <= 44
    assert first.confidence > 0.9
    assert abs(first.angle) < 3


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_turned_text_is_read_in_order_and_the_turn_is_told(turned: int) -> None:
    picture = NOTICE.rotate(-turned, expand=True)  # Pillow turns counterclockwise
    lines = read_text(picture)
    assert [line.text for line in lines] == SPOKEN
    found = direction(lines)
    assert found is not None
    assert found.quarter == turned
    assert not found.mixed


def test_tilted_text_is_told_with_its_degrees() -> None:
    tilted = NOTICE.rotate(-8, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    found = direction(read_text(tilted))
    assert found is not None
    assert found.quarter == 0
    assert found.tilt == pytest.approx(8, abs=1.5)
    answer = ask("Is the text tilted?", part(tilted))
    assert f"tilted about {found.tilt:.0f}° clockwise" in answer


def test_upside_down_is_said_in_words() -> None:
    answer = ask("Is this upside down?", part(NOTICE.rotate(180)))
    assert answer.startswith("- **Text direction:** upside down")


def test_pieces_of_one_row_stay_together() -> None:
    bill = drawn([(60, 60, "Coffee"), (600, 60, "3.50"), (60, 130, "Tea"), (600, 130, "2.75")])
    assert texts(bill) == ["Coffee", "3.50", "Tea", "2.75"]
    assert "> Coffee\u20033.50  \n> Tea\u20032.75" in ask("Read this", part(bill))


def test_columns_of_running_text_are_read_one_by_one() -> None:
    words = ["alpha beta gamma delta", "epsilon zeta eta theta", "iota kappa lambda mu"]
    left = [(40, 120 + 45 * at, f"Left {line}") for at, line in enumerate(words)]
    right = [(560, 120 + 45 * at, f"Right {line}") for at, line in enumerate(words)]
    page = drawn([(200, 30, "A title that spans them"), *left, *right], size=(1040, 320), text=32)
    expected = [*(f"Left {line}" for line in words), *(f"Right {line}" for line in words)]
    assert texts(page) == ["A title that spans them", *expected]


def test_a_picture_without_text_says_so() -> None:
    assert read_text(drawn([])) == []
    assert "I found no text." in ask("Read this", part(drawn([])))


def test_chinese_is_read() -> None:
    try:
        font = ImageFont.truetype("NotoSansCJK-Regular.ttc", 48)
    except OSError:
        pytest.skip("the font Noto Sans CJK is not installed")
    picture = Image.new("RGB", (800, 300), "white")
    ImageDraw.Draw(picture).text((50, 50), "城市体育馆售票处", font=font, fill="black")
    ImageDraw.Draw(picture).text((50, 160), "今天营业到九点", font=font, fill="black")
    assert texts(picture) == ["城市体育馆售票处", "今天营业到九点"]


def test_a_sample_sign_in_two_languages_is_read() -> None:
    (_, content), *_ = next(one for one in samples() if one.id == "stadium_sign").pictures()
    read = [line.text for line in read_text(content)]
    assert [
        text for text in ("城市体育馆", "City Stadium", "出口", "Exit") if text not in read
    ] == []


def test_small_text_is_flagged_at_low_detail_and_not_at_high() -> None:
    page = drawn([(100, 100, "A line of small print")], size=(2000, 1500), text=28)
    low = ask("Is any text too small?", part(page, detail="low"))
    assert "(1 of 1): “A line of small print” (6 px)" in low
    high = ask("Is any text too small?", part(page, detail="high"))
    assert "none too small" in high


def test_a_single_letter_says_nothing_about_the_direction() -> None:
    answer = ask("Is this upside down?", part(drawn([(300, 100, "Q")], text=160)))
    assert answer.startswith("- **Text direction:** unknown")
