"""Numbers as people write them: one way to read them, and one way to refuse them."""

import re

from components.pricing.whatif.errors import CostError
from components.pricing.whatif.types import MAX_COUNT, MAX_SIDE, Row

DETAILS = ("auto", "low", "high", "original")

_SHOWN = 40
# Full-width forms (Chinese input) and the many dashes as the plain characters they stand for.
_PLAIN = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN |= {0x3000: " ", **dict.fromkeys(map(ord, "−–—"), "-")}
_WHOLE = re.compile(r"([+-]?)([0-9]+)(?:\.0*)?")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.0*)?")
_LONGEST = 12  # digits; more is out of every range here, and int() refuses thousands of them


def plain(text: str) -> str:
    """`text` with full-width letters, digits and signs as ASCII, and single spaces."""
    return " ".join(text.translate(_PLAIN).split())


def shown(text: str) -> str:
    """What was written, short enough to be named in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def whole(written: str) -> int | None:
    """The whole number that stands there ("1024", "1,024", "1024.0"), None if none does.

    Numbers of more than 12 digits come out as 10**12, which no limit here lets through.
    """
    if written.isascii() and written.isdigit() and len(written) <= _LONGEST:
        return int(written)  # as nearly all of them are written; the rest takes ten times as long
    text = plain(written)
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    found = _WHOLE.fullmatch(text)
    if found is None:
        return None
    digits = found[2].lstrip("0") or "0"
    number = int(digits) if len(digits) <= _LONGEST else 10**_LONGEST
    return -number if found[1] == "-" else number


def whole_between(name: str, written: str, limits: tuple[int, int]) -> int:
    """The whole number `written` for the setting `name`. Raises CostError cost_number."""
    number = whole(written)
    least, most = limits
    if number is None or not least <= number <= most:
        raise CostError("cost_number", name=name, written=shown(written), least=least, most=most)
    return number


def share(name: str, written: str) -> float:
    """A share from 0 to 1, also as "30%". Raises CostError cost_share."""
    text = plain(written).replace(" ", "")
    found = re.fullmatch(r"([0-9]{0,9}\.?[0-9]{0,20})(%?)", text)
    if found is None or not any(c.isdigit() for c in found[1]):
        raise CostError("cost_share", name=name, written=shown(written))
    value = float(found[1]) / (100 if found[2] else 1)
    if value > 1:
        raise CostError("cost_share", name=name, written=shown(written))
    return value


def detail_level(written: str) -> str:
    """One of DETAILS. Raises CostError cost_detail."""
    level = plain(written).lower()
    if level not in DETAILS:
        raise CostError("cost_detail", written=shown(written), known=", ".join(DETAILS))
    return level


def checked_row(
    sides: tuple[str, str], count: str, written: str, row: int | None, detail: str | None = None
) -> Row:
    """A Row out of what stands for its width, height and count.

    written: the piece they are from, named in errors; row: its number, for the same.
    Raises CostError size_not_a_number, size_zero, size_negative, size_too_large, size_count.
    """
    width, height = map(whole, sides)
    number = whole(count)
    if (
        width is not None
        and height is not None
        and number is not None
        and 1 <= width <= MAX_SIDE
        and 1 <= height <= MAX_SIDE
        and 1 <= number <= MAX_COUNT
    ):
        return Row(width, height, number, detail)
    where: dict[str, object] = {"written": shown(written), "row": "" if row is None else row}
    for side in (width, height):
        if side is None:
            raise CostError("size_not_a_number", **where)
        if side < 1:
            raise CostError("size_negative" if side else "size_zero", **where)
        if side > MAX_SIDE:
            raise CostError("size_too_large", limit=MAX_SIDE, **where)
    raise CostError("size_count", limit=MAX_COUNT, **where)
