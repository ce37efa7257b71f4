"""The compare page before anything is asked: images in, what differs, questions, price."""

import re

import pytest

from components import services
from tests.pages.compare.compare_visiting import (
    compare_page,
    here,
    names,
    of,
    photo,
    photos,
    price,
    tab,
    type_question,
    zipped,
)
from tests.pages.visiting import Person
from tests.support.loopback.server import Loopback


def test_an_empty_page_invites_with_a_pair_one_click_away(person: Person) -> None:
    compare_page(person)
    assert "compare_run" not in person.keys
    person.press("compare_try")
    assert len(names(person)) == 2
    assert here(person).questions[0]
    (line,) = person.at.container(key="compare_figures").markdown
    assert re.fullmatch(r"9\d\.\d% similar · [\d.]+% of pixels · 5 regions differ", line.value)


def test_images_get_letters_in_their_order(person: Person) -> None:
    compare_page(person, *photos(3))
    assert names(person) == ["p0.png", "p1.png", "p2.png"]
    for letter, name in zip("ABC", ("p0", "p1", "p2"), strict=True):
        assert f"**{letter}** · {name}" in person.says


def test_one_broken_image_of_ten_is_named_and_the_others_stay(person: Person) -> None:
    files = photos(10)
    files[4] = ("broken.png", photo(4)[:200])
    compare_page(person, *files)
    assert len(names(person)) == 9
    assert len(person.errors) == 1
    assert "broken.png" in person.errors[0]


def test_a_zip_is_unpacked_and_what_is_no_image_in_it_is_named(person: Person) -> None:
    compare_page(person, ("all.zip", zipped(*photos(3), ("notes.txt", b"hello"))))
    assert names(person) == ["p0.png", "p1.png", "p2.png"]
    assert any("notes.txt" in each for each in person.errors)


def test_more_than_fifty_images_of_a_zip_are_left_out_and_said(person: Person) -> None:
    compare_page(person, ("all.zip", zipped(*photos(52))))
    assert len(names(person)) == 50
    assert "Skipped 2 files" in person.says


def test_one_image_is_swapped_and_the_rest_stay_with_the_question(person: Person) -> None:
    compare_page(person, *photos(3))
    type_question(person)
    person.press("compare_swap-B")
    assert "replaces B" in person.says
    person.drop(("new.png", photo(9)))
    assert names(person) == ["p0.png", "new.png", "p2.png"]
    assert here(person).questions == ["What differs?"]


def test_a_removed_image_gives_its_letter_to_the_next(person: Person) -> None:
    compare_page(person, *photos(3)).press("compare_remove-A")
    assert names(person) == ["p1.png", "p2.png"]
    assert "**A** · p1" in person.says


def test_identical_files_are_said_to_be_identical(person: Person) -> None:
    compare_page(person, ("a.png", photo()), ("b.png", photo()))
    assert [s.value for s in person.at.success] == ["The two files are identical, byte for byte."]


def test_another_format_of_the_same_pixels_is_told_from_identical_files(person: Person) -> None:
    compare_page(person, ("a.png", photo()), ("b.png", photo(compress_level=1)))
    assert "Every pixel is the same" in person.at.success[0].value


def test_of_three_images_any_two_are_laid_over_each_other(person: Person) -> None:
    compare_page(person, ("a.png", photo()), ("b.png", photo(5)), ("c.png", photo()))
    assert not person.at.success
    person.at.segmented_control(key="compare_second").set_value("C")
    person.look()
    assert "identical" in person.at.success[0].value
    person.at.segmented_control(key="compare_second").set_value("A")
    assert "Select two different images." in person.look().says


def test_together_takes_no_more_than_ten_and_says_so_before_the_start(
    person: Person, endpoint: Loopback
) -> None:
    type_question(compare_page(person, *photos(11)))
    assert "11" in price(person)
    assert "10" in price(person)
    assert person.at.button(key="compare_run").disabled
    tab(person, "each")
    assert price(person).startswith("11 requests")
    assert not person.at.button(key="compare_run").disabled


def test_a_model_without_vision_is_not_offered(person: Person, endpoint: Loopback) -> None:
    compare_page(person, *photos(2))
    offered = person.at.multiselect(key="compare_models").options
    assert any("gpt-4o" in each for each in offered)
    assert not any("gpt-3.5" in each for each in offered)


def test_who_takes_all_models_out_is_asked_for_one(person: Person, endpoint: Loopback) -> None:
    of(type_question(compare_page(person, *photos(2))))
    assert person.at.multiselect(key="compare_models").value == []
    assert person.at.button(key="compare_run").disabled
    assert "model" in price(person)


def test_the_price_of_the_whole_is_there_before_the_start(
    person: Person, endpoint: Loopback
) -> None:
    of(type_question(tab(compare_page(person, *photos(3)), "each")), "gpt-4o", "gpt-5")
    assert price(person).startswith("6 requests")
    assert "$" in price(person)
    assert endpoint.asked() == []


def test_with_no_question_the_button_says_what_is_missing(
    person: Person, endpoint: Loopback
) -> None:
    compare_page(person, *photos(2)).press("compare_run")
    assert here(person).run_id is None
    assert any("question" in each for each in person.errors)
    assert endpoint.asked() == []


def test_the_draft_outlives_another_page_and_another_language(
    person: Person, endpoint: Loopback
) -> None:
    of(type_question(compare_page(person, *photos(2))), "gpt-5", "fake-vision")
    person.go("cost").go("compare").speak("zh")
    assert person.at.text_area(key="compare_question").value == "What differs?"
    assert person.at.multiselect(key="compare_models").value == ["loop/gpt-5", "loop/fake-vision"]
    assert names(person) == ["p0.png", "p1.png"]
    assert "数据和区域" in [each.label for each in person.at.expander]


def test_without_a_key_the_built_in_reader_can_be_asked_for_free(person: Person) -> None:
    assert not services.app().settings().endpoints
    type_question(compare_page(person, *photos(2)))
    assert "free, nothing leaves this server" in price(person)


@pytest.mark.parametrize("name", ["compare_images", "compare_slider", "compare_cost"])
def test_the_parts_can_be_found_by_their_keys(person: Person, name: str) -> None:
    compare_page(person, *photos(2))
    assert person.at.container(key=name)


def test_a_question_longer_than_a_model_reads_is_sent_only_when_that_is_confirmed(
    person: Person, endpoint: Loopback
) -> None:
    compare_page(person, *photos(2))
    of(person, "gpt-4o")
    type_question(person, "The quick brown fox jumps over the lazy dog. " * 14_000)
    made = here(person).planned
    assert made
    made.plan.result(60)
    person.look()
    person.press("compare_run")
    assert any("128,000" in said for said in person.errors)
    assert not endpoint.asked()
    person.press("compare_run_anyway")
    assert here(person).run_id
