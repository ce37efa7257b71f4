"""Proposed cases: what graders say of the answer that was labelled, before anything is kept."""

import pytest

from components.cases.case import Case, Grader, Message, Text
from components.cases.rehearsal.draft import Problem, checked, labels_about, redrafted
from tests.unit.cases.test_from_labels import compared, label, of_row, talk

RUBRIC: Grader = {"grader": "rubric", "text": "The same."}
NUMBER: Grader = {"grader": "number", "value": "23"}


def draft(
    answer: str, *expect: Grader, marked: str = "right", corrected: str = "", name: str = "c"
) -> Case:
    source = {"kind": "label", "answer": answer, "marked": marked, "corrected": corrected}
    return Case(name, (Message("user", (Text("How many?"),)),), expect=expect, source=source)


@pytest.mark.parametrize(
    ("case", "problem"),
    [
        (draft("There are twenty-three.", NUMBER), ""),
        (draft("There are 22.", NUMBER), "fails"),
        (draft("20 or 23", NUMBER), "fails"),
        (draft("22", NUMBER, marked="wrong", corrected="23 seeds"), ""),
        (draft("23", NUMBER, marked="wrong", corrected="24"), "passes"),
        (draft("22", NUMBER, marked="wrong", corrected="24"), "fails_corrected"),
        (draft("22", NUMBER, marked="wrong"), ""),
        (draft("A long story."), "open"),
        (draft("A long story.", RUBRIC), ""),
        (draft("A long story.", RUBRIC, marked="wrong", corrected="Another one."), ""),
        (draft("There are 22.", RUBRIC, NUMBER), "fails"),
        (draft("23", RUBRIC, NUMBER, marked="wrong", corrected="24"), "passes"),
        (draft("A long story.", {"grader": "rubric", "text": ""}), "unusable"),
        (draft("23", {"grader": "regex", "value": "("}), "unusable"),
    ],
)
def test_a_grader_that_contradicts_a_label_is_found(case: Case, problem: Problem) -> None:
    found = checked(case)
    assert found.problem == problem
    assert found.holds == (problem == "")


def test_each_grader_is_shown_with_what_it_says_of_the_answer() -> None:
    found = checked(draft("23 seeds", NUMBER, {"grader": "contains", "any": ["pumpkin"]}))
    assert [grade.verdict for _, grade in found.each] == ["right", "wrong"]
    assert found.problem == "fails"


def test_what_a_person_changes_is_held_against_the_label_again() -> None:
    cases = [draft("23", NUMBER, name="good"), draft("Long.", name="open"), draft("x", name="off")]
    found = redrafted(cases, {"open": [{"grader": "contains", "any": ["short"]}]}, ["off"])
    assert [(each.case.id, each.problem) for each in found] == [("open", "fails"), ("good", "")]
    (changed, _) = redrafted(cases, {"open": [{"grader": "contains", "any": ["long"]}]}, ["off"])
    assert changed.holds


def test_labels_are_the_models_own_those_of_its_comparisons_and_of_the_sample() -> None:
    talks, comparisons = {"c": talk()}, {"cmp1": compared()}
    models = {each.model for each in compared().models}
    own, row = label("right", "t3"), of_row("")
    assert labels_about([own, row], talks, comparisons, "gpt-4o") == [
        own,
        *([row] if "gpt-4o" in models else []),
    ]
    assert labels_about([own, row], talks, comparisons, models.pop())[-1] == row
    assert labels_about([own], talks, comparisons, "another") == []
    assert labels_about([own], talks, comparisons, "another", {"t3"}) == [own]
