"""Graders of what an answer's words are: exact, one_of, contains, not."""

import re
from collections.abc import Mapping
from typing import Any

from components.graders.normalise import HAN, normalised
from components.graders.numerals.figures import border_after, border_before
from components.graders.settings import Settings
from components.graders.types import Grade, Reply, Verdict, Why, right, short, unsure, wrong

HOW = ("usual", "case", "none")
WHERE = ("anywhere", "start", "end", "either")
_HAN = re.compile(f"[{HAN}]")
_TRIES = 5_000  # places in a text that are looked at
_NOT = re.compile(
    r"(?:\b(?:not|never|no|isn't|aren't|wasn't|don't|doesn't|cannot|can't|without)\b[^.!?;,\n]{0,24}"
    r"|[不没非无][^。！？；，,.!?\n]{0,8})$"
)


def exact(given: Mapping[str, Any], reply: Reply) -> Grade:
    """value; normalise: usual, case, none."""
    settings = Settings(given)
    wanted = settings.text("value")
    if _same(reply.text, wanted, settings.one_of("normalise", HOW, "usual")):
        return right("exact")
    return wrong("exact_not", wanted=short(wanted))


def one_of(given: Mapping[str, Any], reply: Reply) -> Grade:
    """values; normalise as of exact."""
    settings = Settings(given)
    how = settings.one_of("normalise", HOW, "usual")
    for value in settings.texts("values", "any", "value"):
        if _same(reply.text, value, how):
            return right("one_of", value=short(value))
    return wrong("one_of_not")


def contains(given: Mapping[str, Any], reply: Reply) -> Grade:
    """any, all: texts of which one, or each, stands in the answer. where: anywhere, start, end;
    either: or the answer in the text. Words and numbers count whole, unless normalise is case or
    none or where is either; Chinese has no borders."""
    settings = Settings(given)
    where = settings.one_of("where", WHERE, "anywhere")
    how = settings.one_of("normalise", HOW, "usual")
    text = normalised(reply.text, how)
    each = settings.texts("all") if settings.has("all") else ()
    missed = next((one for one in each if _place(text, one, how, where) is None), None)
    if missed is not None:
        return wrong("contains_not", text=short(missed))
    if each and not (settings.has("any") or settings.has("value")):
        return right("contains", text=short(each[0]))
    some = settings.texts("any", "value")
    for one in some:
        at = _place(text, one, how, where)
        if at is not None:
            negated = bool(_NOT.search(text[max(0, at - 40) : at]))
            return right("contains_after_not" if negated else "contains", text=short(one))
    return wrong("contains_not" if len(some) == 1 else "contains_none", text=short(some[0]))


def not_(given: Mapping[str, Any], reply: Reply) -> Grade:
    """of: a grader, whose right is wrong here. Or any, all as of contains, value, values as of
    one_of."""
    from components.graders.registry import grade

    settings = Settings(given)
    if settings.has("of"):
        inner = dict(settings.table("of"))
    elif settings.has("any") or settings.has("all"):
        inner = {**given, "grader": "contains"}
    elif settings.has("values") or settings.has("value"):
        inner = {**given, "grader": "one_of"}
    else:
        raise settings.missing("of")
    found = grade(inner, reply)
    if found.verdict == "unsure":
        return found
    turned: Verdict = "wrong" if found.verdict == "right" else "right"
    facts = {"of": {"verdict": found.verdict, "why": found.why.code}}
    if "judge" in found.facts:  # who gave a reason
        why = Why(f"not_rubric_{turned}", found.why.data)
        return Grade(turned, why, found.score, {**found.facts, **facts})
    return Grade(turned, Why(f"not_{turned}"), None, facts)


def found_in(text: str, wanted: str) -> int | None:
    """Where `wanted` stands in `text`, both normalised, in whole words and numbers; None if it
    doesn't."""
    if not wanted:
        return 0 if not text else None
    at, tries = text.find(wanted), 0
    while at >= 0 and tries < _TRIES:
        tries += 1
        if _whole(text, at, at + len(wanted)):
            return at
        at = text.find(wanted, at + 1)
    return None


def _same(answer: str, wanted: str, how: str) -> bool:
    one, other = normalised(answer, how), normalised(wanted, how)
    if how == "usual" and not one and not other:  # of signs alone
        return answer.strip() == wanted.strip()
    return one == other


def _place(text: str, wanted: str, how: str, where: str) -> int | None:
    needle = normalised(wanted, how)
    if how != "usual" or where == "either":
        return _plain(text, needle, where)
    if where == "start":
        return 0 if text.startswith(needle) and _whole(text, 0, len(needle)) else None
    if where == "end":
        at = len(text) - len(needle)
        return at if text.endswith(needle) and _whole(text, at, len(text)) else None
    return found_in(text, needle)


def _plain(text: str, needle: str, where: str) -> int | None:
    if where == "start":
        return 0 if text.startswith(needle) else None
    if where == "end":
        return len(text) - len(needle) if text.endswith(needle) else None
    if where == "either" and text and text in needle:
        return 0
    at = text.find(needle)
    return at if at >= 0 else None


def _whole(text: str, start: int, end: int) -> bool:
    first, last = text[start], text[end - 1]
    if first.isdigit() and not border_before(text, start):
        return False
    before = text[max(0, start - 2) : start]
    if first.isdigit() and before[-1:] == "-" and not before[:-1].isalnum():
        return False  # -23 isn't 23
    if last.isdigit() and not border_after(text, end):
        return False
    if _joins(first) and not first.isdigit() and start and _joins(text[start - 1]):
        return False
    goes_on = end < len(text) and _joins(text[end])
    return not (goes_on and _joins(last) and not last.isdigit())


def _joins(char: str) -> bool:
    """Part of a word, in a script with blanks between words."""
    return (char.isalnum() and not _HAN.match(char)) or char == "_"


def too_long(reply: Reply, longest: int) -> Grade | None:
    """Unsure for an answer of more than `longest` characters."""
    if len(reply.text) <= longest:
        return None
    return unsure("long", n=len(reply.text), limit=longest)
