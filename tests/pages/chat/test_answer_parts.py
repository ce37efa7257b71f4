"""Answers with parts that have a view of their own: JSON, HTML and pictures."""

import json
from typing import Any

import pytest

from tests.pages.visiting import Person
from tests.support.loopback.pictured import FORMS, pictured
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback
from tests.unit.chat.pictures import picture

PAGE = "<!doctype html>\n<html><body><script>alert(1)</script><p>Hello</p></body></html>"


@pytest.fixture
def person(endpoint: Loopback) -> Person:
    return Person(lang="en").look()


def told(person: Person, endpoint: Loopback, text: str) -> Person:
    """The person asks and gets `text`."""
    endpoint.enqueue(answer(text, model="gpt-4o"))
    return person.ask("Well?")


def as_json(person: Person) -> Person:
    person.at.toggle(key="answer_json").set_value(True)
    return person.look()


def frames(person: Person) -> list[dict[str, Any]]:
    """What the pages' own component is told for each preview."""
    found = [each.proto for each in person.at.get("bidi_component")]
    return [json.loads(p.json) for p in found if p.component_name.endswith("tuwen_preview")]


def view(person: Person) -> Person:
    """The person opens the view of every page."""
    for button in person.at.get("download_button"):
        person.at.session_state[button.key.replace("download-", "html-")] = "View"
    return person.look()


def test_json_in_an_answer_folds_and_the_prose_around_it_stays(
    person: Person, endpoint: Loopback
) -> None:
    told(person, endpoint, 'Here:\n\n```json\n{"cats": 2}\n```\n\nThat is **all**.')
    assert [json.loads(each.value) for each in person.at.json] == [{"cats": 2}]
    assert person.answers[-1] == "Here:That is all."


def test_json_that_was_asked_for_and_came_is_said_to_be_valid(
    person: Person, endpoint: Loopback
) -> None:
    told(as_json(person), endpoint, '{"cats": 2}')
    assert endpoint.asked()[-1].body["response_format"] == {"type": "json_object"}
    assert [json.loads(each.value) for each in person.at.json] == [{"cats": 2}]
    assert "Valid JSON, as asked." in person.says


def test_json_that_was_asked_for_and_is_none_says_where_it_goes_wrong(
    person: Person, endpoint: Loopback
) -> None:
    told(as_json(person), endpoint, '{"cats": 2,\n "dogs" 3}')
    assert "JSON was asked for, and this isn't: line 2, column 9." in person.says
    assert not person.at.json
    assert "Valid JSON" not in person.says


def test_where_no_json_was_asked_for_nothing_is_checked(person: Person, endpoint: Loopback) -> None:
    told(person, endpoint, "{ no JSON at all")
    assert "JSON was asked for" not in person.says
    assert "Valid JSON" not in person.says


def test_html_has_its_code_a_view_and_a_download(person: Person, endpoint: Loopback) -> None:
    told(person, endpoint, f"A page:\n\n```html\n{PAGE}\n```\n")
    assert [tab.label for tab in person.at.tabs] == ["Code", "View"]
    (code,) = person.at.code
    assert (code.value, code.language) == (PAGE, "html")
    (download,) = person.at.get("download_button")
    assert download.label == "Download page.html"
    assert "Written by a model, so look before you trust it." in person.says
    assert PAGE not in "".join(person.answers)


def test_the_view_is_told_to_shut_the_page_in(person: Person, endpoint: Loopback) -> None:
    told(person, endpoint, f"```html\n{PAGE}\n```")
    assert frames(person) == []  # nothing is put together before somebody wants to see it
    (frame,) = frames(view(person))
    assert frame["sandbox"] == ""
    assert frame["html"].endswith("<html><body><p>Hello</p></body></html>")
    assert "default-src 'none'" in frame["html"].partition("<html>")[0]


def test_two_pages_in_one_answer_are_two_views(person: Person, endpoint: Loopback) -> None:
    other = PAGE.replace("Hello", "Bye")
    told(person, endpoint, f"```html\n{PAGE}\n```\nor\n```html\n{other}\n```")
    first, second = frames(view(person))
    assert "Hello" in first["html"]
    assert "Bye" in second["html"]
    assert len(person.at.get("download_button")) == 2


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_that_the_model_made_stands_below_its_text(
    person: Person, endpoint: Loopback, form: str
) -> None:
    endpoint.enqueue(pictured(form, "A house.", picture(60, 40)))
    person.look().pick("gpt-4o").ask("Draw a house")
    (made,) = person.at.chat_message[-1].get("image")
    assert [image.alt for image in made.proto.imgs] == ["answer-1.png"]
    assert "A house." in person.answers[-1]
    assert "base64" not in person.says
