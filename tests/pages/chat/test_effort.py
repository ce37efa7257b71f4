"""How much a model is to think: offered where it can be told, sent, and seen on the bill."""

from pathlib import Path

import pytest

from tests.pages.visiting import Person
from tests.support.loopback.reply import DONE, Reply, chunk, event, usage_chunk
from tests.support.loopback.server import Loopback


@pytest.fixture
def person(endpoint: Loopback, tmp_path: Path) -> Person:
    return Person(lang="en").look()


def choose(person: Person, effort: str) -> Person:
    person.at.selectbox(key="effort").set_value(effort)
    return person.look()


def offered(person: Person) -> list[str]:
    return [o for box in person.at.selectbox if box.key == "effort" for o in box.options]


def test_a_model_offers_the_efforts_it_takes(person: Person) -> None:
    assert offered(person.pick("gpt-5")) == [
        "Model default",
        "minimal",
        "low",
        "medium",
        "high",
    ]
    assert offered(person.pick("gpt-4o")) == []
    assert offered(person.pick("builtin-reader", "builtin")) == []


def test_what_is_chosen_is_sent_and_what_is_not_is_not(person: Person, endpoint: Loopback) -> None:
    person.pick("gpt-5").ask("One?")
    choose(person, "minimal").ask("Two?")
    choose(person, "auto").ask("Three?")
    sent = [each.body.get("reasoning_effort") for each in endpoint.asked()]
    assert sent == [None, "minimal", None]


def test_another_model_leaves_it_out_and_says_so(person: Person, endpoint: Loopback) -> None:
    choose(person.pick("gpt-5"), "high").pick("gpt-4o")
    assert "gpt-4o doesn't support reasoning effort" in person.says
    endpoint.enqueue(thinking(0))
    person.ask("One?")
    assert "reasoning_effort" not in endpoint.asked()[-1].body
    person.pick("gpt-5")
    assert person.at.selectbox(key="effort").value == "high"


def test_changing_something_else_keeps_it(person: Person) -> None:
    choose(person.pick("gpt-5"), "low")
    person.at.toggle(key="answer_json").set_value(True)
    assert person.look().remembers.chat.parameters.effort == "low"


def test_thinking_nobody_sees_is_on_the_bill_and_in_the_price(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(thinking(448))
    person.pick("gpt-5").ask("Think")
    assert "20 tokens in" in person.bill
    assert "500 out, including 448 reasoning" in person.bill
    # 20 x 1.25 + 500 x 10 per million
    assert "$0.005" in person.bill


def test_without_any_the_bill_is_silent_about_it(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(thinking(0))
    person.pick("gpt-5").ask("Think")
    assert "reasoning" not in person.bill


def thinking(tokens: int) -> Reply:
    """An answer of 500 tokens, so many of them hidden."""
    return Reply(
        [
            event(chunk("Done.", model="gpt-5")),
            event(chunk(finish="stop", model="gpt-5")),
            event(usage_chunk(20, 500, reasoning=tokens, model="gpt-5")),
            DONE,
        ]
    )
