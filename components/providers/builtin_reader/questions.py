"""What a question asks for, found by patterns (questions.toml) and without pretending more."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from components.providers.builtin_reader.settings import load

TOPICS = ("size", "text", "direction", "legibility", "sharpness", "light", "colours", "differences")


@dataclass(frozen=True)
class Asked:
    """topics: what can be measured and is asked for, in the question's order.

    understood: those topics answer the whole question. An empty question asks for everything
    that can be measured, and is understood.
    """

    topics: tuple[str, ...]
    understood: bool


def asked(question: str) -> Asked:
    """What `question` (Chinese or English, in any mixture) asks for.

    Understood only if nothing is left over: "what colour" can be measured, "what colour is the
    car" can't, because nobody here knows where the car is. Reading is the exception, since all
    the text answers "what does the left sign say", too.
    """
    text = question.casefold().strip()
    if not any(char.isalnum() for char in text):
        return Asked((), True)
    reading = _pattern("reading").search(text)
    places = {"text": reading.start()} if reading else {}
    rest = _pattern("reading").sub(" ", text)
    for topic in ("legibility", *TOPICS):  # "text size" is about legibility and not about size
        pattern = _pattern("topics", topic)
        found = pattern.search(rest)
        if found:
            places.setdefault(topic, text.find(found[0]))
            rest = pattern.sub(" ", rest)
    beyond = _pattern("beyond").search(rest)
    left = any(char.isalnum() for char in _pattern("filler").sub(" ", rest))
    topics = tuple(sorted(places, key=lambda topic: places[topic]))
    return Asked(topics, bool(topics) and not beyond and (bool(reading) or not left))


@cache
def _pattern(*path: str) -> re.Pattern[str]:
    table: object = load("questions")
    for key in path:
        assert isinstance(table, Mapping)
        table = table[key]
    assert isinstance(table, Mapping)
    english = "|".join(f"(?:{one})" for one in table["en"])
    chinese = "|".join(sorted((f"(?:{one})" for one in table["zh"]), key=len, reverse=True))
    return re.compile(rf"\b(?:{english})\b|{chinese}", re.ASCII)
