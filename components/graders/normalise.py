"""Texts without what two same answers may differ in. Every step takes time in proportion to the
text's length, as texts come from models and from files of strangers."""

import re
import unicodedata

HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_QUOTES = str.maketrans("“”„‟«»‘’‚‛′−﹣－", '""""""\'\'\'\'\'---')
_FENCE = re.compile(r"(?m)^[ \t]*(?:```+|~~~+)[^\n`]*$\n?")
_HEADING = re.compile(r"(?m)^[ \t]*#{1,6}[ \t]+")
# 2*3 and 2 * 3 keep their stars, snake_case its line.
_STARS = re.compile(r"(?<!\d)(?<! )\*+|\*+(?![\d ])|(?<!\d)\*+(?=\d)|^\*+|\*+$", re.M)
_MARKS = re.compile(r"`+|~~|(?<![^\W_])_+|_+(?![^\W_])")
_BLANKS = re.compile(r"\s+")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
_KEPT = frozenset("%‰#@&")  # signs at the ends that say something
_NUMBER_AHEAD = re.compile(rf"(?:-[.$€£¥]?|\.)[\d{HAN}]")


def unified(text: str) -> str:
    """Width and forms (NFKC), quotes and minus signs made one; fences and emphasis off."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return _MARKS.sub("", _STARS.sub("", _HEADING.sub("", _FENCE.sub("", plain))))


def usual(text: str) -> str:
    """`unified`, case folded, blanks collapsed (none between Chinese), outer signs off but for a
    minus before a number. Empty for a text of signs alone."""
    folded = unicodedata.normalize("NFKC", unified(text).casefold())
    line = _BETWEEN_HAN.sub("", _BLANKS.sub(" ", folded))
    end = len(line)
    while end and _is_sign(line[end - 1]):
        end -= 1
    start = 0
    while start < end and _is_sign(line[start]) and not _NUMBER_AHEAD.match(line, start):
        start += 1
    return line[start:end]


def normalised(text: str, how: str) -> str:
    """how: "usual", "case" (folded alone) or "none" (as it is)."""
    if how == "usual":
        return usual(text)
    return text.casefold() if how == "case" else text


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PZC" and char not in _KEPT
