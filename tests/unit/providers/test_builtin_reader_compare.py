"""What differs between two pictures."""

from PIL import Image, ImageDraw

from components.providers.builtin_reader.compare import (
    TextChange,
    compare_pixels,
    compare_text,
    shot,
)
from tests.unit.providers.reader_pictures import ask, drawn, part

MENU = [(60, 60, "Coffee"), (600, 60, "3.50"), (60, 160, "Tea"), (600, 160, "2.75")]
OLD = drawn(MENU)
NEW = drawn([*MENU[:3], (600, 160, "2.95"), (60, 280, "Cake")])


def test_a_changed_spot_is_found_where_it_is() -> None:
    other = OLD.copy()
    ImageDraw.Draw(other).rectangle((650, 300, 729, 359), fill="red")
    found = compare_pixels(shot(OLD), shot(other))
    assert found.kind == "regions"
    assert [region.where for region in found.regions] == ["lower_right"]
    assert found.regions[0].box == (650, 300, 730, 360)
    assert abs(found.share - 80 * 60 / (800 * 400)) < 0.001


def test_changed_spots_of_a_large_picture_are_told_in_its_own_pixels() -> None:
    large = OLD.resize((3200, 1600))
    other = large.copy()
    ImageDraw.Draw(other).rectangle((100, 100, 499, 299), fill="blue")
    (region,) = compare_pixels(shot(large), shot(other)).regions
    assert region.where == "upper_left"
    assert max(abs(a - b) for a, b in zip(region.box, (100, 100, 500, 300), strict=True)) <= 8


def test_identical_pictures_are_called_identical() -> None:
    answer = ask("Is there any difference between them?", part(OLD), part(OLD.copy(), "b.png"))
    assert answer.startswith("### A and B compared\n\n- **Pixels:** identical")


def test_a_resized_copy_differs_in_noise_only() -> None:
    smaller = OLD.resize((640, 320), Image.Resampling.LANCZOS)
    back = smaller.resize(OLD.size, Image.Resampling.LANCZOS)
    soft = Image.blend(OLD, back, 0.1)
    assert compare_pixels(shot(OLD), shot(soft)).kind == "noise"


def test_other_shapes_are_not_laid_over_each_other() -> None:
    assert compare_pixels(shot(OLD), shot(OLD.rotate(90, expand=True))).kind == "shape"


def test_quite_another_picture_is_called_so() -> None:
    assert compare_pixels(shot(OLD), shot(Image.new("RGB", OLD.size))).kind == "everything"


def test_text_that_differs_is_quoted_from_both() -> None:
    answer = ask("What changed?", part(OLD), part(NEW, "b.png"))
    assert "  - A: “Tea 2.75” → B: “Tea 2.95”" in answer
    assert "  - only in B: “Cake”" in answer
    assert answer.index("compared") < answer.index("### A ·")


def test_differences_are_told_in_chinese() -> None:
    answer = ask("这两张图有什么区别？", part(OLD), part(NEW, "b.png"), lang="zh")
    assert answer.startswith("### 对比 A 和 B")
    assert "只在 B 中：“Cake”" in answer
    assert "右侧" in answer


def test_more_than_two_pictures_are_compared_with_the_first() -> None:
    third = part(OLD.copy(), "c.png")
    answer = ask("Are these pictures identical?", part(OLD), part(NEW, "b.png"), third)
    assert "### A and B compared" in answer
    assert "### A and C compared\n\n- **Pixels:** identical" in answer


def test_one_picture_cannot_be_compared() -> None:
    assert ask("What is the difference?", part(OLD)).startswith("There is only one image")


def test_rows_are_removed_added_and_replaced() -> None:
    assert compare_text(["a", "b", "c"], ["a", "x", "c", "d"]) == [
        TextChange("b", "x"),
        TextChange(None, "d"),
    ]
    assert compare_text(["a", "b"], ["b"]) == [TextChange("a", None)]
