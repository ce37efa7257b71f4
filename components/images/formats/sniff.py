"""Tell a file's format by its first bytes; names are never trusted."""

import re

# Known but not accepted, by name, so that the refusal can say what the file is.
_OTHERS = (
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "BigTIFF"),
    (b"MM\0+", "BigTIFF"),
    (b"8BPS", "PSD"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"%PDF", "PDF"),
    (b"\0\0\1\0", "ICO"),
    (b"\0\0\2\0", "CUR"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"DDS ", "DDS"),
    (b"qoif", "QOI"),
    (b"PK\3\4", "ZIP"),
)
_AVIF = {b"avif", b"avis"}
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)


def sniff(data: bytes) -> tuple[str, bool]:
    """(format, accepted) of `data`; ("", False) if it is nothing we know.

    Accepted formats are in lower case ("jpeg"), others named as people know them ("TIFF").
    """
    if data[:2] == b"\xff\xd8":
        return "jpeg", True
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "png", True
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp", True
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "gif", True
    if data[4:8] == b"ftyp":
        return _brand(data)
    return _other(data), False


def _brand(data: bytes) -> tuple[str, bool]:
    end = min(int.from_bytes(data[:4], "big"), 512, len(data))
    brands = {data[8:12]} | {data[i : i + 4] for i in range(16, end - 3, 4)}
    if brands & _AVIF:
        return "avif", True
    if brands & _HEIC:
        return "heic", True
    return "MP4", False


def _other(data: bytes) -> str:
    for magic, name in _OTHERS:
        if data.startswith(magic):
            return name
    text = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return "SVG" if text.startswith(b"<") and _SVG.search(text) else ""
