"""Numbers in Arabic figures, with separators and with what multiplies them: 3.5万, 2 million."""

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext
from itertools import islice

from components.graders.numerals.said import MOST, Said

_RUN = re.compile(r"\d(?:[\d.,']*\d)?", re.ASCII)
_NAME = re.compile(r"(?:^|[^A-Za-z0-9_])([A-Za-z][A-Za-z0-9_.]*)-$")
_NO_NAMES = frozenset({"answer", "total", "is"})
_CURRENCY = "$€£¥~≈"
_DIGITS = 60  # of a number; longer ones are no counts of anything
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.I)
_EXPONENT = re.compile(r"[eE]([+-]?\d{1,2})(?![\w.])", re.ASCII)
_SCALE = re.compile(
    r"\s*(hundred|thousand|million|billion|trillion|dozen)\b|(k|K|M|bn)(?![A-Za-z])"
)
_SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
    "dozen": Decimal(12),
    "k": Decimal(1000),
    "K": Decimal(1000),
    "M": Decimal(10) ** 6,
    "bn": Decimal(10) ** 9,
}
_UNIT = re.compile(
    r"(?:[kcmµμn]?(?:m|g|s|l|w|v|a|hz|pa|j|n)|[km]?(?:cal|mol|bit)|[kmgt]i?b|km/h|mph|kmh|kwh|dpi|"
    r"px|pt|pcs?|oz|lbs?|ft|in|yd|mi|h|hrs?|mins?|secs?|hours?|minutes?|seconds?|days?|years?|"
    r"usd|eur|gbp|rmb|cny|jpy|x|c|f|k|deg|am|pm|mm|cm|°[cf]?)(?![A-Za-z])",
    re.I,
)
_MANY = re.compile(r"\s?(?:多|余|几|来(?!自))")
_PERCENT = re.compile(r"\s*(?:\\?%|per\s?cent\b|pct\b)", re.I)
_HUNDREDTHS = re.compile(r"百分之\s*(-?)$")
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "亿": 10**8}
# 3.5万, 1亿2000万, 3万5千, 3万5; 千克 is a kilogram.
_UNITS = r"(?:[十百万亿]|千(?![克瓦卡]))+"
_AFTER = re.compile(rf"\s?{_UNITS}(?:零?\d+(?:{_UNITS})?)*", re.ASCII)
_PAIR = re.compile(rf"(\d+(?:\.\d+)?)\s?({_UNITS})?", re.ASCII)


def figures(text: str, decimal: str) -> Iterator[Said]:
    """In order. decimal: the sign before fractions, "." or ","; the other one groups thousands."""
    over = 0
    for found in islice(_RUN.finditer(text), MOST):
        if found.start() < over:
            continue
        for said in _said(text, found, decimal):
            over = said.end
            yield said


def border_after(text: str, end: int) -> bool:
    """Whether a number that ends at `end` is whole there: no digit, ordinal or name goes on."""
    rest = text[end : end + 24]
    if re.match(r"\d|[.,']\d", rest, re.ASCII) or _ORDINAL.match(rest):
        return False
    return not re.match(r"[A-Za-z_]", rest) or bool(_UNIT.match(rest) or _SCALE.match(rest))


def border_before(text: str, start: int) -> bool:
    """Whether a number that starts at `start` is whole there, and belongs to no name."""
    before = text[max(0, start - 40) : start]
    if re.search(r"[A-Za-z0-9_]$|\d[.,']$|第\s*$", before, re.ASCII):
        return False
    name = _NAME.search(before)
    return not name or name[1].lower() in _NO_NAMES


def _said(text: str, found: re.Match[str], decimal: str) -> Iterator[Said]:
    start, end = found.span()
    point = (
        start > 0
        and text[start - 1] == "."
        and not re.search(r"[\w.]$", text[max(0, start - 2) : start - 1])
    )
    begin = start - 1 if point else start
    if not border_before(text, begin):
        return
    run = f"0.{found[0]}" if point and decimal == "." else found[0]
    value = _value(run, decimal)
    if value is None:
        if "." not in run and decimal == ".":
            yield from _several(text, found)
        return
    rest = text[end : end + 24]
    if exponent := _EXPONENT.match(rest):
        end += exponent.end()
        value = value.scaleb(int(exponent[1]))
    elif mixed := _AFTER.match(text, end):
        value = _mixed(f"{value:f}{mixed[0].strip()}")
        end = mixed.end()
    elif (scale := _SCALE.match(rest)) and not rest[scale.end() :].startswith("s"):
        value *= _SCALES[scale[1] or scale[2]]
        end += scale.end()
    elif not border_after(text, end):
        return
    if _MANY.match(text, end):
        return
    hundredths = _HUNDREDTHS.search(text[max(0, begin - 8) : begin])
    begin, minus = _sign(text, begin)
    percent = bool(hundredths or _PERCENT.match(text, end))
    yield Said(-value if minus else value, begin, end, percent)


def _several(text: str, found: re.Match[str]) -> Iterator[Said]:
    """3,5 is no number of this convention but two."""
    for each in islice(re.finditer(r"\d+", found[0]), MOST):
        if each.end() - each.start() <= _DIGITS:
            at = found.start()
            yield Said(Decimal(each[0]), at + each.start(), at + each.end())


def _sign(text: str, begin: int) -> tuple[int, bool]:
    """Where the number begins with its sign and currency, and whether that is a minus."""
    at = begin
    while at and text[at - 1] in _CURRENCY:
        at -= 1
    if at and text[at - 1] == "-" and not re.search(r"[\w)%]$", text[max(0, at - 2) : at - 1]):
        return at - 1, True
    return begin, False


def _value(run: str, decimal: str) -> Decimal | None:
    """None for what is no number in this convention: 1.284,50 with a decimal point, 1.2.3."""
    group = "," if decimal == "." else "."
    digits = run.replace("'", "")
    grouped = rf"\d{{1,3}}(?:[{group}']\d{{3}})+|\d+"
    if len(digits) > _DIGITS or not re.fullmatch(
        rf"(?:{grouped})(?:\{decimal}\d+)?", run, re.ASCII
    ):
        return None
    return Decimal(digits.replace(group, "").replace(decimal, "."))


def _mixed(text: str) -> Decimal:
    total = section = Decimal(0)
    last = 1
    with localcontext() as context:
        context.prec = 2 * _DIGITS
        for digits, units in _PAIR.findall(text):
            value = Decimal(digits)
            if not units and len(digits) == 1 and last >= 100 and "零" not in text:
                value *= last // 10  # 3万5 is 35000
            for unit in units:
                if unit in _SMALL:
                    last = _SMALL[unit]
                    value *= last
                else:
                    last = _BIG[unit]
                    section, value = (section + value) * last, Decimal(0)
            section += value
            if units and units[-1] in _BIG:
                total, section = total + section, Decimal(0)
    return total + section
