"""What answers say, whether it is right, and how far they agree."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.compare.judging.answer_parsing import normalised, numbers, verdict
from components.compare.judging.judge import agreement, judge
from components.graders.numerals import number_alone

TEXTS = st.text(max_size=80)
LETTERS = ("A", "B", "C")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,284.50 and 3-4", ("1284.50", "3", "4")),
        ("-3 °C", ("-3",)),
        ("共１２个，３个红的", ("12", "3")),
        ("1. a cat\n2. 7 dogs", ("7",)),
        ("2024-01-05", ("2024", "01", "05")),
        ("v2 of x3", ()),
        ("50%", ("50",)),
        ("3,5", ("3", "5")),
    ],
)
def test_numbers_are_found(text: str, found: tuple[str, ...]) -> None:
    assert numbers(text) == tuple(Decimal(each) for each in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A", "A"),
        ("**B**.", "B"),
        ("B. It is sharper.", "B"),
        ("Image C is the odd one out.", "C"),
        ("图B更清楚", "B"),
        ("答案是 A", "A"),
        ("A cat is there", None),
        ("Image A is like image B", None),
        ("Yes, there is a difference.", "yes"),
        ("不是。", "no"),
        ("The same.", "same"),
        ("没有区别", "same"),
        ("有区别，右边多了一只猫", "different"),
        ("3", "3"),
        ("三", "3"),
        ("$12.50", "12.5"),
        ("I can't tell.", None),
        ("", None),
    ],
)
def test_a_verdict_is_told_where_there_is_one(text: str, found: str | None) -> None:
    decided = verdict(text, LETTERS)
    assert (decided.value if decided else None) == found


@pytest.mark.parametrize(
    ("answer", "accepted", "right", "by"),
    [
        ("There are 42 cats.", "42", True, "number"),
        ("42.0", "42", True, "number"),
        ("43", "42", False, "number"),
        ("three", "3", True, "number"),
        ("共有二十三颗", "23", True, "number"),
        ("twenty-three seeds", "23", True, "number"),
        ("GPT-4o says 23", "4", False, "number"),
        ("3.5万", "35000", True, "number"),
        ("the 1st row", "1", False, "number"),
        ("The total is $1,284.50", "1284.5", True, "number"),
        ("B", "b", True, "exact"),
        ("Image B is sharper", "B", True, "exact"),
        ("No.", "yes", False, "exact"),
        ("一样", "same", True, "exact"),
        ("An orange cat on a sill", "Orange CAT", True, "contains"),
        ("An orange cats' home", "orange cat", False, "contains"),
        ("一只橘猫坐在窗台上", "橘猫", True, "contains"),
        ('```json\n{"a": 1.0, "b": [2]}\n```', '{"b": [2], "a": 1}', True, "json"),
        ('{"a": true}', '{"a": 1}', False, "json"),
        ("no JSON", '{"a": 1}', False, "json"),
    ],
)
def test_the_accepted_answer_decides_how_an_answer_is_judged(
    answer: str, accepted: str, right: bool, by: str
) -> None:
    found = judge(answer, accepted, LETTERS)
    assert (found.right, found.by) == (right, by)


def test_a_number_among_others_is_right_but_not_for_sure() -> None:
    assert judge("In picture 2 there are 5.", "5").sure is False
    assert judge("There are 5.", "5").sure is True


@pytest.mark.parametrize(
    ("answers", "measure", "share"),
    [
        (["A cat.", "a cat", "**A cat**"], "exact", 1.0),
        (["yes", "no", "yes", "yes"], "exact", 0.75),
        (["I count 3 cats here", "There are 3", "4 cats"], "numbers", 2 / 3),
    ],
)
def test_agreement_says_by_what_it_was_measured(
    answers: list[str], measure: str, share: float
) -> None:
    found = agreement(answers)
    assert found
    assert (found.measure, found.share) == (measure, share)


def test_long_texts_are_compared_by_likeness() -> None:
    text = "An orange cat sits on a window sill and looks at the street below it."
    other = text.replace("orange", "black")
    found = agreement([text, other])
    assert found
    assert found.measure == "similarity"
    assert 0.8 < found.share < 1
    assert (found.same, found.of) == (1, 2)


def test_a_measure_can_be_asked_for() -> None:
    found = agreement(["3 cats", "3 dogs"], "exact")
    assert found
    assert (found.measure, found.share) == ("exact", 0.5)
    assert agreement(["only one"]) is None


@given(TEXTS)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_is_read_as_it_is_written(value: Decimal) -> None:
    assert number_alone(f"{value:,.2f}") == value
    assert numbers(f"共 {value:f} 个") == (value,)


@given(st.lists(TEXTS, min_size=2, max_size=6))
def test_agreement_is_a_share_and_does_not_depend_on_the_order(answers: list[str]) -> None:
    found, turned = agreement(answers), agreement(answers[::-1])
    assert found
    assert turned
    assert 0 <= found.share <= 1
    assert found.measure == turned.measure
    assert found.same == turned.same


@given(TEXTS, st.integers(2, 5))
def test_an_answer_agrees_with_itself(text: str, times: int) -> None:
    found = agreement([text] * times)
    assert found
    assert (found.measure, found.share, found.same) == ("exact", 1.0, times)


@given(TEXTS)
def test_an_answer_is_right_when_it_is_the_accepted_one(text: str) -> None:
    assert judge(text, text, LETTERS).right


@given(TEXTS, TEXTS)
def test_judging_never_fails(answer: str, accepted: str) -> None:
    assert judge(answer, accepted, LETTERS).by in {"json", "number", "exact", "contains"}


@given(st.recursive(st.integers() | st.booleans() | TEXTS, lambda v: st.lists(v, max_size=3)))
def test_json_is_compared_by_its_value(value: object) -> None:
    import json

    accepted = json.dumps({"v": value})
    spread = json.dumps({"v": value}, indent=2, ensure_ascii=False)
    assert judge(f"```json\n{spread}\n```", accepted).right
