"""The strip of images that go again: what each costs, low and drop, and what doesn't fit."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.pages.visiting import KEY, MODELS, Person, configure, plain
from tests.support.loopback.reply import Reply, answer
from tests.support.loopback.server import Loopback
from tests.unit.chat.pictures import picture

SQUARE = ("square.png", picture())  # 765 tokens of gpt-4o, 85 in low detail
SMALL = ("small.png", picture(256, 256))  # one tile: 255


@pytest.fixture
def person(endpoint: Loopback) -> Person:
    """After a question about two images."""
    endpoint.enqueue(says("They differ."))
    return Person(lang="en").look().drop(SQUARE, SMALL).ask("Any difference?")


def says(text: str) -> Reply:
    return answer(text, model="gpt-4o")


def cards(person: Person) -> list[str]:
    """What stands under each image."""
    return [plain(person.at.container(key=_card(key)).caption[0].value) for key in _goes(person)]


def choose(person: Person, number: int, choice: str) -> Person:
    person.at.button_group(key=_goes(person)[number]).set_value(choice)
    return person.look()


def to_come(person: Person) -> float:
    """What the next turns cost, in USD."""
    said = re.search(r"next 8 turns: \$([\d.]+)", person.says)
    assert said
    return float(said[1].rstrip("."))


def _goes(person: Person) -> list[str]:
    keys = [group.key or "" for group in person.at.button_group]
    return [key for key in keys if key.startswith("goes-")]


def _card(widget: str) -> str:
    return widget.replace("goes-", "strip-").replace(":", "-")


def images(endpoint: Loopback, message: int = 0) -> list[dict[str, Any]]:
    """The images of a message of the last request."""
    content = endpoint.asked()[-1].body["messages"][message]["content"]
    parts = content if isinstance(content, list) else []
    return [part["image_url"] for part in parts if part["type"] == "image_url"]


def title(person: Person) -> str:
    return person.resent


def test_each_image_says_what_it_costs_a_turn(person: Person) -> None:
    square, small = cards(person)
    # 765 x 2.50 USD a million
    assert "765 tokens · $0.0019 per turn" in square
    assert "255 tokens" in small
    assert title(person) == "2 images resent · 1,020 tokens"
    assert person.estimate == ""  # nothing is typed yet


def test_the_figures_are_those_of_the_model_chosen_now(person: Person) -> None:
    person.pick("gpt-5")
    assert "765 tokens" not in cards(person)[0]
    assert "tokens" in cards(person)[0]


def test_low_costs_less_and_is_sent_low(person: Person, endpoint: Loopback) -> None:
    choose(person, 0, "low")
    assert "85 tokens" in cards(person)[0]
    assert title(person) == "2 images resent · 340 tokens"
    endpoint.enqueue(says("Sure."))
    person.ask("Sure?")
    first, second = images(endpoint)
    assert first["detail"] == "low"
    assert second.get("detail", "auto") == "auto"


def test_a_dropped_image_costs_nothing_and_is_not_sent(person: Person, endpoint: Loopback) -> None:
    choose(person, 0, "drop")
    assert "not resent" in cards(person)[0]
    assert title(person) == "1 of 2 images resent · 255 tokens"
    choose(person, 1, "drop")
    assert title(person) == "0 of 2 images resent · 0 tokens"
    endpoint.enqueue(says("Sure."))
    person.ask("Sure?")
    assert images(endpoint) == []
    assert [m["role"] for m in endpoint.asked()[-1].body["messages"]] == [
        "user",
        "assistant",
        "user",
    ]


def test_a_dropped_image_can_be_kept_again(person: Person, endpoint: Loopback) -> None:
    choose(choose(person, 0, "drop"), 0, "keep")
    assert title(person) == "2 images resent · 1,020 tokens"
    endpoint.enqueue(says("Sure."))
    person.ask("Sure?")
    assert len(images(endpoint)) == 2


def test_what_was_chosen_holds_for_the_turns_to_come(person: Person, endpoint: Loopback) -> None:
    choose(person, 0, "drop")
    endpoint.enqueue(says("Sure."), says("Yes."))
    person.ask("Sure?").ask("Really?")
    assert len(images(endpoint)) == 1
    assert title(person) == "1 of 2 images resent · 255 tokens"


def test_what_was_chosen_holds_when_the_conversation_is_opened_again(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(says("Sure."))
    choose(choose(person, 0, "drop"), 1, "low").ask("Sure?")
    other = Person(lang="en", c=person.remembers.chat.conversation_id or "").look()
    assert "not resent" in cards(other)[0]
    assert title(other) == "1 of 2 images resent · 85 tokens"
    endpoint.enqueue(says("Yes."))
    other.ask("Really?")
    assert [image["detail"] for image in images(endpoint)] == ["low"]


def test_the_exact_request_leaves_out_what_was_dropped(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(says("Sure."))
    choose(person, 0, "drop").ask("Sure?")
    menus = [m.key or "" for m in person.at.menu_button if (m.key or "").startswith("more-")]
    person.at.menu_button(key=menus[-1]).click("request")
    shown = person.look().at.code[-1].value
    assert shown.count("data:image/") == 1


def test_the_curve_adds_up_the_turns_to_come(person: Person) -> None:
    whole = to_come(person)
    choose(person, 0, "drop")
    assert 0 < to_come(person) < whole


def test_a_conversation_without_images_has_no_strip(endpoint: Loopback) -> None:
    endpoint.enqueue(says("Hello."))
    person = Person(lang="en").look().ask("Hello?")
    assert title(person) == ""


@pytest.fixture
def small(tmp_path: Path, loopback: Loopback) -> Loopback:
    """An endpoint that has gpt-4 too, whose context is 8,192 tokens."""
    models = ["gpt-4", *MODELS]
    configure(tmp_path, base_url=loopback.base_url, api_key=KEY, models=models)
    return loopback


def test_what_does_not_fit_is_said_and_not_sent(small: Loopback) -> None:
    person = Person(lang="en").look().pick("gpt-4o")
    for n in range(4):
        small.enqueue(says(f"Answer {n}"))
        person.ask(f"Question {n} " + "word " * 2500)  # some 2,500 tokens
    assert "oldest message" not in person.says
    person.pick("gpt-4")
    # of 4 x 2,500 tokens three turns fit into 95 % of 8,192
    assert "The 2 oldest messages won't be sent" in person.says
    assert "don't fit gpt-4's context" in person.says
    small.enqueue(answer("Short.", model="gpt-4"))
    person.ask("And?")
    asked = [m["content"] for m in small.asked()[-1].body["messages"]]
    assert [words[:10] for words in asked if words.startswith("Question")] == [
        "Question 1",
        "Question 2",
        "Question 3",
    ]
    assert asked[-1] == "And?"
    assert len(person.answers) == 10  # all of it is still there to be read
    assert "oldest message" not in person.pick("gpt-4o").says
