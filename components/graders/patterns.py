"""Regular expressions of strangers: within a time, a length and without a way to hang."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from components.graders.settings import Settings
from components.graders.types import LONGEST, Grade, GraderError, Reply, right, short, unsure, wrong

if TYPE_CHECKING:
    import regex

LONGEST_PATTERN = 1_000
SECONDS = 0.2
_FLAGS = {"i": "IGNORECASE", "m": "MULTILINE", "s": "DOTALL", "x": "VERBOSE"}


class TimeUp(Exception):
    """A pattern took longer than SECONDS."""


def compiled(pattern: str, flags: str = "") -> "regex.Pattern[str]":
    """flags: of i, m, s, x. Raises GraderError grader_pattern."""
    if len(pattern) > LONGEST_PATTERN:
        problem = f"> {LONGEST_PATTERN}"
        raise GraderError("grader_pattern", pattern=short(pattern), problem=problem)
    return _compiled(pattern, flags)


def found(pattern: "regex.Pattern[str]", text: str) -> bool:
    """Whether it is somewhere in `text`. Raises TimeUp."""
    try:
        return pattern.search(text[:LONGEST], timeout=SECONDS) is not None
    except TimeoutError as error:
        raise TimeUp from error


def matches(given: Mapping[str, Any], reply: Reply) -> Grade:
    """Grader regex. value: a pattern of the package regex, found anywhere in the answer as it is;
    flags: of i, m, s, x."""
    settings = Settings(given)
    flags = settings.text("flags") if settings.has("flags") else ""
    if set(flags) - _FLAGS.keys():
        raise settings.bad("flags")
    pattern = compiled(settings.text("value"), flags)
    try:
        if found(pattern, reply.text):
            return right("regex")
    except TimeUp:
        return unsure("regex_time", seconds=SECONDS)
    return wrong("regex_not", pattern=short(pattern.pattern))


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: str) -> "regex.Pattern[str]":
    import regex

    how = regex.VERSION0
    for flag in flags:
        how |= getattr(regex, _FLAGS[flag])
    try:
        return regex.compile(pattern, how)
    except (regex.error, ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise GraderError("grader_pattern", pattern=short(pattern), problem=short(error)) from error
