"""All numbers of a text, and the one among them that is its answer."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from components.graders.normalise import unified
from components.graders.numerals.chinese import chinese
from components.graders.numerals.english import english
from components.graders.numerals.figures import figures
from components.graders.numerals.said import Said

_THIN = re.compile("(?<=\\d)[\u00a0\u2009\u202f](?=\\d{3}(?!\\d))")
_PARTS = re.compile("((?:(?<!\\d)\\d{1,60})?)([¼-¾⅐-⅞])")
_RAISED = re.compile("(?<=\\d)[⁰¹²³⁴-⁹]+")
_ABOVE = re.compile("[⁰¹²³⁴-⁹]+")
_BOXED = re.compile(r"\\boxed\{([^{}]{0,200})\}")
_LIST = re.compile(
    r"(?m)^[ \t]*(?:[(（]?(\d{1,3})(?:[.:](?=[ \t])|[)）、])|([①-⑳])"
    r"|([一二三四五六七八九十]{1,3})、)"
    r"(?=[ \t]*[^\s])"
)
_CIRCLED = re.compile(r"[①-⑳](?=[ \t]*[^\W\d])")
_HAN = "一二三四五六七八九十"
_FILLER = (
    r"(?:\s|[:=~≈\"'(\[$€£¥]|\b(?:is|are|was|were|of|has|have|about|approximately|around|exactly|"
    r"roughly|there|to)\b|[有为為是约約]|大约|应该|应|,\s*there\s+(?:is|are))*"
)
_LABEL = r"(?:[^\n.!?;:,，。！？；、=\d]{0,40}[:=])?"
# The strongest mark counts; among marks of one strength that differ none does.
_MARKS = tuple(
    re.compile(rf"(?:{mark}){_LABEL}{_FILLER}$", re.I)
    for mark in (
        r"\bfinal\s+answer\b|最终答案",
        r"\banswer\b|答案|(?<![回])答(?=:)",
        r"\btotals?\b|\baltogether\b|一共|总共|总数|共计|合计|总计|共|=",
        r"(?<![不还])是",
    )
)
_BOUND = re.compile(r"\s*(?:[-~–/、,，&至到和]|或者?|还是|or|to|and)\s*")


def prepared(text: str) -> str:
    """As numbers are read from it; the places of `Said` are in this."""
    plain = _BOXED.sub(r" answer: \1 ", _RAISED.sub(_power, _without_list(_THIN.sub("", text))))
    return unified(_ABOVE.sub("", _PARTS.sub(_fraction, plain)))


def read(text: str, decimal: str = ".") -> tuple[Said, ...]:
    """Every number that `text` says, in order. None are: ordinals, digits in names, list marks,
    十分, and 一个 or "one" beside another number."""
    return _read(prepared(text), decimal)


def chosen(text: str, decimal: str = ".", unit: str = "") -> tuple[Said, ...]:
    """The number that is the answer: the only one said (perhaps again and again), or the one after
    a mark. Empty if none is said; several where it can't be told. unit: numbers with it
    come first."""
    plain = prepared(text)
    found = _read(plain, decimal)
    if unit:
        found = tuple(each for each in found if _has(plain, each, unit)) or found
    if len(_distinct(found)) < 2:
        return _distinct(found)
    for mark in _MARKS:
        marked = [
            each for each in found if mark.search(plain[max(0, each.start - 90) : each.start])
        ]
        if marked:
            return _distinct([*marked, *_bound(plain, marked, found)])
    return _distinct(found)


def number_alone(text: str) -> Decimal | None:
    """The number that `text` is, with a currency sign, a measure word or a unit at most."""
    plain = prepared(text)
    found = _read(plain, ".")
    if len(found) != 1:
        return None
    (said,) = found
    before, after = plain[: said.start].strip(), plain[said.end :].strip()
    signs = re.fullmatch(r"[^\w-]*(?:an?)?", before, re.I)
    return said.value if signs and re.fullmatch(r"[^\w]*", after) else None


def _read(plain: str, decimal: str) -> tuple[Said, ...]:
    found: list[Said] = []
    for reader in (figures(plain, decimal), chinese(plain), english(plain)):
        taken = sorted((each.start, each.end) for each in found)
        found += [each for each in reader if not _overlaps(each, taken)]
    found.sort(key=lambda each: each.start)
    if any(not each.article for each in found):
        found = [each for each in found if not each.article]
    return tuple(found)


def _overlaps(said: Said, taken: Sequence[tuple[int, int]]) -> bool:
    at = bisect_left(taken, (said.end, 0))
    return at > 0 and taken[at - 1][1] > said.start


def _distinct(found: Sequence[Said]) -> tuple[Said, ...]:
    return tuple({(each.value, each.percent): each for each in found}.values())


def _bound(plain: str, marked: Sequence[Said], found: Sequence[Said]) -> list[Said]:
    """What stands beside a marked number as its like: the 23 of "Total: 20-23"."""
    return [
        after
        for before, after in pairwise(found)
        if before in marked
        and after.start - before.end < 12
        and _BOUND.fullmatch(plain[before.end : after.start])
    ]


def _has(plain: str, said: Said, unit: str) -> bool:
    if unit == "%":
        return said.percent
    return plain[said.end :].lstrip().casefold().startswith(unit.casefold())


def _without_list(text: str) -> str:
    """Marks of a list are those that go on from 1: "23. It is so" has none."""
    seen: set[int] = set()

    text = _CIRCLED.sub(" ", text)

    def off(found: re.Match[str]) -> str:
        if found[1]:
            n = int(found[1])
        elif found[2]:
            n = ord(found[2]) - ord("①") + 1
        else:
            n = _HAN.index(found[3]) + 1 if len(found[3]) == 1 else 10 + len(seen) % 10
        if n != 1 and n - 1 not in seen:
            return found[0]
        seen.add(n)
        return " " * len(found[0])

    return _LIST.sub(off, text)


def _fraction(found: re.Match[str]) -> str:
    part = Decimal(str(round(unicodedata.numeric(found[2]), 6)))
    return f"{Decimal(found[1] or 0) + part:f}"


def _power(found: re.Match[str]) -> str:
    return "^" + unicodedata.normalize("NFKC", found[0])
