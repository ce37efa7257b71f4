"""The text of a CSV file whose encoding nobody told."""

import codecs
import re

from components.pricing.whatif.errors import CostError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx, .ods, .numbers; .xls
_NOT_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_LOOK = 4096  # bytes that tell UTF-16 without a mark


def decoded(content: bytes, name: str) -> str:
    """UTF-8, UTF-16 and UTF-32 with a mark, UTF-16 and UTF-8 without, GB18030 (so GBK), Latin.

    name: of the file, for errors. Raises CostError csv_workbook, csv_binary.
    """
    if content.startswith(_WORKBOOKS):
        raise CostError("csv_workbook", name=name)
    if content.startswith(_NOT_TEXT):
        raise CostError("csv_binary", name=name)
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise CostError("csv_binary", name=name)


def _encodings(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return (encoding,)
    head = content[:_LOOK]
    # Digits and separators have a zero byte in UTF-16; no other encoding of text has any.
    if b"\x00" in head:
        return ("utf-16-be",) if head[::2].count(0) > head[1::2].count(0) else ("utf-16-le",)
    # Latin-1 takes any bytes, so it comes last: names may look odd, sizes are right.
    return ("utf-8", "gb18030", "latin-1")
