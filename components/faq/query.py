"""What somebody types, as words that can be looked for."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("stop_words.toml")
_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# A run of Chinese, or a word, a figure or a name such as gpt-4.1-mini.
_RUNS = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+(?:[-.][^\W_{_CJK}]+)*")
_LETTER_DIGIT = re.compile(r"(?<=[a-z])(?=\d)")
_CHINESE = re.compile(rf"[{_CJK}]")
LONGEST = 200  # characters of a query that are looked at


@dataclass(frozen=True)
class Word:
    """One word of a query.

    forms: how it may be written ("gpt4", "gpt-4"), as typed first. pieces: the two-character
    parts of a Chinese run that has more.
    """

    forms: tuple[str, ...]
    chinese: bool
    pieces: tuple[str, ...] = ()


def folded(text: str) -> str:
    """`text` without case and width, each character in its old place."""
    return "".join(_fold(c) for c in text)


def words(query: str) -> tuple[Word, ...]:
    """The words to look for, without those that every question has unless there are no others."""
    clean = unicodedata.normalize("NFKC", query[:LONGEST]).casefold()
    runs = _RUNS.findall(clean)
    wanted = [run for run in runs if run not in _stop_words("en")] or runs
    found: list[Word] = []
    for run in wanted:
        found += _chinese(run) if _CHINESE.match(run) else [_latin(run)]
    if not found:  # nothing but question words
        found = [Word((run,), True, _pieces(run)) for run in wanted]
    return tuple(dict.fromkeys(found))


def _chinese(run: str) -> list[Word]:
    """A run without its question words: 怎么删除图片 -> 删除图片."""
    parts = [part for part in re.split("|".join(_stop_words("zh")), run) if part]
    return [Word((part,), True, _pieces(part)) for part in parts]


def _latin(run: str) -> Word:
    word = _singular(run)
    return Word(tuple(dict.fromkeys((word, _LETTER_DIGIT.sub("-", word, count=1)))), False)


def _pieces(run: str) -> tuple[str, ...]:
    return tuple(run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 2 else ()


def _singular(word: str) -> str:
    """Words are looked for by their beginning, so the shorter form finds both."""
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word


def _fold(character: str) -> str:
    other = unicodedata.normalize("NFKC", character).casefold()
    return other if len(other) == 1 else character


@cache
def _stop_words(lang: str) -> tuple[str, ...]:
    listed = tomllib.loads(_FILE.read_text("utf-8"))[lang]
    # The longest first: 为什么 before 什么.
    return tuple(sorted(listed, key=len, reverse=True))
