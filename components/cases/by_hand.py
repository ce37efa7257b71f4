"""Cases that a person types: an expectation out of the fields of a form."""

from collections.abc import Sequence

from components.cases.case import Grader
from components.graders import check

KINDS = ("contains", "one_of", "number", "count", "choice", "date", "regex", "not")
"""Graders that a form offers; `not` stands for "doesn't contain"."""

PER_LINE = ("contains", "one_of", "not")
"""Those of which each line is another text."""


def grader_of(kind: str, typed: str, choices: Sequence[str] = ()) -> Grader:
    """kind: of KINDS. typed: what the field holds. choices: the options of a choice. Raises
    GraderError for what the grader can't use."""
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
