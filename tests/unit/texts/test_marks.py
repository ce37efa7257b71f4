"""Marks on two texts next to each other."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from components.texts import Marks, difference_marks
from components.texts.words import words
from tests.support.fuzzing import examples


def kinds(marks: Marks) -> tuple[list[str], list[str]]:
    """What is removed from A, what is added in B."""
    a = [one.text for one in marks.a if one.kind == "removed"]
    return a, [one.text for one in marks.b if one.kind == "added"]


def test_words_that_changed_are_marked() -> None:
    marks = difference_marks("There are 23 seeds.", "There are 24 seeds.")
    assert kinds(marks) == (["23 "], ["24 "])
    assert [one.kind for one in marks.a] == ["same", "removed", "same"]


def test_chinese_is_marked_character_by_character() -> None:
    marks = difference_marks("盘子是白色的，有23颗瓜子。", "盘子是蓝色的，有24颗瓜子。")
    assert kinds(marks) == (["白", "23"], ["蓝", "24"])


def test_numbers_names_and_emoji_stay_whole() -> None:
    assert words("$1,284.50 at 12:30") == ["$", "1,284.50 ", "at ", "12:30"]
    assert words("gpt4o don't 图1") == ["gpt4o ", "don't ", "图", "1"]
    assert words("a\u0301b \U0001f44d\U0001f3fd!") == ["a\u0301b ", "\U0001f44d\U0001f3fd", "!"]


def test_the_same_text_has_no_marks() -> None:
    marks = difference_marks("图 A\nand B", "图 A\nand B")
    assert kinds(marks) == ([], [])
    assert marks.likeness == 1
    assert difference_marks("", "").likeness == 1


def test_nothing_in_common_is_marked_whole() -> None:
    assert kinds(difference_marks("yes", "否")) == (["yes"], ["否"])
    assert kinds(difference_marks("", "more")) == ([], ["more"])


@settings(max_examples=examples(200))
@given(st.text(max_size=80), st.text(max_size=80))
def test_joined_segments_are_the_texts_again(a: str, b: str) -> None:
    marks = difference_marks(a, b)
    assert "".join(one.text for one in marks.a) == a
    assert "".join(one.text for one in marks.b) == b
    assert "".join(words(a)) == a
    same = [
        [w.strip() for s in side if s.kind == "same" for w in words(s.text)]
        for side in (marks.a, marks.b)
    ]
    assert [w for w in same[0] if w] == [w for w in same[1] if w]


def test_long_answers_with_few_words_come_back_whole() -> None:
    # Without the limit of exactness this takes minutes.
    dice = random.Random(3)
    a, b = ("".join(dice.choices("01 ", k=60_000)) for _ in range(2))
    marks = difference_marks(a, b)
    assert "".join(one.text for one in marks.a) == a
