"""Sizes out of CSV files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.pricing.whatif.errors import CostError
from components.pricing.whatif.files.csv_in import read_sizes
from components.pricing.whatif.types import MAX_CSV_MEGABYTES, MAX_ROWS, Row
from components.samples import samples


def code_of(content: bytes) -> str:
    with pytest.raises(CostError) as caught:
        read_sizes(content, "a.csv")
    assert caught.value.data["name"] == "a.csv"
    return caught.value.code


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"]
)
def test_a_chinese_file_is_read_in_any_usual_encoding(encoding: str) -> None:
    text = "文件名,宽度,高度,张数,细节\n北京的照片.jpg,4032,3024,2,低\n"
    assert read_sizes(text.encode(encoding)).rows == (Row(4032, 3024, 2, "low", "北京的照片.jpg"),)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "，"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_and_line_end_will_do(separator: str, end: str) -> None:
    lines = [["width", "height", "count"], ["1024", "768", "3"], ["5", "6", "1"]]
    content = end.join(separator.join(line) for line in lines).encode()
    assert read_sizes(content).rows == (Row(1024, 768, 3), Row(5, 6))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("1024,768", Row(1024, 768)),
        ("1024,768,2", Row(1024, 768, 2)),
        ("a.png,1024,768", Row(1024, 768, name="a.png")),
        ("a.png,1024,768,2,high", Row(1024, 768, 2, "high", "a.png")),
        ("1024x768", Row(1024, 768)),
        ("1024x768;3", Row(1024, 768, 3)),
        ("1024x768,a.png", Row(1024, 768, name="a.png")),
        ("3 x 1024x768", Row(1024, 768, 3)),
        ('"1,024";"768"', Row(1024, 768)),
        ("size|count\n1024 × 768|3", Row(1024, 768, 3)),
        ("Width (px),Height (px)\n1024.0,768.0", Row(1024, 768)),
        ("宽（像素）,高（像素）\n１０２４,７６８", Row(1024, 768)),
        ("image_width,image_height,file_size\n10,20,345", Row(10, 20, bytes=345)),
        ("sep=;\nh;w\n768;1024", Row(1024, 768)),
    ],
)
def test_columns_are_found_with_a_header_and_without(text: str, row: Row) -> None:
    assert read_sizes(text.encode()).rows == (row,)


def test_other_columns_are_ignored_and_named() -> None:
    read = read_sizes(b"id,width,camera,height\n7,10,Leica,20\n")
    assert (read.rows, read.ignored) == ((Row(10, 20),), ("id", "camera"))


def test_bad_rows_are_named_as_a_spreadsheet_numbers_them_and_good_ones_kept() -> None:
    lines = ["width,height,count,detail", "1,2,,", "0,5,,", "", "a,5,,", "5,,,", "-1,5,,", "1,1,0,"]
    read = read_sizes("\n".join([*lines, "1,1,1,sharp", "3,4,,"]).encode())
    assert read.rows == (Row(1, 2), Row(3, 4))
    assert read.bad == 6
    assert [(each.data["row"], each.code) for each in read.problems] == [
        (3, "size_zero"),
        (5, "size_not_a_number"),
        (6, "size_missing"),
        (7, "size_negative"),
        (8, "size_count"),
        (9, "cost_detail"),
    ]


def test_a_bad_first_row_without_a_header_is_no_header() -> None:
    read = read_sizes(b"0,5\n6,7\n")
    assert read.rows == (Row(6, 7),)
    assert read.problems[0].data["row"] == 1


def test_a_hundred_thousand_rows_are_read_and_one_more_is_too_many() -> None:
    content = b"w,h\n" + b"".join(b"%d,%d\n" % (i % 300 + 1, i % 7 + 1) for i in range(MAX_ROWS))
    rows = read_sizes(content).rows
    assert len(rows) == MAX_ROWS
    assert rows[1234] == Row(1234 % 300 + 1, 1234 % 7 + 1)
    assert code_of(content + b"1,1\n") == "csv_too_many_rows"


def test_many_bad_rows_are_counted_and_the_first_named() -> None:
    read = read_sizes(b"w,h\n" + b"0,0\n" * 1000)
    assert (read.bad, len(read.problems)) == (1000, 20)


@pytest.mark.parametrize("content", [b"", b"\n\n ", b"width,height\n", b"\xef\xbb\xbf"])
def test_a_file_without_sizes_is_said_to_be_empty(content: bytes) -> None:
    assert code_of(content) == "csv_empty"


def test_a_picture_and_a_workbook_are_told_from_csv() -> None:
    assert code_of(samples()[0].pictures()[0][1]) == "csv_binary"
    assert code_of(bytes(range(256)) * 10) == "csv_binary"
    assert code_of(b"PK\x03\x04" + bytes(100)) == "csv_workbook"


def test_a_file_that_is_too_large_is_refused() -> None:
    assert code_of(b"1,1\n" * (MAX_CSV_MEGABYTES * 250_000 + 1)) == "csv_too_large"


def test_columns_without_sizes_are_named() -> None:
    with pytest.raises(CostError) as caught:
        read_sizes(b"price,age\n1,2\n")
    assert (caught.value.code, caught.value.data["columns"]) == ("csv_columns", "price, age")


def test_a_quote_that_nobody_closed_loses_no_rows_in_silence() -> None:
    rows = ["name,w,h", "a,1,1", '"b,2,2', *["c,3,3"] * 50]
    with pytest.raises(CostError) as caught:
        read_sizes("\n".join(rows).encode())
    assert (caught.value.code, caught.value.data["row"]) == ("csv_unreadable", 3)


@given(st.binary() | st.text("0123456789wh,;\t\n\"x'=", max_size=60).map(str.encode))
def test_any_bytes_give_sizes_or_a_reason(content: bytes) -> None:
    try:
        read = read_sizes(content)
    except CostError:
        return
    assert all(row.width >= 1 and row.height >= 1 and row.count >= 1 for row in read.rows)
