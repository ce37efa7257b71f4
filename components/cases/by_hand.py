"""Cases that a person types: an expectation out of the fields of a form."""

from collections.abc import Sequence

from components.cases.case import Grader
from components.graders import check

KINDS = ("contains", "one_of", "number", "count", "choice", "date", "regex", "not", "rubric")
"""Graders that a form offers; `not` stands for "doesn't contain"."""

PER_LINE = ("contains", "one_of", "not")
"""Those of which each line is another text."""


def rubric_by_hand(
    typed: str, judge: str = "", *, sees_image: bool = False, votes: int = 1
) -> Grader:
    """typed: the criterion. judge: a model, "" for the one of each run. Raises GraderError."""
    grader: dict[str, object] = {"grader": "rubric", "text": typed.strip()}
    grader |= {"judge": judge} if judge else {}
    grader |= {"sees": "image"} if sees_image else {}
    grader |= {"votes": votes} if votes != 1 else {}
    check(grader)
    return grader


def grader_of(kind: str, typed: str, choices: Sequence[str] = ()) -> Grader:
    """kind: of KINDS. typed: what the field holds. choices: the options of a choice. Raises
    GraderError for what the grader can't use."""
    if kind == "rubric":
        return rubric_by_hand(typed)
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    one = " ".join(lines)
    if kind == "contains":
        grader: dict[str, object] = {"grader": kind, "any": lines}
    elif kind == "one_of":
        grader = {"grader": kind, "values": lines}
    elif kind == "not":
        grader = {"grader": kind, "of": {"grader": "contains", "any": lines}}
    elif kind == "choice":
        grader = {"grader": kind, "value": one}
        if choices:
            grader["choices"] = list(choices)
    else:
        grader = {"grader": kind, "value": one}
    check(grader)
    return grader
