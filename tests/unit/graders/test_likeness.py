"""anls, cer, wer, similarity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.graders.grading import graded


@pytest.mark.parametrize(
    ("answer", "accepted", "score"),
    [
        ("Golden Gat", ["Golden Gate"], 10 / 11),
        ("  golden    gate ", ["Golden Gate"], 1.0),
        ("ab", ["ac"], 0.0),  # NL is 0.5, where it stops to count
        ("abc", ["abd", "x"], 2 / 3),
        ("金门大桥", ["金门大厦"], 0.75),
        ("", ["a"], 0.0),
        ("", [""], 1.0),
    ],
)
def test_anls_by_its_definition(answer: str, accepted: list[str], score: float) -> None:
    assert graded(answer, "anls", any=accepted).score == pytest.approx(score)


@pytest.mark.parametrize(
    ("grader", "value", "answer", "score", "verdict"),
    [
        ("cer", "明天天气很好", "明天天气不好", 1 / 6, "wrong"),
        ("cer", "a" * 20, "a" * 19 + "b", 0.05, "right"),
        ("cer", "ab", "abcdef", 2.0, "wrong"),
        ("wer", "a quick brown fox jumps", "a quick  brown fox", 0.2, "right"),
        ("wer", "good morning", "good night", 0.5, "wrong"),
        ("similarity", "saturday", "sunday", 0.625, "wrong"),  # Indel would say 0.714
    ],
)
def test_rates_of_errors(grader: str, value: str, answer: str, score: float, verdict: str) -> None:
    found = graded(answer, grader, value=value)
    assert (found.score, found.verdict) == (pytest.approx(score), verdict)


def test_words_of_chinese_are_not_told_apart() -> None:
    found = graded("明天天气不好", "wer", value="明天天气很好", at_most=0.3)
    assert (found.verdict, found.score, found.why.code) == ("wrong", 1.0, "wer_han")


@given(st.text(max_size=30), st.text(min_size=1, max_size=30))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    there, back = (graded(a, "similarity", value=b).score for a, b in ((one, other), (other, one)))
    assert there == back
    assert there is not None
    assert 0 <= there <= 1
    assert graded(other, "similarity", value=other).score == 1
