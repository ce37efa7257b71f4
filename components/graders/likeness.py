"""Graders of how near two texts are: anls, cer, wer, similarity."""

import re
from collections.abc import Mapping
from typing import Any

from components.graders.normalise import HAN, normalised
from components.graders.settings import Settings
from components.graders.types import Grade, Reply, right, wrong
from components.graders.words import HOW

_FAR = 0.5  # at which ANLS stops counting letters
_MOST = 2_000_000_000  # steps: lengths of both, multiplied
_HAN = re.compile(f"[{HAN}]{{3}}")


def anls(given: Mapping[str, Any], reply: Reply) -> Grade:
    """any: accepted texts; at_least, 0.5. score: the best of 1 - NL where NL < 0.5, else 0; NL is
    the distance divided by the longer length, both in lower case with blanks collapsed."""
    settings = Settings(given)
    said = _collapsed(reply.text.lower())
    score = max(
        _anls(said, _collapsed(each.lower())) for each in settings.texts("any", "values", "value")
    )
    return _at_least(score, settings.share("at_least", "0.5"))


def similarity(given: Mapping[str, Any], reply: Reply) -> Grade:
    """value; at_least, 0.8; normalise: none unless asked for. score: 1 - distance / longer."""
    settings = Settings(given)
    how = settings.one_of("normalise", HOW, "none")
    said, wanted = normalised(reply.text, how), normalised(settings.text("value"), how)
    longer = max(len(said), len(wanted))
    score = 1 - _distance(said, wanted) / longer if longer else 1.0
    return _at_least(score, settings.share("at_least", "0.8"))


def cer(given: Mapping[str, Any], reply: Reply) -> Grade:
    """value; at_most, 0.1; normalise: none unless asked for. score: edits of characters divided by
    those of the value, blanks at the ends off; above 1 for an answer much too long."""
    settings, said, wanted = _both(given, reply)
    score = _distance(said, wanted) / len(wanted)
    return _at_most("cer", score, settings.share("at_most", "0.1"))


def wer(given: Mapping[str, Any], reply: Reply) -> Grade:
    """As cer, in words between blanks; at_most, 0.2."""
    settings, said, wanted = _both(given, reply)
    words = wanted.split()
    score = _distance(said.split(), words) / len(words)
    grade = _at_most("wer", score, settings.share("at_most", "0.2"))
    if grade.verdict == "wrong" and is_han(wanted):
        return wrong("wer_han", score)
    return grade


def is_han(text: str) -> bool:
    """Whether it has Chinese without blanks, in which wer finds no words."""
    return bool(_HAN.search(text))


def _both(given: Mapping[str, Any], reply: Reply) -> tuple[Settings, str, str]:
    settings = Settings(given)
    how = settings.one_of("normalise", HOW, "none")
    wanted = normalised(settings.text("value"), how).strip()
    if not wanted:
        raise settings.bad("value")
    return settings, normalised(reply.text, how).strip(), wanted


def _anls(said: str, wanted: str) -> float:
    longer = max(len(said), len(wanted))
    far = _distance(said, wanted) / longer if longer else 0.0
    return 1 - far if far < _FAR else 0.0


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _distance(one: str | list[str], other: str | list[str]) -> int:
    from rapidfuzz.distance import Levenshtein

    if len(one) * len(other) > _MOST:
        raise TooLong
    return int(Levenshtein.distance(one, other))


class TooLong(Exception):
    """Two texts that would take too long to compare."""


def _at_least(score: float, least: float) -> Grade:
    said = {"score": round(score, 3), "least": least}
    return right("like", score, **said) if score >= least else wrong("unlike", score, **said)


def _at_most(code: str, score: float, most: float) -> Grade:
    said = {"score": round(score, 3), "most": most}
    return right(code, score, **said) if score <= most else wrong(f"{code}_more", score, **said)
