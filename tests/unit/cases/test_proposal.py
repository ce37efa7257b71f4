"""A grader proposed from an answer that is right."""

import pytest

from components.cases.proposal import proposed
from components.graders import Reply, grade


@pytest.mark.parametrize(
    ("question", "right", "wrong", "grader"),
    [
        ("How many seeds?", "There are 23 seeds.", "22", {"grader": "number", "value": "23"}),
        ("有多少颗？", "一共二十三颗。", "二十二颗", {"grader": "number", "value": "23"}),
        ("The total?", "12.50", "", {"grader": "number", "value": "12.50"}),
        ("Which?\nA. a cat\nB. a dog", "B", "A", {"grader": "choice", "value": "B"}),
        ("What is it?", "A cat", "A dog", {"grader": "one_of", "values": ["A cat"]}),
        ("Dog 4?", "Yes, dog 4.", "", {"grader": "one_of", "values": ["Yes, dog 4."]}),
    ],
)
def test_what_a_rule_can_tell(
    question: str, right: str, wrong: str, grader: dict[str, object]
) -> None:
    assert proposed(question, right, wrong) == (grader,)


def test_json_is_looked_at_field_by_field() -> None:
    right = '```json\n{"total": 12.5, "shop": {"a/b": "Kiosk"}, "items": ["tea", null, true]}\n```'
    (grader,) = proposed("Read the receipt.", right)
    assert set(grader["fields"]) == {"/total", "/shop/a~1b", "/items/0"}
    assert grade(grader, Reply(right)).verdict == "right"
    assert grade(grader, Reply(right.replace("12.5", "13"))).verdict == "wrong"


@pytest.mark.parametrize("right", ["", "  \n", "It shows a market. " * 9, "one\nline\nmore"])
def test_what_no_rule_can_tell_is_left_to_a_person(right: str) -> None:
    assert proposed("What is going on?", right) == ()


def test_what_no_rule_can_tell_is_for_a_judge_where_there_is_one() -> None:
    long = "It shows a market. " * 9
    rubric = {"grader": "rubric", "text": "The same."}
    assert proposed("What is going on?", long, criterion="The same.") == (rubric,)
    assert proposed("What?", "A cat", "a cat!", "The same.") == (rubric,)
    assert proposed("How many?", "23", criterion="The same.")[0]["grader"] == "number"
    assert proposed("What is going on?", " ", "It sleeps.", "The same.") == ()


def test_a_grader_by_which_the_wrong_answer_is_right_is_no_proposal() -> None:
    assert proposed("How many?", "23 seeds", "Of the seeds there are 23.") == (
        {"grader": "one_of", "values": ["23 seeds"]},
    )
    assert proposed("What?", "A cat", "a cat!") == ()
