"""Names in zips whose writer didn't say in which encoding they are."""

import unicodedata
from collections.abc import Callable, Sequence
from zipfile import ZipInfo

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field: version, CRC of the plain name, the name in UTF-8


def names_of(entries: Sequence[ZipInfo]) -> list[str]:
    """Their paths with "/", in order. What says nothing of its encoding is read in the one that
    makes most sense of all such names: UTF-8, else GBK, Shift-JIS, Big5 or the zip format's own
    (code page 437)."""
    unsaid = [e for e in entries if not e.flag_bits & _UTF8_FLAG and not e.filename.isascii()]
    raw = [_bytes(entry) for entry in unsaid]
    encoding = max(_READERS, key=lambda each: _sense(raw, each)) if raw else "cp437"
    found = dict(zip(map(id, unsaid), raw, strict=True))
    return [_name(entry, found.get(id(entry)), encoding) for entry in entries]


def _name(entry: ZipInfo, raw: bytes | None, encoding: str) -> str:
    name = _unicode_path(entry) or (entry.filename if raw is None else _decoded(raw, encoding))
    return name.replace("\\", "/")


def _decoded(raw: bytes, encoding: str) -> str:
    for each in (encoding, "utf-8"):
        try:
            return raw.decode(each)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _bytes(entry: ZipInfo) -> bytes:
    return entry.filename.encode("cp437", "replace")


def _unicode_path(entry: ZipInfo) -> str | None:
    pos = 0
    while pos + 4 <= len(entry.extra):
        kind, size = (int.from_bytes(entry.extra[pos + n : pos + n + 2], "little") for n in (0, 2))
        if kind == _UNICODE_PATH and size > 5:
            return entry.extra[pos + 9 : pos + 4 + size].decode("utf-8", "replace")
        pos += 4 + size
    return None


def _sense(raw: Sequence[bytes], encoding: str) -> float:
    """How likely `raw` are in `encoding`: 0 to 1 for each letter beyond ASCII, on average."""
    weights: list[float] = []
    for each in raw:
        try:
            text = each.decode(encoding)
        except UnicodeDecodeError:
            weights.append(-1.0)
            continue
        weights += [_READERS[encoding](char) for char in text if not char.isascii()]
    return sum(weights) / max(1, len(weights))


def _utf8(char: str) -> float:
    """Two bytes of GBK may look like a rare letter."""
    usual = char < "\u0250" or "\u0370" <= char <= "\u045f" or char >= "\u0800"
    return 1.1 if usual else 0.5


def _gbk(char: str) -> float:
    """The 6,763 signs of GB 2312 make nearly all of Chinese; GBK's others are rare."""
    return 1.0 if _can(char, "gb2312") else 0.2


def _shift_jis(char: str) -> float:
    if "\u3041" <= char <= "\u30fe":
        return 1.0
    lead = char.encode("shift_jis", "replace")[0]
    return 0.9 if 0x88 <= lead <= 0x97 else 0.1  # the first level of JIS X 0208


def _big5(char: str) -> float:
    return 0.95 if 0xA4 <= char.encode("big5", "replace")[0] <= 0xC6 else 0.1


def _cp437(char: str) -> float:
    return 0.6 if unicodedata.category(char)[0] == "L" and char < "\u0250" else 0.0


def _can(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


_READERS: dict[str, Callable[[str], float]] = {
    "utf-8": _utf8,
    "gbk": _gbk,
    "shift_jis": _shift_jis,
    "big5": _big5,
    "cp437": _cp437,
}
