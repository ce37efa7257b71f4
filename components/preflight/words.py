"""Which known limits the words of a question touch, in Chinese and English."""

import re
from functools import cache, lru_cache

from components.preflight.settings import load


@lru_cache(maxsize=256)
def topics(question: str) -> tuple[str, ...]:
    """Names of tables in words.toml, in their order: what `question` seems to ask for.

    Known from words alone: a question about a picture of a chess board that names neither
    chess nor a place isn't found.
    """
    text = question.replace("’", "'")
    return tuple(name for name in load("words") if _touches(name, text))


def asks_for_description(question: str) -> bool:
    """Whether a description or caption is wanted; without any words that is what comes."""
    return not question.strip() or "describing" in topics(question)


def slug_of(topic: str) -> str:
    """The FAQ's slug of a topic."""
    return str(load("words")[topic]["faq"])


def _touches(name: str, text: str) -> bool:
    found, taken_back = _patterns(name)
    return bool(found.search(taken_back.sub(" ", text) if taken_back else text))


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    table = load("words")[name]
    back = _joined(table["but_en"], table["but_zh"])
    found = _joined(table["en"], table["zh"])
    assert found is not None
    return found, back


def _joined(english: list[str], chinese: list[str]) -> re.Pattern[str] | None:
    """ASCII word boundaries, so that "CT片" and "this图" are taken apart where a person would."""
    parts = [rf"\b(?:{'|'.join(english)})\b"] if english else []
    if not parts and not chinese:
        return None
    return re.compile("|".join([*parts, *chinese]), re.ASCII | re.IGNORECASE)
