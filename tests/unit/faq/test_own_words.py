"""The answers are in our own words, not in those of the documents they started from."""

import re
from collections.abc import Callable

import pytest

from components.faq import faq
from tests.support.paths import SHARED as SHARED_FILES

SEEDS = SHARED_FILES / "seeds"
WORDS, CHARACTERS = 12, 25
TABLE_ROW = re.compile(r"^\|.*$", re.MULTILINE)


def english(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def chinese(text: str) -> list[str]:
    return re.findall(r"\w", text.lower())


def runs(parts: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(parts[i : i + length]) for i in range(len(parts) - length + 1)}


@pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the documents this project started from aren't here"
)
@pytest.mark.parametrize(
    ("lang", "parts", "length"), [("en", english, WORDS), ("zh", chinese, CHARACTERS)]
)
def test_no_sentence_is_copied(lang: str, parts: Callable[[str], list[str]], length: int) -> None:
    seeds = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    theirs = set().union(*(runs(parts(seed), length) for seed in seeds))
    assert len(theirs) > 100
    copied = {
        answer.slug: " ".join(sorted(same)[0])
        for answer in faq(lang)
        if (same := theirs & runs(parts(TABLE_ROW.sub("", answer.text)), length))
    }
    assert not copied
