"""Pages of real PDFs as pictures and text, and what happens with PDFs that mean no good."""

import io
import sys
from collections.abc import Callable

import pytest
from PIL import Image

from components.errors import PdfError
from components.pdf import Pdf, open_pdf, page_text, render_page, rendered_size, thumbnails
from components.pdf.limits import MAX_BYTES, MAX_PAGE_PIXELS, MAX_PAGE_SIDE, THUMBNAIL_SIDE
from tests.unit.pdf.documents import assembled, bomb, document, locked, picture_bomb, stream

THREE = document("first", "second", "third")


def code(content: bytes, name: str = "a.pdf", **limits: float) -> str:
    with pytest.raises(PdfError) as caught:
        open_pdf(content, name, **limits)
    assert caught.value.data["name"] == name
    return caught.value.code


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_a_pdf_says_how_many_pages_it_has() -> None:
    assert open_pdf(THREE, "three.pdf") == Pdf("three.pdf", THREE, 3, ((612.0, 792.0),) * 3)


def test_a_page_becomes_a_picture_of_its_size_at_200_dpi() -> None:
    picture = opened(render_page(open_pdf(THREE, "three.pdf"), 2))
    assert (picture.format, picture.size) == ("PNG", (1700, 2200))
    dark, light = picture.convert("L").getextrema()
    assert (dark < 60, light) == (True, 255)


@pytest.mark.parametrize("box", ["0 0 612 792", "0 0 595.3 841.9", "0 0 5000 20", "0 0 9000 9000"])
def test_the_size_of_a_page_is_known_before_it_is_drawn(box: str) -> None:
    pdf = open_pdf(document("first", box=box), "a.pdf")
    assert rendered_size(pdf, 1) == opened(render_page(pdf, 1)).size


def test_the_pages_of_a_pdf_differ_as_they_do_in_it() -> None:
    pdf = open_pdf(document("one", "", "a much longer line"), "a.pdf")
    ink = [_ink(render_page(pdf, page, dpi=72)) for page in (1, 2, 3)]
    assert ink[1] == 0 < ink[0] < ink[2]


def test_red_stays_red() -> None:
    pdf = open_pdf(assembled([stream(b"1 0 0 rg 0 0 612 792 re f")]), "red.pdf")
    assert opened(render_page(pdf, 1, dpi=36)).getpixel((100, 100)) == (255, 0, 0)


def test_text_is_read_page_by_page() -> None:
    pdf = open_pdf(document("first", "", "third"), "a.pdf")
    assert page_text(pdf, [3, 1, 2]) == ["third", "first", ""]


def test_thumbnails_come_in_the_order_asked_for() -> None:
    pdf = open_pdf(document("one", "", "three"), "a.pdf")
    small = thumbnails(pdf, [2, 1])
    assert [max(opened(png or b"").size) for png in small] == [THUMBNAIL_SIDE] * 2
    assert [_ink(png or b"") > 0 for png in small] == [False, True]


def test_a_sheet_of_a_kilometre_is_drawn_within_the_limits() -> None:
    pdf = open_pdf(document("wide", box="0 0 2000000 1000000"), "a.pdf")
    width, height = opened(render_page(pdf, 1)).size
    assert width <= MAX_PAGE_SIDE + 1
    assert width * height <= MAX_PAGE_PIXELS * 1.01
    assert width == pytest.approx(2 * height, abs=2)


def test_a_page_that_is_not_there_is_named() -> None:
    with pytest.raises(PdfError) as caught:
        render_page(open_pdf(THREE, "three.pdf"), 4)
    assert (caught.value.code, caught.value.data["page"]) == ("pdf_page", 4)


def test_a_page_that_cannot_be_drawn_leaves_the_other_thumbnails_alone() -> None:
    pdf = Pdf("three.pdf", THREE, 4)
    small = thumbnails(pdf, [1, 4, 2])
    assert [png is None for png in small] == [False, True, False]


def test_a_pdf_with_a_password_is_called_so() -> None:
    assert code(locked()) == "pdf_encrypted"


@pytest.mark.parametrize(
    "content",
    [b"", b"no pdf at all", b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 40],
)
def test_what_is_no_pdf_is_called_damaged(content: bytes) -> None:
    assert code(content) == "pdf_damaged"


def test_a_pdf_without_pages_is_called_damaged() -> None:
    assert code(assembled([])) == "pdf_damaged"


def test_too_many_pages_are_refused() -> None:
    assert code(document(*["x"] * 501)) == "pdf_too_many_pages"
    assert open_pdf(document(*["x"] * 500), "a.pdf").pages == 500


def test_too_many_bytes_are_refused_and_named() -> None:
    with pytest.raises(PdfError) as caught:
        open_pdf(THREE + bytes(MAX_BYTES), "big.pdf")
    assert caught.value.data == {"name": "big.pdf", "megabytes": 50, "limit": 50}
    assert caught.value.code == "pdf_too_many_bytes"


def test_a_bomb_ends_its_own_process_and_nothing_else() -> None:
    pdf = open_pdf(bomb(), "bomb.pdf")
    with pytest.raises(PdfError) as caught:
        render_page(pdf, 1, seconds=3)
    assert caught.value.code == "pdf_too_complex"
    assert thumbnails(pdf, [1], seconds=2) == [None]
    assert open_pdf(THREE, "three.pdf").pages == 3


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
def test_a_picture_of_very_many_pixels_gives_a_page_or_a_reason() -> None:
    pdf = open_pdf(picture_bomb(), "big.pdf")
    assert reason(lambda: render_page(pdf, 1, dpi=72)) in {"", "pdf_too_complex"}


@pytest.mark.parametrize("cut", range(20, len(THREE), 150))
def test_a_file_cut_off_anywhere_is_read_or_refused(cut: int) -> None:
    assert reason(lambda: open_pdf(THREE[:cut], "cut.pdf")) in {"", "pdf_damaged"}


def test_the_content_is_not_in_the_repr() -> None:
    assert "first" not in repr(open_pdf(THREE, "three.pdf"))


def reason(work: Callable[[], object]) -> str:
    """The code of the PdfError that the work ends in, "" for none."""
    try:
        work()
    except PdfError as error:
        return error.code
    return ""


def _ink(png: bytes) -> int:
    return sum(opened(png).convert("L").histogram()[:200])
