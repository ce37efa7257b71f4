"""Pages as people write them: "1-3, 7"."""

import re
from collections.abc import Iterable

from components.errors import PdfError
from components.pdf.types import Pdf

# Chinese keyboards give other commas, dashes and digits; int() reads the digits.
_BETWEEN = re.compile(r"[,，、;；\s]+")
_DASH = re.compile(r"\s*[-–—－~～至到]\s*")
_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


def chosen_pages(written: str, pdf: Pdf) -> list[int]:
    """The pages that are meant, in order and once each; [] for nothing written.

    Raises PdfError("pdf_pages") for what isn't a list of this PDF's pages.
    """
    found: set[int] = set()
    for part in filter(None, _BETWEEN.split(_DASH.sub("-", written.strip()))):
        match = _RANGE.fullmatch(part)
        first = int(match[1]) if match else 0
        last = int(match[2]) if match and match[2] else first
        if not 1 <= first <= last <= pdf.pages:
            raise PdfError("pdf_pages", name=pdf.name, written=part[:20], pages=pdf.pages)
        found |= set(range(first, last + 1))
    return sorted(found)


def page_ranges(pages: Iterable[int]) -> str:
    """The other way round: [1, 2, 3, 7] -> "1-3, 7"."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
