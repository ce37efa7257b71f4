"""A grader for an answer that is known to be right."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from components.cases.case import Grader
from components.graders import Reply, grade
from components.graders.numerals import chosen, number_alone
from components.markdown import check_json

_SHORT = 60  # characters that one may be expected to answer in the same words
_FIELDS = 50
_LETTER = re.compile(r"\W*([A-H])\W*")
_HOW_MANY = re.compile(
    r"\bhow (many|much)\b|\btotal\b|\bcount\b|多少|几[^乎]|合计|总[数共计]", re.I
)


def proposed(question: str, right: str, wrong: str = "", criterion: str = "") -> tuple[Grader, ...]:
    """A grader by which the answer `right` is right and `wrong`, if there is one, isn't. Where no
    rule can tell, a rubric with this criterion; () without one, or where no right answer is known:
    then a person has to say what is expected."""
    for grader in _candidates(question, right.strip()):
        if grade(grader, Reply(right)).verdict != "right":
            continue
        if not wrong.strip() or grade(grader, Reply(wrong)).verdict != "right":
            return (grader,)
    return ({"grader": "rubric", "text": criterion},) if criterion and right.strip() else ()


def _candidates(question: str, right: str) -> Iterator[Grader]:
    if fields := _fields(right):
        yield {"grader": "json", "fields": fields}
    if (letter := _LETTER.fullmatch(right)) and re.search(r"(?m)^\W*B\W", question):
        yield {"grader": "choice", "value": letter[1]}
    number = number_alone(right)
    if number is None and _HOW_MANY.search(question):
        said = chosen(right)
        number = said[0].value if len(said) == 1 else None
    if number is not None:
        yield {"grader": "number", "value": f"{number:f}"}
    if right and len(right) <= _SHORT and "\n" not in right:
        yield {"grader": "one_of", "values": [right]}


def _fields(right: str) -> dict[str, Grader]:
    """A grader for each value of an answer in JSON, by its pointer; none for other answers."""
    checked = check_json(right)
    if not checked.ok or not isinstance(checked.value, dict | list):
        return {}
    found = dict(_leaves(checked.value, ""))
    return found if len(found) <= _FIELDS else {}


def _leaves(value: Any, at: str) -> Iterator[tuple[str, Grader]]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            step = str(name).replace("~", "~0").replace("/", "~1")
            yield from _leaves(each, f"{at}/{step}")
    elif isinstance(value, list):
        for n, each in enumerate(value):
            yield from _leaves(each, f"{at}/{n}")
    elif isinstance(value, str) and value.strip():
        yield at, {"grader": "exact", "value": value}
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield at, {"grader": "number", "value": str(value)}
