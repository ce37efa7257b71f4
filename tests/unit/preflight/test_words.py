"""Which limits a question touches, by its words."""

import tomllib
from pathlib import Path

import pytest

from components.preflight import PlannedRequest, check
from components.preflight.words import asks_for_description, topics
from components.samples import sample
from tests.unit.preflight.known import codes

LABELLED = tomllib.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))
QUESTIONS = [(q, set(true)) for lang in ("en", "zh") for q, true in LABELLED[lang].items()]


@pytest.mark.parametrize(("question", "true"), QUESTIONS)
def test_a_question_touches_the_limits_that_a_person_sees_in_it(
    question: str, true: set[str]
) -> None:
    assert set(topics(question)) == true


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sample_with_seeds_is_about_counting(lang: str) -> None:
    assert "counting" in topics(sample("seeds").question[lang])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_questions_about_code_and_spelling_touch_no_limit(lang: str) -> None:
    for name in ("code", "shop_sign", "stadium_sign"):
        assert topics(sample(name).question[lang]) == ()


def test_a_curly_apostrophe_is_one_too() -> None:
    assert topics("Where’s the cat?") == topics("Where's the cat?") == ("exact_places",)


def test_a_question_is_never_blocked_and_names_its_answer() -> None:
    found = check([], PlannedRequest("gpt-6-luna", "How many cells does this CT scan show?"))
    assert {(f.code, f.severity, f.faq) for f in found} == {
        ("asks_counting", "note", "counting"),
        ("asks_medical", "note", "medical-images"),
    }


def test_without_words_a_description_comes_and_that_can_be_wrong() -> None:
    assert asks_for_description("  ")
    assert codes(check([], PlannedRequest("gpt-6-luna", ""))) == {"accuracy"}
    assert codes(check([], PlannedRequest("gpt-6-luna", "Read the price on the tag"))) == set()
