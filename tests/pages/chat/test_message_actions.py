"""What can be done with messages: edit, versions, once more, go on, the exact request."""

import json
from typing import Any

import pytest

from components import services
from components.chat.store import StoredMessage
from components.errors import ImageError
from tests.pages.visiting import KEY, Person, plain
from tests.support.loopback.reply import Reply, answer, error
from tests.support.loopback.server import Loopback
from tests.unit.chat.pictures import picture

SQUARE = ("square.png", picture(256, 256))
WIDE = ("wide.png", picture(512, 128))


@pytest.fixture
def person(endpoint: Loopback) -> Person:
    return Person(lang="en").look()


def says(text: str, **more: Any) -> Reply:
    return answer(text, model="gpt-4o", **more)


def messages(person: Person) -> tuple[StoredMessage, ...]:
    """All that the store keeps of the conversation, every branch of it."""
    found = (
        services.app()
        .store()
        .conversations.conversation("local", person.remembers.chat.conversation_id or "")
    )
    assert found is not None
    return found.messages


def sent(endpoint: Loopback) -> list[str]:
    """The texts of the last request's messages."""
    texts = []
    for message in endpoint.asked()[-1].body["messages"]:
        content = message["content"]
        texts.append(content if isinstance(content, str) else content[-1]["text"])
    return texts


def button(person: Person, name: str, number: int = -1) -> str:
    """The key of the buttons of this name, from the top; the newest has the name alone."""
    return [key for key in person.keys if key == name or key.startswith(f"{name}-")][number]


def menu(person: Person, what: str, number: int = -1) -> str:
    """Choose from the menu under an answer; returns what is unfolded then."""
    person.at.menu_button(key=_menus(person)[number]).click(what)
    person.look()
    return str(person.at.code[-1].value)


def _menus(person: Person) -> list[str]:
    return [m.key or "" for m in person.at.menu_button if (m.key or "").startswith("more-")]


# Editing and versions -------------------------------------------------------------------------


def edit_to(person: Person, said: str, number: int = -1) -> Person:
    """Edit a question where it stands, and send it."""
    person.press(button(person, "edit", number))
    person.at.text_area(key=field(person)).set_value(said)
    return person.press("edit_send")


def field(person: Person) -> str:
    """Key of the field of the question that is being edited."""
    return f"edit_text-{person.remembers.chat.editing}"


def test_a_question_is_edited_where_it_stands_and_the_composer_keeps_its_draft(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(says("Four."))
    person.drop(SQUARE, WIDE)
    person.detail(person.draft[1], "low").ask("How many colours?").drop(SQUARE)
    seen = [key for key in person.keys if key.startswith("see-")]
    person.press(button(person, "edit"))
    assert person.at.text_area(key=field(person)).value == "How many colours?"
    assert set(seen) <= set(person.keys)  # its images stand above it still
    assert "The old one is kept." in person.says
    assert "2 images 340 + " in plain(person.at.container(key="edit_box").caption[0].value)
    assert [(i.name, i.detail) for i in person.draft] == [("square.png", "auto")]
    assert (person.typed, person.resent) == ("", "2 images resent · 340 tokens")


def test_sending_an_edited_question_makes_a_branch(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(says("Four."), says("Red."), says("Square."))
    person.drop(SQUARE).ask("How many colours?").ask("And the first?")
    edit_to(person, "What shape?", 0)
    assert person.answers == ["What shape?", "Square."]
    assert sent(endpoint) == ["What shape?"]
    assert len(endpoint.asked()[-1].body["messages"][0]["content"]) == 2  # the image went along
    assert person.remembers.chat.editing is None
    assert "The old one is kept." not in person.says
    assert len(messages(person)) == 6


def test_versions_are_walked_both_ways_each_with_what_followed_it(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(says("Four."), says("Red."), says("Square."))
    person.ask("How many colours?").ask("And the first?")
    edit_to(person, "What shape?", 0)
    assert "2 of 2" in person.says
    person.press(button(person, "version-1"))
    assert person.answers == ["How many colours?", "Four.", "And the first?", "Red."]
    assert "1 of 2" in person.says
    assert person.at.button(key=button(person, "version-1")).disabled
    person.press(button(person, "version1"))
    assert person.answers == ["What shape?", "Square."]
    assert person.at.button(key=button(person, "version1")).disabled


def test_a_question_follows_the_branch_that_is_shown(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(says("Four."), says("Square."), says("Sure."))
    edit_to(person.ask("How many?"), "What shape?")
    person.press(button(person, "version-1")).ask("Sure?")
    assert sent(endpoint) == ["How many?", "Four.", "Sure?"]
    assert person.answers == ["How many?", "Four.", "Sure?", "Sure."]


def test_a_cancelled_edit_leaves_all_as_it_was(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(says("Four."), says("Sure."))
    person.drop(SQUARE).ask("How many?").press(button(person, "edit"))
    person.at.text_area(key=field(person)).set_value("Something else")
    person.press("edit_cancel")
    assert person.answers == ["How many?", "Four."]
    person.press(button(person, "edit"))
    assert person.at.text_area(key=field(person)).value == "How many?"
    person.press("edit_cancel").ask("Sure?")
    assert sent(endpoint) == ["How many?", "Four.", "Sure?"]


def test_an_edit_that_another_one_cuts_off_keeps_its_text(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(says("Four."), says("Sure."))
    person.ask("How many?").ask("Sure?").press(button(person, "edit", 0))
    person.at.text_area(key=field(person)).set_value("How many dogs?")
    person.press(button(person, "edit"))
    assert person.at.text_area(key=field(person)).value == "Sure?"
    person.press(button(person, "edit", 0))
    assert person.at.text_area(key=field(person)).value == "How many dogs?"


def test_an_edit_without_a_word_is_not_sent_and_stays_open(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(says("Four."))
    edit_to(person.ask("How many?"), "  ")
    assert person.remembers.chat.editing
    assert (person.errors, len(endpoint.asked())) == ([], 1)


def test_an_edit_is_there_when_one_comes_back_to_the_page(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(says("Four."))
    person.ask("How many?").press(button(person, "edit"))
    person.at.text_area(key=field(person)).set_value("How many squa")
    person.look().go("history").go("chat")
    assert person.at.text_area(key=field(person)).value == "How many squa"


def test_an_edited_question_that_fails_stands_there_to_be_tried_again(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(says("Four."), error(401, message="no"), says("Square."))
    person.drop(SQUARE).ask("How many?").drop(WIDE)
    edit_to(person, "What shape?")
    assert person.errors
    assert (person.typed, [image.name for image in person.draft]) == ("", ["wide.png"])
    person.press("retry")
    assert person.answers == ["What shape?", "Square."]
    assert [image.name for image in person.draft] == ["wide.png"]


def test_what_was_refused_is_said_until_something_is_done(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(says("Four."), says("Three."))
    person.ask("How many?").press(button(person, "edit"))
    person.remembers.error = ImageError("image_empty", name="a.png")
    assert person.look().errors
    assert person.look().errors
    person.press("edit_send")
    assert person.errors == []


# Once more, and on ----------------------------------------------------------------------------


def test_regenerating_makes_a_second_version_and_keeps_the_first(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(says("Four."), says("Five."))
    person.drop(SQUARE).ask("How many?").press("regenerate")
    assert person.answers == ["How many?", "Five."]
    first, second = endpoint.asked()[-2:]
    assert first.body == second.body
    assert [m.text for m in messages(person)] == ["How many?", "Four.", "Five."]
    assert "2 of 2" in person.says
    assert person.press(button(person, "version-1")).answers == ["How many?", "Four."]


def test_another_model_can_answer_the_same_question(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(says("Four."), answer("Five.", model="gpt-5"))
    person.ask("How many?").pick("gpt-5").press("regenerate")
    assert endpoint.asked()[-1].body["model"] == "gpt-5"
    assert [m.attempt.model for m in messages(person) if m.attempt] == ["gpt-4o", "gpt-5"]


def test_an_earlier_answer_is_regenerated_without_what_came_after_it(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(says("Four."), says("Sure."), says("Five."))
    person.ask("How many?").ask("Sure?").press(button(person, "regenerate", 0))
    assert sent(endpoint) == ["How many?"]
    assert person.answers == ["How many?", "Five."]


def test_a_retry_after_a_failure_takes_its_place(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(error(401, message="no"), says("Four."))
    person.drop(SQUARE).ask("How many?")
    assert person.errors
    assert "regenerate" not in person.keys
    person.press("retry")
    assert person.answers == ["How many?", "Four."]
    assert person.errors == []
    question, answered = messages(person)
    assert len(question.images) == 1
    assert [a.result.outcome for a in answered.earlier] == ["failed"]
    assert not [key for key in person.keys if key.startswith("version")]


def test_what_was_given_back_is_taken_again_by_a_retry(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(error(401, message="no"), says("Four."))
    person.drop(SQUARE).ask("How many?")
    assert len(person.draft) == 1
    person.press("retry")
    assert (person.draft, person.typed) == ([], "")
    assert person.resent.startswith("1 image resent")


def test_a_retry_that_fails_gives_back_once_more(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(error(401, message="no"), error(401, message="no"), says("Four."))
    person.drop(SQUARE).ask("How many?").press("retry")
    assert [image.name for image in person.draft] == ["square.png"]
    assert person.typed == "How many?"
    person.ask("How many colours?")
    assert sent(endpoint) == ["How many colours?"]
    assert len(endpoint.asked()[-1].body["messages"][0]["content"]) == 2


def test_an_image_added_after_a_failure_stays_through_a_retry(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(error(401, message="no"), says("Four."))
    person.drop(SQUARE).ask("How many?").drop(WIDE).press("retry")
    assert [image.name for image in person.draft] == ["wide.png"]


def test_a_cut_answer_goes_on_where_it_stopped(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(says("One, two", finish="length"), says(", three."))
    person.ask("Count")
    person.press(button(person, "go_on"))
    assert sent(endpoint) == ["Count", "One, two", "Please continue exactly where you stopped."]
    assert person.answers[-1] == ", three."
    assert [m.role for m in messages(person)] == ["user", "assistant"] * 2


def test_once_more_is_asked_about_where_it_is_longer_than_the_model_reads(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(says("Many."), says("140,000."))
    person.pick("gpt-5").ask("How many words are these? " + "seven " * 140_000)
    before = len(endpoint.asked())
    person.pick("gpt-4o").press("regenerate")
    assert len(endpoint.asked()) == before
    assert "128,000" in person.at.error[0].value
    person.press("send_anyway")
    assert len(endpoint.asked()) == before + 1
    assert len(messages(person)) == 3


def test_a_whole_answer_has_nothing_to_go_on_with(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(says("One, two."))
    person.ask("Count")
    assert not [key for key in person.keys if key.startswith("go_on")]


# What went and what came ----------------------------------------------------------------------


def test_the_exact_request_is_what_went_without_bytes_and_key(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(says("Four."), says("Sure."))
    person.drop(SQUARE).ask("How many?").ask("Sure?")
    shown = menu(person, "request")
    body, went = json.loads(shown), endpoint.asked()[-1].body
    url = went["messages"][0]["content"][0]["image_url"].pop("url")
    seen = body["messages"][0]["content"][0]["image_url"].pop("url")
    assert body == went
    assert seen.startswith("data:image/")
    assert seen.partition(",")[0] == url.partition(",")[0]
    assert len(seen) < 80
    assert url.partition(",")[2][:40] not in shown
    assert KEY not in person.says


def test_the_request_of_an_earlier_answer_is_that_ones(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(says("Four."), says("Sure."))
    person.ask("How many?").ask("Sure?")
    assert json.loads(menu(person, "request", 0)) == endpoint.asked()[0].body


def test_what_came_back_is_shown_as_it_was_reported(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(says("Four.", tokens=(780, 5)))
    person.ask("How many?")
    came = json.loads(menu(person, "response"))
    assert (came["text"], came["outcome"], came["finish_reason"]) == ("Four.", "ok", "stop")
    assert (came["input_tokens"], came["output_tokens"]) == (780, 5)
    assert KEY not in person.says


def test_the_answer_is_copied_as_it_came(person: Person, endpoint: Loopback) -> None:
    written = "**Four** ![x](http://evil.test/a.png) $1"
    endpoint.enqueue(says(written))
    person.ask("How many?")
    copies = person.shown_by(f"copy-{messages(person)[-1].id}")
    assert (copies["text"], copies["label"]) == (written, "Copy answer")


def test_what_was_unfolded_is_folded_again(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(says("Four."))
    person.ask("How many?")
    assert menu(person, "response")
    person.press(button(person, "close"))
    assert not person.at.code


def test_a_failed_answer_shows_its_request_as_well(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(error(401, message=f"no, not {KEY}"))
    person.ask("How many?")
    assert json.loads(menu(person, "request")) == endpoint.asked()[-1].body
    assert json.loads(menu(person, "response"))["code"]
    assert KEY not in person.says
