"""The built-in sets: the truths of the samples are right by their graders, other answers aren't."""

import pytest

from components.cases.builtin import builtin, names, size
from components.cases.case import Case
from components.graders import Reply, check, grade_all
from components.i18n import LANGUAGES
from components.samples import sample, samples

CASES = [
    pytest.param(case, lang, id=f"{case.id}-{lang}")
    for lang in LANGUAGES
    for name in names()
    for case in builtin(name, lang).cases
]


def test_each_sample_is_in_one_set_and_the_trials_are_five() -> None:
    held = [case.id for name in names() for case in builtin(name, "en").cases]
    assert sorted(held) == sorted(each.id for each in samples())
    assert size("trials") == len(builtin("trials", "zh").cases) == 5


@pytest.mark.parametrize(("case", "lang"), CASES)
def test_the_truth_of_a_sample_is_right(case: Case, lang: str) -> None:
    for grader in case.expect:
        check(grader)
    whole, each = grade_all(case.expect, Reply(sample(case.id).truth[lang]))
    assert whole.verdict == "right", each


@pytest.mark.parametrize(("case", "lang"), CASES)
def test_what_is_true_of_other_samples_is_not(case: Case, lang: str) -> None:
    others = [each.truth[lang] for each in samples() if each.id != case.id]
    for answer in (*others, "", sample(case.id).question[lang]):
        assert grade_all(case.expect, Reply(answer))[0].verdict != "right", answer


@pytest.mark.parametrize(
    ("of", "lang", "answer"),
    [
        ("seeds", "en", "I count 22 seeds."),
        ("seeds", "zh", "大约二十二颗"),
        ("shop_sign", "en", "No word is misspelt."),
        ("cars", "en", "The green car has no driver."),
        ("dogs", "zh", "从左数第三只，耳朵竖着。"),
        ("chart", "en", "July is highest, December lowest; 7,860 in all."),
        ("code", "en", "Line 4: range(len(values) - window)"),
    ],
)
def test_usual_mistakes_are_wrong(of: str, lang: str, answer: str) -> None:
    (case,) = [c for name in names() for c in builtin(name, lang).cases if c.id == of]
    assert grade_all(case.expect, Reply(answer))[0].verdict == "wrong"


@pytest.mark.parametrize(("of", "answer"), [("seeds", "共有二十三颗"), ("seeds", "twenty-three")])
def test_right_answers_in_other_words_are_right(of: str, answer: str) -> None:
    (case,) = [c for c in builtin("trials", "zh").cases if c.id == of]
    assert grade_all(case.expect, Reply(answer))[0].verdict == "right"
