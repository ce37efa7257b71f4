"""Reads one PDF in a process of its own: `python -I worker.py`, request and file on stdin.

In: a line of JSON {"do", "pages", "scale", "pixels", "side", "text", "most", "memory", "seconds"},
then the PDF. Out: for each result a line of JSON with "bytes", then so many bytes. Nothing of the
house is imported here: the process has to start fast and to know nothing.
"""

import json
import sys
from collections.abc import Mapping
from typing import Any

import pypdfium2
import pypdfium2.raw


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    _limit(asked["memory"], asked["seconds"])
    try:
        pdf = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        return _say({"error": "encrypted" if locked else "damaged"})
    if asked["do"] == "count":
        return _say({"pages": len(pdf), "sizes": _sizes(pdf, asked["most"])})
    _show_forms(pdf)
    work = {"render": _render, "text": _text}[asked["do"]]
    for number in asked["pages"]:
        try:
            work(pdf[number - 1], asked)
        except (pypdfium2.PdfiumError, IndexError):
            _say({"error": "page", "page": number})
    return None


def _limit(memory: int, seconds: float) -> None:
    """What the system may enforce, where it does (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, int(seconds) + 1)):
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):  # macOS knows no RLIMIT_AS
            continue


def _show_forms(pdf: pypdfium2.PdfDocument) -> None:
    """Without this the fields of a form are drawn empty."""
    try:
        pdf.init_forms()
    except pypdfium2.PdfiumError:
        return


def _sizes(pdf: pypdfium2.PdfDocument, most: int) -> list[tuple[float, float]]:
    """Of the first pages, in points; of a damaged one (0, 0)."""
    found = []
    for number in range(min(len(pdf), most)):
        try:
            found.append(pdf.get_page_size(number))
        except pypdfium2.PdfiumError:
            found.append((0.0, 0.0))
    return found


def _render(page: pypdfium2.PdfPage, asked: Mapping[str, Any]) -> None:
    width, height = (max(side, 1.0) for side in page.get_size())
    scale = min(
        asked["scale"],
        asked["side"] / max(width, height),
        (asked["pixels"] / (width * height)) ** 0.5,
    )
    bitmap = page.render(scale=scale, rev_byteorder=True)
    size = {"width": bitmap.width, "height": bitmap.height, "stride": bitmap.stride}
    _say(size, bytes(bitmap.buffer))


def _text(page: pypdfium2.PdfPage, asked: Mapping[str, Any]) -> None:
    textpage = page.get_textpage()
    count = min(textpage.count_chars(), asked["text"])
    text = textpage.get_text_range(0, count) if count > 0 else ""
    _say({}, text.encode("utf-8", "ignore"))


def _say(facts: dict[str, object], content: bytes = b"") -> None:
    out = sys.stdout.buffer
    out.write(json.dumps({**facts, "bytes": len(content)}).encode() + b"\n")
    out.write(content)
    out.flush()


if __name__ == "__main__":
    main()
