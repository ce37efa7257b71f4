import re

import pytest

from components.presets import question, questions, step_by_step, system, systems


def test_every_use_of_the_early_trials_has_a_question():
    assert {one.id for one in questions()} == {
        "describe", "spelling", "translation", "count", "odd", "features", "difference",
        "html", "meme", "chart", "paper", "bug", "problem",
    }  # fmt: skip


def test_ids_are_unique():
    for rows in (questions(), systems()):
        assert len({one.id for one in rows}) == len(rows)


@pytest.mark.parametrize("one", [*questions(), *systems()], ids=lambda one: one.id)
def test_labels_and_prompts_are_there_in_both_languages(one):
    for texts in (one.label, one.prompt):
        assert set(texts) == {"en", "zh"}
        assert all(text == text.strip() and text for text in texts.values())
        assert re.search("[\u4e00-\u9fff]", texts["zh"])
        assert not re.search("[\u4e00-\u9fff]", texts["en"])


@pytest.mark.parametrize("one", [*questions(), *systems()], ids=lambda one: one.id)
def test_labels_are_short_enough_for_a_button(one):
    assert len(one.label["en"]) <= 26
    assert len(one.label["zh"]) <= 12


def test_only_the_search_for_differences_needs_two_images():
    assert {one.id: one.min_images for one in questions() if one.min_images != 1} == {
        "difference": 2
    }


def test_the_json_role_names_json_as_endpoints_with_a_json_mode_demand():
    assert all("JSON" in text for text in system("json").prompt.values())


def test_step_by_step_is_there_in_both_languages():
    assert set(step_by_step()) == {"en", "zh"}
    assert all(step_by_step().values())


def test_a_question_and_a_system_are_found_by_id():
    assert question("count").min_images == 1
    assert system("teacher").id == "teacher"
    with pytest.raises(KeyError):
        question("no such question")
    with pytest.raises(KeyError):
        system("no such system")
