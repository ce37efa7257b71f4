"""Sizes as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.i18n import LANGUAGES, texts
from components.pricing.whatif.errors import CostError
from components.pricing.whatif.sizes import common_sizes, parse_size, parse_sizes
from components.pricing.whatif.types import MAX_COUNT, MAX_SIDE, Row


@pytest.mark.parametrize(
    ("written", "row"),
    [
        ("1024x1024", Row(1024, 1024)),
        ("1024 × 768", Row(1024, 768)),
        ("4000*3000", Row(4000, 3000)),
        ("1024,768", Row(1024, 768)),
        ("640,480", Row(640, 480)),
        ("1024 768", Row(1024, 768)),
        ("1024\t768\t3", Row(1024, 768, 3)),
        ("1024X768 PX", Row(1024, 768)),
        ("4,000x3,000", Row(4000, 3000)),
        ("1,200x800", Row(1200, 800)),
        ("１０２４×７６８", Row(1024, 768)),
        ("１０２４，７６８", Row(1024, 768)),
        ("1024 乘 768", Row(1024, 768)),
        ("1024x768@low", Row(1024, 768, detail="low")),
        (f"{MAX_SIDE}x1", Row(MAX_SIDE, 1)),
    ],
)
def test_a_size_is_read_as_people_write_it(written: str, row: Row) -> None:
    assert parse_size(written) == row


@pytest.mark.parametrize(
    "written",
    [
        "3 x 1024x768",
        "3x 1024x768",
        "3x1024x768",
        "1024x768 x3",
        "1024 x 768 x3",
        "1024x768x3",
        "1024x768 (3)",
        "1024x768（3）",
        "1024x768 (x3)",
        "1024x768 3张",
        "3张 1024x768",
        "1024,768,3",
    ],
)
def test_a_number_of_images_stands_before_or_after(written: str) -> None:
    assert parse_size(written) == Row(1024, 768, 3)


def test_a_count_that_is_the_largest_number_is_one_still_where_spaces_tell() -> None:
    assert parse_size("2000 x 100x50") == Row(100, 50, 2000)
    assert parse_size("100x50 x2000") == Row(100, 50, 2000)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("0x100", "size_zero"),
        ("100x0", "size_zero"),
        ("-5x5", "size_negative"),
        ("－5x5", "size_negative"),
        ("5x-5", "size_negative"),
        (f"{MAX_SIDE + 1}x1", "size_too_large"),
        ("9" * 100 + "x1", "size_too_large"),
        ("10.5x20", "size_not_a_number"),
        ("1024x", "size_not_a_number"),
        ("12ax5", "size_not_a_number"),
        ("hello", "size_unreadable"),
        ("x", "size_unreadable"),
        ("1x1x1x1", "size_unreadable"),
        ("5", "size_unreadable"),
        ("1" * 10_000, "size_unreadable"),
        ("5x5 (0)", "size_count"),
        ("5x5 ()", "size_count"),
        (f"5x5 ({MAX_COUNT + 1})", "size_count"),
        ("5x5@lo", "cost_detail"),
    ],
)
def test_what_is_no_size_is_named_with_its_reason(written: str, code: str) -> None:
    with pytest.raises(CostError) as caught:
        parse_size(written)
    assert caught.value.code == code
    assert str(caught.value.data["written"])[:2] in written


def test_several_sizes_stand_on_lines_or_between_semicolons_or_commas() -> None:
    read = parse_sizes("1024x768, 800x600; 3 x 5x5\n\n10,20；30x40、\n")
    assert read.rows == (Row(1024, 768), Row(800, 600), Row(5, 5, 3), Row(10, 20), Row(30, 40))
    assert read.bad == 0


def test_good_sizes_are_kept_and_the_bad_ones_named_by_their_number() -> None:
    read = parse_sizes("1x1;0x5;2x2;hello")
    assert read.rows == (Row(1, 1), Row(2, 2))
    assert [(each.code, each.data["row"]) for each in read.problems] == [
        ("size_zero", 2),
        ("size_unreadable", 4),
    ]


def test_many_bad_sizes_are_counted_and_the_first_named() -> None:
    read = parse_sizes("0x0;" * 500)
    assert (read.bad, len(read.problems), read.rows) == (500, 20, ())


@pytest.mark.parametrize("nothing", ["", "  \n", ";;"])
def test_nothing_written_is_said(nothing: str) -> None:
    with pytest.raises(CostError) as caught:
        parse_sizes(nothing)
    assert caught.value.code == "size_none"


@given(st.text() | st.text("0123456789x× ,*();@-张", max_size=30))
def test_any_text_gives_sizes_or_a_reason(text: str) -> None:
    try:
        read = parse_sizes(text)
    except CostError:
        return
    assert all(row.width >= 1 and row.height >= 1 and row.count >= 1 for row in read.rows)


@given(st.integers(1, MAX_SIDE), st.integers(1, MAX_SIDE), st.integers(1, MAX_COUNT))
def test_a_size_with_its_count_in_brackets_is_never_misread(w: int, h: int, n: int) -> None:
    assert parse_size(f"{w} x {h} ({n})") == Row(w, h, n)


def test_every_common_size_has_a_label_and_a_source() -> None:
    sizes = {size.id: size for size in common_sizes()}
    assert (sizes["photo"].width, sizes["photo"].height) == (4032, 3024)
    a4 = sizes["scan_300"]
    assert (round(a4.width / 300 * 25.4), round(a4.height / 300 * 25.4)) == (210, 297)
    assert all(size.source for size in sizes.values())
    for lang in LANGUAGES:
        labels = {key for key in texts(lang) if key.startswith("cost.sizes.")}
        assert labels == {f"cost.sizes.{name}" for name in sizes}
