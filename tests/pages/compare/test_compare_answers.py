"""Comparisons that are asked on the page, of the loopback server."""

import re

import pytest

from components import services
from tests.pages.compare.compare_visiting import (
    compare_page,
    here,
    kept,
    matrix,
    names,
    of,
    photos,
    price,
    start,
    tab,
    type_question,
)
from tests.pages.visiting import Person
from tests.support.loopback.reply import answer, error
from tests.support.loopback.server import Loopback


def asked_together(person: Person, *models: str) -> Person:
    of(type_question(compare_page(person, *photos(2))), *models)
    return person.press("compare_run")


def texts(person: Person) -> list[str]:
    return [cell.answer for cell in kept(person).cells]


def test_all_images_go_in_one_request_under_their_letters(
    person: Person, endpoint: Loopback
) -> None:
    asked_together(person, "gpt-4o")
    (request,) = endpoint.asked()
    parts = request.body["messages"][-1]["content"]
    assert [part["type"] for part in parts].count("image_url") == 2
    labels = [part["text"] for part in parts if part["type"] == "text"]
    assert labels[:2] == ["Image A:", "Image B:"]
    assert person.at.query_params["run"] == here(person).run_id


def test_a_column_that_fails_leaves_the_others_alone_and_is_tried_again_by_itself(
    person: Person, endpoint: Loopback
) -> None:
    asked_together(person, "fake-vision", "fake-status-401")
    first, second = kept(person).cells
    assert (first.state, second.state) == ("ok", "failed")
    assert "I see 2 images" in person.says
    assert len(person.errors) == 1
    endpoint.enqueue(answer("Now it works."))
    person.press(f"compare_retry-{second.id}")
    assert texts(person)[1] == "Now it works."
    assert texts(person)[0] == first.answer
    assert len(endpoint.asked()) == 3


def test_the_opposite_order_is_one_click_and_flips_are_flagged(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("A"), answer("B"))
    asked_together(person, "gpt-4o").press("compare_swap_order")
    labels = [
        [p["text"] for p in each.body["messages"][-1]["content"] if p["type"] == "text"][:2]
        for each in endpoint.asked()
    ]
    assert labels == [["Image A:", "Image B:"], ["Image B:", "Image A:"]]
    assert "1 of 1 verdicts changes" in person.at.warning[0].value


def test_a_verdict_that_stays_in_the_opposite_order_is_said_to_be_steady(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("B"), answer("Image B."))
    asked_together(person, "gpt-4o").press("compare_swap_order")
    assert not person.at.warning
    assert "No verdict changes" in person.at.success[-1].value


def test_an_accepted_answer_judges_the_columns_and_their_accuracy_is_shown(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("7"))
    asked_together(person, "gpt-4o")
    of(person, "gpt-4o", "gpt-5")
    endpoint.enqueue(answer("7"), answer("7"))
    person.press("compare_run")
    cell = kept(person).cells[0]
    person.press(f"compare_accept-{cell.id}")
    assert person.says.count("1 / 1 right") == 2
    field = person.at.text_area(key="compare_expected-0")
    assert (field.label, field.value) == ("Expected answer", "7")
    field.set_value("8")
    person.look()
    assert kept(person).comparison.accepted_for((), 0) == "8"
    assert person.says.count("0 / 1 right") == 2


def test_a_cheaper_model_that_is_right_as_often_is_told_with_its_ratios(
    person: Person, endpoint: Loopback
) -> None:
    of(type_question(compare_page(person, *photos(2))), "gpt-4o", "gpt-5")
    person.at.number_input(key="compare_repeats").set_value(2)
    person.look()
    endpoint.enqueue(*[answer("7", tokens=(1000, 10)) for _ in range(4)])
    start(person)
    assert not person.at.success
    person.at.text_area(key="compare_expected-0").set_value("7")
    said = person.look().at.success[0].value
    assert re.match(r"gpt-5 gives the same answer as gpt-4o, 1\.9 times cheaper", said)
    assert said.endswith(" (2 answers each, by their bills).")
    person.press("compare_present")
    assert {"compare_leave"} == {key for key in person.keys if key.startswith("compare_")}
    assert said in [each.value for each in person.at.success]
    assert [h.value for h in person.at.header] == ["gpt-4o", "gpt-5"]
    assert person.says.count("$0.0026") == 2
    person.press("compare_leave")
    person.at.text_area(key="compare_expected-0").set_value("8")
    assert not person.look().at.success


def test_numbers_are_a_table_of_images_and_models(person: Person, endpoint: Loopback) -> None:
    of(type_question(tab(compare_page(person, *photos(2)), "each"), "How many?"), "gpt-4o")
    endpoint.enqueue(answer("3"), answer("3"))
    start(person)
    table = next(d.value for d in person.at.dataframe if list(d.value.columns)[1:] == ["gpt-4o"])
    assert table["gpt-4o"].tolist() == ["3", "3"]
    assert table["Image"].tolist() == ["A · p0.png", "B · p1.png"]


def test_the_matrix_has_a_row_for_each_image_and_a_column_for_each_model(
    person: Person, endpoint: Loopback
) -> None:
    tab(compare_page(person, *photos(3)), "each")
    start(of(type_question(person), "fake-vision", "fake-status-401"))
    found = matrix(person)
    assert len(found) == 3
    assert all("I see 1 image" in first for first, _ in found)
    assert all("⚠ 127.0.0.1:" in second for _, second in found)
    assert person.at.button(key="compare_retry").label == "Retry 3"


def test_right_answers_of_all_images_are_pasted_together_and_judge_at_once(
    person: Person, endpoint: Loopback
) -> None:
    of(type_question(tab(compare_page(person, *photos(3)), "each"), "How many?"), "gpt-4o")
    endpoint.enqueue(answer("3"), answer("3"), answer("3"))
    start(person)
    person.at.text_area(key="compare_answers_paste").set_value("p0.png,3\np2.png,4\nq.png,5")
    person.press("compare_answers_take")
    accepted = {a.letter: a.answer for a in kept(person).comparison.accepted}
    assert accepted == {"A": "3", "C": "4"}
    assert "1 / 2 right" in person.says
    assert [("✓ right" in cell, "✗ wrong" in cell) for (cell,) in matrix(person)] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert "2 expected answers added. No image is called q.png" in person.says
    table = next(d.value for d in person.at.dataframe if "answer0" in d.value.columns)
    assert table["answer0"].tolist() == ["3", "", "4"]


def test_a_right_answer_of_a_cell_is_shown_in_the_other_cells_of_its_image(
    person: Person, endpoint: Loopback
) -> None:
    of(type_question(tab(compare_page(person, *photos(1)), "each"), "How many?"), "gpt-4o", "gpt-5")
    endpoint.enqueue(answer("3"), answer("4"))
    start(person)
    first, second = (f"compare_accepted-{cell.id}" for cell in kept(person).cells)
    here(person).picked = "0/0"
    person.look().at.text_area(key=first).set_value("3")
    here(person).picked = "0/1"
    assert person.look().at.text_area(key=second).value == "3"
    person.at.text_area(key=second).set_value("4")
    here(person).picked = "0/0"
    assert person.look().at.text_area(key=first).value == "4"


def test_a_cell_that_failed_is_tried_again_alone(person: Person, endpoint: Loopback) -> None:
    tab(compare_page(person, *photos(2)), "each")
    endpoint.enqueue(error(401, message="no"), error(401, message="no"))
    start(of(type_question(person), "gpt-4o"))
    here(person).picked = "1/0"
    endpoint.enqueue(answer("Fine."))
    start(person.look(), "compare_retry_cell")
    assert [cell.state for cell in kept(person).cells] == ["failed", "ok"]
    assert len(endpoint.asked()) == 3


def test_repeats_are_asked_anew_and_their_agreement_is_said(
    person: Person, endpoint: Loopback
) -> None:
    of(type_question(compare_page(person, *photos(2))), "gpt-4o")
    person.at.number_input(key="compare_repeats").set_value(3)
    person.look()
    endpoint.enqueue(answer("5"), answer("5"), answer("6"))
    person.press("compare_run")
    assert all(len(each.body["messages"]) == 1 for each in endpoint.asked())
    assert "67%" in person.says
    assert "2 of 3 have the same numbers" in person.says


def test_are_you_sure_is_asked_in_the_same_conversation(person: Person, endpoint: Loopback) -> None:
    of(type_question(compare_page(person, *photos(2))), "gpt-4o")
    person.at.number_input(key="compare_repeats").set_value(2)
    person.look()
    person.at.toggle(key="compare_again").set_value(True)
    person.look()
    endpoint.enqueue(answer("Yes"), answer("No"))
    person.press("compare_run")
    roles = [[m["role"] for m in each.body["messages"]] for each in endpoint.asked()]
    assert roles == [["user"], ["user", "assistant", "user"]]
    assert texts(person) == ["Yes", "No"]


def test_the_cheapest_setting_needs_a_right_answer_then_tells_which_pass(
    person: Person, endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPARE_AT_ONCE", "1")  # or any setting may get any of the bills
    services.begin()
    tab(of(type_question(compare_page(person, *photos(1))), "gpt-4o"), "cheapest")
    assert price(person, "compare_cheapest_cost").startswith("5 requests")
    person.press("compare_run_cheapest")
    assert endpoint.asked() == []
    person.at.text_area(key="compare_right_answer").set_value("7")
    person.look()
    endpoint.enqueue(*[answer("7", tokens=(100 * n, 1)) for n in (1, 8, 7, 6, 5)])
    start(person, "compare_run_cheapest")
    assert len(endpoint.asked()) == 5
    assert "It saves" in person.at.success[-1].value
    assert person.at.success[-1].value.startswith("The cheapest setting that passes is")


def test_a_comparison_comes_back_by_its_address_with_images_and_question(
    person: Person, endpoint: Loopback
) -> None:
    run = here(asked_together(person, "fake-vision")).run_id
    later = Person(lang="en", run=str(run)).look().go("compare")
    later.at.query_params = {"lang": "en", "run": str(run)}
    later.look()
    assert names(later) == ["p0.png", "p1.png"]
    assert later.at.text_area(key="compare_question").value == "What differs?"
    assert "I see 2 images" in later.says
    assert len(endpoint.asked()) == 1


def test_somebody_elses_or_no_comparison_is_not_found(person: Person) -> None:
    compare_page(person)
    person.at.query_params = {"lang": "en", "run": "nothing"}
    person.look()
    assert [each.value for each in person.at.info] == [
        "This comparison doesn't exist or isn't yours."
    ]


def test_a_deleted_comparison_is_gone_from_the_page_and_the_store(
    person: Person, endpoint: Loopback
) -> None:
    asked_together(person, "fake-vision").press("compare_delete")
    assert here(person).run_id is None
    assert "run" not in person.at.query_params
    assert "I see 2 images" not in person.says


def test_comparisons_are_in_the_history_with_a_way_back_and_deleted_there(
    person: Person, endpoint: Loopback
) -> None:
    run = here(asked_together(person, "fake-vision", "fake-status-401")).run_id
    person.go("history")
    facts = person.at.container(key=f"compared-{run}").caption[0].value
    assert "All images at once · 2 images · fake-vision, fake-status-401 · 2 of 2 done" in facts
    assert "1 failed" in facts
    link = person.at.container(key=f"compared-{run}").page_link[0]
    assert link.value == "What differs?"
    person.press(f"compared_delete-{run}")
    assert "compared-" not in " ".join(person.keys)
    assert here(person).run_id is None
