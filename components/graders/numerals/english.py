"""Numbers in English words: twenty-three, two thousand twenty-six, a dozen."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from components.graders.numerals.said import MOST, Said

_TENS = "twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety"
_SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
}
_WORD = (
    "(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    f"fifteen|sixteen|seventeen|eighteen|nineteen|{_TENS}|{'|'.join(_SCALES)})\\b"
)
_RANKED = r"(?:first|second|third|fifth|ninth|[a-z]+(?:th|ieth))\b"
_RUN = re.compile(
    r"(?<![\w-])(?>(minus\s+|negative\s+)?"
    rf"({_WORD}(?:(?:\s+and\s+|\s+point\s+|[ \t]+|-){_WORD}){{0,24}}))"
    rf"(?!\w|[-\s]{_RANKED}(?<!\ssecond))(?:\s+(dozen)\b)?"
)
_DOZEN = re.compile(r"(?<![\w-])(half\s+an?\s+|half\s+|an?\s+)?dozen\b")
_FIGURES = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_PERCENT = re.compile(r"\s*(?:%|per\s?cent\b|pct\b)")
_SOME = re.compile(r"\b(?:several|few|many|some)\s+$")
# "The second one", "no one", "one of them": no number.
_POINTED = re.compile(
    r"\b(?:the|this|that|which|no|any|each|every|another|other|last|left|right|same|first|second|"
    r"third|fourth|fifth|[a-z]+er|[a-z]+est)\s+$"
)
_OF = re.compile(r"\s+(?:of|another|by\s+one|after\s+another)\b|'s\b|-(?!\d)")


def english(text: str) -> Iterator[Said]:
    """In order."""
    lower = text.lower()  # of the same length, but for letters that no number has
    if len(lower) != len(text):
        return
    spans = []
    for found in islice(_RUN.finditer(lower), MOST):
        spans.append(found.span())
        yield from _said(lower, found)
    for dozen in islice(_DOZEN.finditer(lower), MOST):
        if not any(start <= dozen.start() < end for start, end in spans):
            half = (dozen[1] or "").startswith("half")
            yield Said(Decimal(6 if half else 12), *dozen.span())


def _said(text: str, found: re.Match[str]) -> Iterator[Said]:
    before = text[max(0, found.start() - 24) : found.start()]
    words = found[2]
    if words in _SCALES and _SOME.search(before):
        return
    one = words == "one" and not found[1] and not found[3]
    if one and (_POINTED.search(before) or _OF.match(text, found.end())):
        return
    values = _values(words)
    percent = bool(_PERCENT.match(text, found.end()))
    for value in values:
        full = value * 12 if found[3] else value
        yield Said(-full if found[1] else full, *found.span(), percent, article=one)


def _values(words: str) -> list[Decimal]:
    from text_to_num import alpha2digit

    scaled = re.fullmatch(rf"(.+\spoint\s.+?)[\s-]+({'|'.join(_SCALES)})", words)
    plain = scaled[1] if scaled else words
    figures = alpha2digit(plain.replace("fourty", "forty"), "en", threshold=0)
    found = [Decimal(each) for each in _FIGURES.findall(figures)]
    if scaled and len(found) == 1:
        return [found[0] * _SCALES[scaled[2]]]
    return found
