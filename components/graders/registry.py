"""Graders by their names."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from components.graders.box import boxes
from components.graders.choice import choice
from components.graders.dates import date_
from components.graders.json_value import json_
from components.graders.likeness import TooLong, anls, cer, is_han, similarity, wer
from components.graders.limits import cost, finish, latency, refusal
from components.graders.number import count, number
from components.graders.patterns import matches
from components.graders.rubric import rubric
from components.graders.types import LONGEST, Grade, GraderError, Reply, Why, right, unsure
from components.graders.words import contains, exact, not_, one_of, too_long

Grader = Callable[[Mapping[str, Any], Reply], Grade]

GRADERS: Mapping[str, Grader] = MappingProxyType(
    {
        "exact": exact,
        "one_of": one_of,
        "contains": contains,
        "not": not_,
        "regex": matches,
        "number": number,
        "count": count,
        "date": date_,
        "json": json_,
        "anls": anls,
        "cer": cer,
        "wer": wer,
        "similarity": similarity,
        "iou": boxes,
        "choice": choice,
        "rubric": rubric,
        "cost": cost,
        "latency": latency,
        "finish": finish,
        "refusal": refusal,
    }
)
_OF_THE_WAY = frozenset({"cost", "latency", "finish", "refusal"})
_DEEP = 10


def grade(given: Mapping[str, Any], reply: Reply) -> Grade:
    """given: a grader as cases have it, {"grader": name, …its settings}, which its function
    explains. Raises GraderError for a grader that can't be used."""
    grader = _grader(given)
    if given["grader"] not in _OF_THE_WAY:
        longest = max([reply.text, *reply.rotations], key=len)
        if long := too_long(Reply(longest), LONGEST):
            return long
    try:
        return grader(given, reply)
    except TooLong:
        return unsure("long", n=len(reply.text), limit=LONGEST)


def grade_all(
    graders: Sequence[Mapping[str, Any]], reply: Reply, at_least: float = 1.0
) -> tuple[Grade, tuple[Grade, ...]]:
    """All of a case's graders: the case's own grade and those of each. A grader's `weight`, 1, is
    what it counts; at_least: the share of weight that has to be right. score: that share."""
    grades = tuple(grade(each, reply) for each in graders)
    weights = [_weight(each) for each in graders]
    total = sum(weights)
    if not total:
        return right("all", 1.0, n=len(grades)), grades
    share = _share(grades, weights, {"right"}) / total
    if len(grades) == 1:
        return Grade(grades[0].verdict, grades[0].why, grades[0].score, grades[0].facts), grades
    n = sum(each.verdict == "right" for each in grades)
    data = {"n": n, "of": len(grades)}
    if share >= at_least - 1e-9:
        return Grade("right", Why("all", data), share), grades
    open_ = _share(grades, weights, {"right", "unsure"}) / total >= at_least - 1e-9
    return Grade("unsure" if open_ else "wrong", Why("all_not", data), share), grades


def check(given: Mapping[str, Any]) -> tuple[Why, ...]:
    """Tries a grader on an empty answer, so that what is wrong with it is said before a run, and
    gives what its author should know. Raises GraderError."""
    grade(given, Reply("0"))
    grade(given, Reply("{}"))
    hints = []
    name = given.get("grader")
    if name == "contains":
        hints.append(Why("hint_contains"))
    if name == "wer" and is_han(str(given.get("value", ""))):
        hints.append(Why("hint_wer"))
    return tuple(hints)


def _grader(given: Mapping[str, Any]) -> Grader:
    name = given.get("grader")
    found = GRADERS.get(name) if isinstance(name, str) else None
    if found is None:
        raise GraderError("grader_unknown", name=str(name)[:80])
    inner: Any = given
    for _ in range(_DEEP):
        inner = inner.get("of") if isinstance(inner, Mapping) else None
        if inner is None:
            return found
    raise GraderError("grader_setting", grader=name, setting="of", value="…")


def _weight(given: Mapping[str, Any]) -> float:
    value = given.get("weight", 1)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        raise GraderError(
            "grader_setting", grader=given.get("grader"), setting="weight", value=str(value)[:80]
        )
    return float(value)


def _share(grades: Sequence[Grade], weights: Sequence[float], verdicts: set[str]) -> float:
    return sum(
        weight for one, weight in zip(grades, weights, strict=True) if one.verdict in verdicts
    )
