"""choice."""

import pytest

from components.graders import Reply, grade
from tests.unit.graders.grading import verdict

OPTIONS = ["oak", "pine", "beech", "white pine"]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("B", "right"),
        ("b.", "right"),
        ("**(B)**", "right"),
        ("The answer is B.", "right"),
        ("答案：B", "right"),
        ("选B", "right"),
        ("B. pine", "right"),
        ("B\n\nAn oak looks otherwise.", "right"),
        ("It is a pine.", "right"),
        ("A pine tree", "right"),
        ("\\boxed{B}", "right"),
        ("A", "wrong"),
        ("white pine", "wrong"),
        ("a white pine stands there", "wrong"),
        ("A. pine", "unsure"),
        ("A or B", "unsure"),
        ("Answer: A and B", "unsure"),
        ("The answer is not B", "unsure"),
        ("不选B", "unsure"),
        ("It is not a pine", "unsure"),
        ("I can't tell", "unsure"),
        ("", "unsure"),
    ],
)
def test_one_option_is_chosen_or_it_is_unsure(answer: str, found: str) -> None:
    assert verdict(answer, "choice", value="B", choices=OPTIONS) == found
    assert verdict(answer, "choice", value="pine", choices=OPTIONS) == found


@pytest.mark.parametrize(
    ("answers", "found", "score"),
    [
        ("BADC", "right", 1.0),
        ("BBBB", "wrong", 0.25),
        ("BAD?", "unsure", 0.75),
        ("BAD", "unsure", 0.75),
    ],
)
def test_every_rotation_has_to_be_right(answers: str, found: str, score: float) -> None:
    grader = {"grader": "choice", "circular": True, "value": "B", "choices": OPTIONS}
    graded = grade(grader, Reply(rotations=tuple(answers)))
    assert (graded.verdict, graded.score) == (found, score)


def test_letters_alone_are_known_without_options() -> None:
    assert verdict("(D)", "choice", value="D") == "right"
    assert verdict("I am sure", "choice", value="D") == "unsure"
