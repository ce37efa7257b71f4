"""What the tests of graders have in common."""

from decimal import Decimal
from typing import Any

from components.graders import Grade, Reply, grade


def graded(answer: str, grader: str, **settings: Any) -> Grade:
    return grade({"grader": grader, **settings}, Reply(answer))


def verdict(answer: str, grader: str, **settings: Any) -> str:
    return graded(answer, grader, **settings).verdict


def said(*figures: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(each) for each in figures)
