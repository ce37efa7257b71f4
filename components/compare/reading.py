"""What an answer says, as something that can be compared: its words, numbers, verdict.

The words for verdicts are in verdicts.toml.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("verdicts.toml")
# 1,284.50 is one number, "3,5" and "3-4" are two each; a minus belongs to a number when nothing
# is before it. Letters of other scripts may touch a number, Latin ones before it make a name.
_NUMBER = re.compile(
    r"(?:(?<![\w.])[-−])?(?<![\w.])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?", re.ASCII
)
_LIST_MARK = re.compile(r"(?m)^\s*\d{1,3}[.)、]\s+")
_EMPHASIS = re.compile(r"[*_`#~]+")
_SHORT = 40  # characters of an answer that is a verdict by itself or begins with one
_SENTENCE = re.compile(r"[.!?。！？\n,，;；:：]")


@dataclass(frozen=True)
class Verdict:
    """kind: "letter" (value "A"), "word" ("yes", "no", "same", "different") or "number"."""

    kind: str
    value: str


def normalised(text: str) -> str:
    """`text` without what two same answers may differ in: case, width, emphasis, blanks, and
    signs at the ends."""
    plain = _EMPHASIS.sub("", unicodedata.normalize("NFKC", text)).casefold()
    line = " ".join(plain.split())
    return line.strip("".join({c for c in line if unicodedata.category(c)[0] in "PZ"} - {"-"}))


def numbers(text: str) -> tuple[Decimal, ...]:
    """The numbers in `text` in order, without those that count a list's items."""
    plain = _LIST_MARK.sub("", unicodedata.normalize("NFKC", text))
    found = (match[0].replace(",", "").replace("−", "-") for match in _NUMBER.finditer(plain))
    return tuple(Decimal(digits) for digits in found)


def number_alone(text: str) -> Decimal | None:
    """The number that `text` is, with a currency sign or a percent sign at most, or as a word."""
    line = normalised(text)
    if line in _data()["numbers"]:
        return Decimal(_data()["numbers"][line])
    bare = unicodedata.normalize("NFKC", text).strip().strip("$€£¥%。. *").strip()
    found = _NUMBER.fullmatch(bare)
    return numbers(bare)[0] if found else None


def verdict(text: str, letters: tuple[str, ...] = ()) -> Verdict | None:
    """What `text` decides; None when it can't be told. letters: those that images have."""
    alone = number_alone(text)
    if alone is not None:
        return Verdict("number", f"{alone.normalize():f}")
    line = normalised(text)
    if line.upper() in letters:
        return Verdict("letter", line.upper())
    word = _word(line) if len(line) <= _SHORT else None
    word = word or _word(normalised(_SENTENCE.split(text.strip(), maxsplit=1)[0]))
    if word:
        return Verdict("word", word)
    return _named_letter(text, letters)


def _word(line: str) -> str | None:
    return next((key for key, said in _data()["words"].items() if line in said), None)


def _named_letter(text: str, letters: tuple[str, ...]) -> Verdict | None:
    """The one letter that the answer names as an image's or a choice's; "a" may be an article."""
    if not letters:
        return None
    plain = _EMPHASIS.sub("", unicodedata.normalize("NFKC", text))
    one = "|".join(sorted(map(re.escape, letters), key=len, reverse=True))
    named = {found[1] for found in re.finditer(rf"{_before()}\s*:?\s*({one})(?![A-Za-z])", plain)}
    named |= {found[1] for found in re.finditer(rf"^\s*({one})\s*(?:[.:)、，,]|$)", plain)}
    return Verdict("letter", named.pop()) if len(named) == 1 else None


@cache
def _before() -> str:
    words = sorted(_data()["letters"]["before"], key=len, reverse=True)
    return f"(?i:{'|'.join(map(re.escape, words))})"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))
