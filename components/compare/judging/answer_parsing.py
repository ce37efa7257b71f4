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

from components.graders.numerals import number_alone, read

_FILE = Path(__file__).with_name("verdicts.toml")
_EMPHASIS = re.compile(r"[*_`#~]+")
_BARE = 10  # characters of an answer that names an image and claims nothing
_EMPTY = {
    "image",
    "picture",
    "photo",
    "than",
    "more",
    "most",
    "because",
    "first",
    "second",
    "third",
}
_SHORT = 40  # characters of an answer that is a verdict by itself or begins with one
_SENTENCE = re.compile(r"[.!?。！？\n,，;；:：]|\s[-–—]+\s|—")
_CLAUSE = re.compile(r"[.!?。！？\n;；]")
_YES = re.compile(r"(?:yes|yeah|yep)\b|是的")
_NO = re.compile(r"(?:no|nope)\s+(?:it|there|they|the|this|that|these|those|i|we|neither)\b|不是")
_LIKE = re.compile(
    r"\b(?:and|or|like|alike|same|similar|equal|equally|identical|as|both|neither|unlike)\b"
    r"|[和与跟或]|一样|相同|都|不分"
)
_BETTER = re.compile(
    r"\b(?:than|more|most|less|least|better|best|worse|worst|wins?|only|prefer|choose|pick)\b"
    r"|\b(?:is|are|looks|appears|seems|was)\s+(?:(?:the|a|much|slightly|clearly|far)\s+)*\w+(?:er|est)\b"
    r"|[更最较比选胜]"
)
_NOT = re.compile(r"\b(?:not|never|isn't|doesn't|less|least)\b|[不没]")
_SUBJECT = re.compile(r"(?:(?:i think|overall|well|it is|it's|the)[, ]*)*")
_SAID_BY_WORD = (
    ("first", "1st", "former", "left", "1", "一"),
    ("second", "2nd", "2", "二"),
    ("third", "3rd", "3", "三"),
    ("fourth", "4th", "4", "四"),
    ("fifth", "5th", "5", "五"),
)


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
    """The numbers that `text` says, in order; see components.graders.numerals."""
    return tuple(said.value for said in read(text))


def verdict(text: str, letters: tuple[str, ...] = ()) -> Verdict | None:
    """What `text` decides; None when it can't be told. letters: those that images have, in the
    order in which they were sent: "the second image" is the second of them."""
    alone = number_alone(text)
    if alone is not None:
        return Verdict("number", f"{alone.normalize():f}")
    line = normalised(text)
    if line.upper() in letters:
        return Verdict("letter", line.upper())
    word = _word(line) if len(line) <= _SHORT else None
    word = word or _word(normalised(_SENTENCE.split(text.strip(), maxsplit=1)[0]))
    word = word or ("yes" if _YES.match(line) else "no" if _NO.match(line) else None)
    if word:
        return Verdict("word", word)
    return _named_letter(text, letters) or _claimed_letter(text, letters)


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


def _claimed_letter(text: str, letters: tuple[str, ...]) -> Verdict | None:
    """The image that the first sentence is about, by its letter or its place: "B is sharper than
    A", "The second one is sharper". None where others may be meant as well."""
    if len(letters) < 2:
        return None
    plain = _EMPHASIS.sub("", unicodedata.normalize("NFKC", text)).strip()
    first = _CLAUSE.split(plain, maxsplit=1)[0]
    named = _mentions(first, letters)
    if not named:
        return None
    start, end, letter = named[0]
    others = [found for _, _, found in _mentions(plain, letters) if found != letter]
    if others:
        subject = _SUBJECT.fullmatch(first[:start].casefold().strip())
        compares = _BETTER.search(first[end:].casefold())
        between = first[end : named[1][0]] if len(named) > 1 else ""
        alike = _LIKE.search(first[end:].casefold()) if len(named) > 1 else None
        if not subject or not compares or alike or between.strip() == ",":
            return None
    return Verdict("letter", letter)


def _mentions(text: str, letters: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """(start, end, letter) of each image that `text` names, in order."""
    found = []
    one = "|".join(sorted(map(re.escape, letters), key=len, reverse=True))
    before = rf"(?:{_before()}\s*:?\s*)?"
    # "A" and "I" are words, too: they need a verb or a sign after them, or Chinese.
    after = (
        r"(?=\s*(?:[^\x00-\x7f]|[,.;:)!?]|$)"
        r"|\s+(?:is|was|has|looks|appears|seems|shows|wins)\b|\s+(?:and|or|nor)\s+[A-Z]\b)"
    )
    for match in re.finditer(rf"(?<![A-Za-z0-9'])({before})({one})(?![A-Za-z0-9'])", text):
        sure = match[1] or match[2] not in ("A", "I") or re.match(after, text[match.end() :])
        sure = sure or re.search(
            r"(?:than|over|to|is|choose|pick|prefer)\s+$", text[: match.start()]
        )
        if sure:
            found.append((match.start(), match.end(), match[2]))
    for place, words in enumerate(_SAID_BY_WORD[: len(letters)]):
        found += [(m.start(), m.end(), letters[place]) for m in _place_words(words).finditer(text)]
    last = (
        r"(?i:\bthe (?:last|latter|right)(?: (?:image|picture|photo|one))?\b)|最后一?[张幅个]|后者"
    )
    found += [(m.start(), m.end(), letters[-1]) for m in re.finditer(last, text)]
    return sorted(found)


@cache
def _place_words(words: tuple[str, ...]) -> re.Pattern[str]:
    told = "|".join(w for w in words if w.isascii() and not w.isdigit())
    digit = next(w for w in words if w.isascii() and w.isdigit())
    sign = next(w for w in words if not w.isascii())
    also = "|前者" if "former" in words else ""
    return re.compile(
        rf"(?i:\bthe (?:{told})(?: (?:image|picture|photo|one))?\b)"
        rf"|(?i:\b(?:image|picture|photo) {digit}\b)|第[{sign}{digit}][张幅个]图?"
        rf"|图\s*{digit}(?!\d){also}"
    )


def same_claim(one: str, other: str, kind: str) -> bool:
    """Whether two answers that name an image seem to say the same of it: "A is sharper" and
    "B is blurrier" don't. Answers without a claim ("A") do."""
    if kind != "letter":
        return True
    first, second = (_CLAUSE.split(normalised(text), maxsplit=1)[0] for text in (one, other))
    if min(len(first), len(second)) <= _BARE:
        return True
    if bool(_NOT.search(first)) != bool(_NOT.search(second)):
        return False
    return bool(_content(first) & _content(second))


def _content(line: str) -> set[str]:
    """Words that say something; in Chinese, signs."""
    said = {word for word in re.findall(r"[a-z]{4,}", line) if word not in _EMPTY}
    return said | set(re.findall(r"[\u4e00-\u9fff]", line)) - set(
        "图第一二三四五张幅个者更最较比是的选片照答案为"
    )


@cache
def _before() -> str:
    words = sorted(_data()["letters"]["before"], key=len, reverse=True)
    return f"(?i:{'|'.join(map(re.escape, words))})"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))
