"""Pages as people write them."""

import pytest

from components.errors import PdfError
from components.pdf import Pdf, chosen_pages, is_pdf, page_ranges
from tests.unit.pdf.documents import document

TEN = Pdf("ten.pdf", b"", 10)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", []),
        ("  ", []),
        ("3", [3]),
        ("1-3, 7", [1, 2, 3, 7]),
        ("7 1 - 2", [1, 2, 7]),
        ("2,2,1-2", [1, 2]),
        ("10", [10]),
        ("１－２", [1, 2]),
        ("1、3，5至6", [1, 3, 5, 6]),
        ("1–3", [1, 2, 3]),
    ],
)
def test_pages_are_read_as_people_write_them(written: str, meant: list[int]) -> None:
    assert chosen_pages(written, TEN) == meant


@pytest.mark.parametrize("written", ["0", "11", "3-1", "9-11", "x", "1-", "-2", "1.5", "9999999"])
def test_what_is_no_page_is_named(written: str) -> None:
    with pytest.raises(PdfError) as caught:
        chosen_pages(f"1, {written}", TEN)
    assert caught.value.code == "pdf_pages"
    assert caught.value.data["pages"] == 10


def test_pages_are_written_as_short_as_they_go() -> None:
    assert page_ranges([7, 3, 2, 1, 10, 9]) == "1-3, 7, 9-10"
    assert page_ranges([]) == ""
    assert chosen_pages(page_ranges([1, 2, 4]), TEN) == [1, 2, 4]


def test_a_pdf_is_known_by_its_bytes() -> None:
    assert is_pdf(document("x"))
    assert is_pdf(b"\n" * 100 + b"%PDF-1.4")
    assert not is_pdf(b"\x89PNG\r\n\x1a\n")
    assert not is_pdf(b"")
