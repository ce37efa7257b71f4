"""What can be had of a PDF: how many pages, small pictures of them, a page as PNG, its text."""

import io
from collections.abc import Sequence
from math import ceil
from typing import NoReturn

from PIL import Image

from components.errors import PdfError
from components.pdf import limits
from components.pdf.process import Reported, ask_worker
from components.pdf.types import Pdf, is_pdf

_POINTS = 72.0  # to the inch


def open_pdf(content: bytes, name: str, *, seconds: float = limits.SECONDS) -> Pdf:
    """Look at a PDF. Raises PdfError naming the file for one that can't be used."""
    if len(content) > limits.MAX_BYTES:
        megabytes, limit = round(len(content) / limits.MEGABYTE), limits.MAX_BYTES
        limit //= limits.MEGABYTE
        raise PdfError("pdf_too_many_bytes", name=name, megabytes=megabytes, limit=limit)
    if not is_pdf(content):
        raise PdfError("pdf_damaged", name=name)
    (told,) = _whole(ask_worker("count", content, [], seconds=seconds), 1, name)
    pages = int(told.facts["pages"])
    if pages < 1:
        raise PdfError("pdf_damaged", name=name)
    if pages > limits.MAX_PAGES:
        raise PdfError("pdf_too_many_pages", name=name, pages=pages, limit=limits.MAX_PAGES)
    return Pdf(name, content, pages, tuple((w, h) for w, h in told.facts["sizes"]))


def thumbnails(
    pdf: Pdf, pages: Sequence[int], *, seconds: float = limits.SECONDS
) -> list[bytes | None]:
    """Small PNG pictures of pages, in order; None for one that can't be drawn in time.

    Never raises: who chooses pages can do without a picture.
    """
    side = limits.THUMBNAIL_SIDE
    told, _ = ask_worker(
        "render", pdf.content, list(pages), scale=float(side), side=side, seconds=seconds
    )
    drawn = [None if "error" in each.facts else _png(each) for each in told]
    return [*drawn, *[None] * (len(pages) - len(drawn))]


def render_page(
    pdf: Pdf, page: int, *, dpi: float = limits.PAGE_DPI, seconds: float = limits.SECONDS
) -> bytes:
    """A page as PNG at `dpi`, or smaller where it would have too many pixels. Raises PdfError."""
    answer = ask_worker("render", pdf.content, [page], scale=dpi / _POINTS, seconds=seconds)
    (told,) = _whole(answer, 1, pdf.name, page)
    return _png(told)


def rendered_size(pdf: Pdf, page: int) -> tuple[int, int]:
    """Pixels of what `render_page` gives, known without drawing it (as worker.py works it out)."""
    width, height = (max(side, 1.0) for side in pdf.sizes[page - 1])
    scale = min(
        limits.PAGE_DPI / _POINTS,
        limits.MAX_PAGE_SIDE / max(width, height),
        (limits.MAX_PAGE_PIXELS / (width * height)) ** 0.5,
    )
    return ceil(width * scale), ceil(height * scale)


def page_text(pdf: Pdf, pages: Sequence[int], *, seconds: float = limits.SECONDS) -> list[str]:
    """The text of pages, in order; "" for a page without any, such as a scan. Raises PdfError."""
    answer = ask_worker("text", pdf.content, list(pages), seconds=seconds)
    told = _whole(answer, len(pages), pdf.name)
    return [_plain(each.content.decode("utf-8")) for each in told]


def _whole(
    answer: tuple[list[Reported], bool], count: int, name: str, page: int = 0
) -> list[Reported]:
    """The worker's answers, or the error that they are."""
    told, ended = answer
    for each in told:
        if "error" in each.facts:
            _fail(str(each.facts["error"]), name, int(each.facts.get("page", page)))
    if not ended or len(told) != count:
        raise PdfError("pdf_too_complex", name=name)
    return told


def _fail(error: str, name: str, page: int) -> NoReturn:
    if error == "page":
        raise PdfError("pdf_page", name=name, page=page)
    raise PdfError("pdf_encrypted" if error == "encrypted" else "pdf_damaged", name=name)


def _png(told: Reported) -> bytes:
    facts = told.facts
    size = (facts["width"], facts["height"])
    picture = Image.frombuffer("RGB", size, told.content, "raw", "RGB", facts["stride"], 1)
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _plain(text: str) -> str:
    """Lines ended as everywhere, without the marks that PDFs have in their words."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip().replace("\x00", "")
