"""What a grader is given and what it gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from components.errors import AppError

Verdict = Literal["right", "wrong", "unsure"]
LONGEST = 100_000
"""Characters of an answer that is graded at all."""
_SHOWN = 80


class GraderError(AppError):
    """A grader that can't be used as it is set up. grader_unknown: name. grader_missing,
    grader_setting: grader, setting, for grader_setting the value. grader_pattern: pattern,
    problem. grader_schema: problem. grade_file: name; grade_json: and line; grade_shape: and place.
    """

    codes = frozenset(
        {
            "grader_unknown",
            "grader_missing",
            "grader_setting",
            "grader_pattern",
            "grader_schema",
            "grade_file",
            "grade_shape",
            "grade_json",
        }
    )


@dataclass(frozen=True)
class Reply:
    """What is graded. rotations: the answers to the rotations of a circular choice, in order.
    image, sent: width and height of the original and of what the model was sent, in pixels.
    cost: USD. ms: how long a fresh answer took. finish: why the model stopped, in its own word.
    refused: whether the endpoint says that the model declined. None is unknown. judged: what judges
    said, one grade a vote, by `rubric.key_of` a rubric."""

    text: str = ""
    rotations: tuple[str, ...] = ()
    image: tuple[int, int] | None = None
    sent: tuple[int, int] | None = None
    cost: Decimal | None = None
    ms: int | None = None
    finish: str | None = None
    refused: bool | None = None
    judged: Mapping[str, "Sequence[Grade]"] = field(default_factory=dict)


@dataclass(frozen=True)
class Why:
    """code: of the sentence `cases.why.<code>`, which data fills."""

    code: str
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Grade:
    """score: what the grader measures, if it does: a share, a rate of errors, an IoU. facts: more
    that was found, as JSON would take it: what was read, how far off, boxes, fields."""

    verdict: Verdict
    why: Why
    score: float | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def right(code: str, score: float | None = None, /, **data: object) -> Grade:
    """A Grade that is right, for the reason `code`."""
    return Grade("right", Why(code, data), score)


def wrong(code: str, score: float | None = None, /, **data: object) -> Grade:
    """A Grade that is wrong, for the reason `code`."""
    return Grade("wrong", Why(code, data), score)


def unsure(code: str, score: float | None = None, /, **data: object) -> Grade:
    """A Grade that a person has to decide, for the reason `code`."""
    return Grade("unsure", Why(code, data), score)


def short(text: object) -> str:
    """As much of `text` as fits into a sentence, on one line."""
    line = " ".join(str(text).split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
