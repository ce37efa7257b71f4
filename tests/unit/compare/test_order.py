"""Verdicts in both orders, and whether rounds come to the same verdict."""

from itertools import permutations

import pytest

from components.compare.judging.answer_parsing import verdict
from components.compare.judging.flips import Flip, flips
from components.compare.judging.judge import agreement
from tests.unit.compare.cells import cell, comparison

TOGETHER = comparison(mode="together", models=("a", "b", "c", "d"), repeats=4)


def told(before: list[str], after: list[str], column: int = 0) -> list[bool | None]:
    given = [cell(text, "AB", column=column, repeat=n) for n, text in enumerate(before, 1)]
    turned = [cell(text, "BA", column=column, repeat=n) for n, text in enumerate(after, 1)]
    return [flip.flipped for flip in flips(TOGETHER, given, turned)]


@pytest.mark.parametrize(
    ("before", "after", "flipped"),
    [
        ("A is sharper than B.", "B is sharper than A.", True),
        ("A is sharper, its edges are crisp.", "B is sharper, its edges are crisp.", True),
        ("A is sharper than B.", "A is the sharper one, B is soft.", False),
        ("I think A is sharper.", "Overall, B is sharper.", True),
        ("A更清楚。", "B更清楚。", True),
        ("A比B清楚", "A更清楚", False),
        ("The first image is sharper.", "The first image is sharper.", True),
        ("The first image is sharper.", "The second image is sharper.", False),
        ("Image 2 is sharper.", "Image 1 is sharper.", False),
        ("第一张更清楚", "第一张更清楚", True),
        ("第一张更清楚", "第二张更清楚", False),
        ("The first one is sharper.", "A is sharper.", False),
        ("Both show a cat on a sill.", "There is a cat in each of them.", None),
        ("A and B are equally sharp, I think.", "B is sharper.", None),
        ("A is sharper than B.", "B is blurrier than A.", None),
        ("A is sharper than B.", "A is not sharper than B.", None),
    ],
)
def test_a_verdict_is_followed_through_both_orders(
    before: str, after: str, flipped: bool | None
) -> None:
    assert told([before], [after]) == [flipped]


def test_rounds_are_alike_whichever_comes_first() -> None:
    for after in permutations(["A", "A", "B"]):
        assert told(["A", "B", "A"], list(after)) == [False] * 3


def test_what_wavers_in_one_order_is_not_laid_to_the_order() -> None:
    assert told(["A", "B"], ["A", "A"]) == [False, None]
    assert told(["A", "A"], ["B", "B"]) == [True, True]


def test_asking_again_is_no_round_like_the_first() -> None:
    again = comparison(mode="together", repeats=2, again=True)
    given = [cell("A", "AB", repeat=1), cell("B", "AB", repeat=2)]
    turned = [cell("B", "BA", repeat=1), cell("A", "BA", repeat=2)]
    assert [flip.flipped for flip in flips(again, given, turned)] == [True, True]


def test_each_model_counts_its_own_answers() -> None:
    given, turned = [], []
    for column, after in enumerate("BABA"):
        given += [cell("A is sharper.", "AB", column=column, repeat=n) for n in range(1, 5)]
        turned += [cell(f"{after} is sharper.", "BA", column=column, repeat=n) for n in range(1, 5)]
    found: tuple[Flip, ...] = flips(TOGETHER, given, turned)
    assert len(found) == 16
    assert sum(bool(flip.flipped) for flip in found) == 8


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("A cat is there, and a dog.", None),
        ("Image A shows a cat. Image B shows a dog.", None),
        ("I see a cat in A and B.", None),
        ("Neither A nor B is sharp.", None),
        ("B wins over A.", "B"),
        ("The latter is sharper.", "B"),
        ("后者更清楚", "B"),
    ],
)
def test_a_letter_is_claimed_or_it_is_not(text: str, letter: str | None) -> None:
    found = verdict(text, ("A", "B"))
    assert (found.value if found else None) == letter


YES = "Yes, the two pictures show the same scene, taken from nearly the same place at dusk{}."
NO = "No, the two pictures show the same scene, taken from nearly the same place at dusk{}."


@pytest.mark.parametrize(
    ("answers", "share"),
    [
        ([YES.format(""), NO.format(""), YES.format(" or dawn"), NO.format(" or dawn")], 0.5),
        ([YES.format(""), YES.format(", with 3 cars"), NO.format("")], 2 / 3),
        (["Yes, there are 3 cats here.", "No, there are 3 cats here."], 0.5),
        (["是的，两张图拍的是同一个地方，只是时间不同。", "不是，两张图拍的是同一个地方，只是时间不同。"], 0.5),  # noqa: E501
        (["Yes.", "Yes, it is."], 1.0),
    ],
)  # fmt: skip
def test_long_answers_agree_by_their_verdict_first(answers: list[str], share: float) -> None:
    for order in (answers, answers[::-1]):
        found = agreement(order)
        assert found
        assert found.measure in {"verdict", "exact"}
        assert found.share == share


def test_letters_are_verdicts_too() -> None:
    texts = [f"{letter} is sharper, look at the edges of the leaves there." for letter in "ABAA"]
    found = agreement(texts, letters=("A", "B"))
    assert found
    assert (found.measure, found.share) == ("verdict", 0.75)
