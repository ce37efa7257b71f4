"""exact, one_of, contains, not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.graders.normalise import usual
from tests.unit.graders.grading import graded, verdict


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Golden  Gate**.", "golden gate"),
        ("“ＧＯＬＤＥＮ　Gate”！", "golden gate"),
        ("```\nyes\n```", "yes"),
        ("## 金 门 大桥。", "金门大桥"),
        ("−7", "-7"),
        ("- seven", "seven"),
        ("snake_case", "snake_case"),
        ("2*3 = 6", "2*3 = 6"),
        ("①", "1"),
        ("(.5)", ".5"),
        ("23%", "23%"),
        ("?!", ""),
    ],
)
def test_what_same_answers_differ_in_is_off(text: str, plain: str) -> None:
    assert usual(text) == plain


@given(st.text(max_size=60))
def test_an_answer_is_what_it_is(text: str) -> None:
    for how in ("usual", "case", "none"):
        assert verdict(text, "exact", value=text, normalise=how) == "right"


def test_exact_means_the_whole_answer() -> None:
    assert verdict("It is blue", "exact", value="blue") == "wrong"
    assert verdict("BLUE", "exact", value="blue") == "right"
    assert verdict("BLUE", "exact", value="blue", normalise="none") == "wrong"
    assert verdict("?", "exact", value="!") == "wrong"
    assert verdict("红色。", "one_of", values=["red", "红色"]) == "right"
    assert verdict("green", "one_of", values=["red", "红色"]) == "wrong"


@pytest.mark.parametrize(
    ("answer", "text", "found"),
    [
        ("The dog barks.", "dog", True),
        ("dogma", "dog", False),
        ("dog5", "dog", False),
        ("一只小狗在跑", "小狗", True),
        ("It costs 1,742", "742", False),
        ("about 7420", "742", False),
        ("0.742", "742", False),
        ("-742", "742", False),
        ("742kg of it", "742", True),
        ("共742个", "742", True),
        ("the 3rd", "3", False),
        ("GPT-4o", "4", False),
        ("“Mind the Gap”", "mind the gap", True),
    ],
)
def test_words_and_numbers_are_contained_whole(answer: str, text: str, found: bool) -> None:
    assert (verdict(answer, "contains", any=[text]) == "right") == found
    assert (verdict(answer, "not", any=[text]) == "wrong") == found


def test_contains_by_place_and_by_all() -> None:
    answer = "A red square and a blue circle"
    assert verdict(answer, "contains", all=["red square", "blue circle"]) == "right"
    assert verdict(answer, "contains", all=["red square", "green"]) == "wrong"
    assert verdict(answer, "contains", any=["green", "circle"], where="end") == "right"
    assert verdict(answer, "contains", any=["circle"], where="start") == "wrong"
    # As other programs mean it: any letters, either way.
    assert verdict("3", "contains", any=["23"], where="either") == "right"
    assert verdict("concatenate", "contains", any=["CAT"], normalise="case") == "right"
    assert verdict("concatenate", "contains", any=["CAT"], normalise="none") == "wrong"


def test_a_not_before_the_text_is_pointed_out() -> None:
    found = graded("This is not a Golden Gate", "contains", any=["golden gate"])
    assert (found.verdict, found.why.code) == ("right", "contains_after_not")
    assert graded("这不是金门", "contains", any=["金门"]).why.code == "contains_after_not"
    assert graded("Not sure. Golden Gate", "contains", any=["golden gate"]).why.code == "contains"


def test_not_turns_a_grader_but_never_what_is_unsure() -> None:
    five = {"grader": "number", "value": "5"}
    assert verdict("6", "not", of=five) == "right"
    assert verdict("5", "not", of=five) == "wrong"
    assert verdict("5 or 6", "not", of=five) == "unsure"
    assert verdict("a", "not", value="A") == "wrong"
