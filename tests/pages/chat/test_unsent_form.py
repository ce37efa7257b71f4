"""The chat's model and parameters outlive a restart, and whatever the browser makes of them."""

from typing import Any

import pytest

from components.providers.base import Parameters
from components.ui.app import unsent
from tests.pages.giving_back import Memory
from tests.pages.visiting import Person
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback

ALL = Parameters("Be brief.", 50, 0.3, True, "json", "high")


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    found = Memory()
    monkeypatch.setattr(unsent, "_unsent", found)
    return found


def test_model_and_parameters_are_there_after_a_restart_and_are_sent(
    endpoint: Loopback, memory: Memory
) -> None:
    person = Person(lang="en").look().pick("gpt-5")
    assert memory.given["chat"]["form"] == {"choice": "loop/gpt-5"}
    person.at.text_area(key="system_text").set_value("Be brief.")
    person.at.number_input(key="max_tokens").set_value(50)
    person.at.toggle(key="temperature_set").set_value(True)
    person.at.toggle(key="step_by_step").set_value(True)
    person.at.toggle(key="answer_json").set_value(True)
    person.look()
    person.at.slider(key="temperature").set_value(0.3)
    person.at.selectbox(key="effort").set_value("high")
    given = person.look() and memory.given["chat"]
    assert person.remembers.chat.parameters == ALL

    again = Person(lang="en").look()
    assert again.remembers.chat.parameters == Parameters()
    memory.give_back(again, "chat", given)
    assert again.remembers.chat.parameters == ALL
    assert again.model == "loop/gpt-5"
    assert again.at.text_area(key="system_text").value == "Be brief."
    assert again.at.number_input(key="max_tokens").value == 50
    assert again.at.slider(key="temperature").value == 0.3
    assert again.at.selectbox(key="effort").value == "high"
    assert memory.given["chat"]["form"] == given["form"]
    endpoint.enqueue(answer("{}", model="gpt-5"))
    again.ask("Well?")
    body = endpoint.asked()[-1].body
    assert (body["model"], body["max_completion_tokens"]) == ("gpt-5", 50)
    assert body["reasoning_effort"] == "high"
    assert body["response_format"] == {"type": "json_object"}
    assert body["messages"][0]["content"].startswith("Be brief.")


def test_a_question_that_is_being_edited_is_so_after_a_restart(
    endpoint: Loopback, memory: Memory
) -> None:
    endpoint.enqueue(answer("Four."))
    person = Person(lang="en").look().ask("How many?")
    person.press("edit")
    given, chat = memory.given["chat"], person.remembers.chat
    assert given["form"]["editing"] == chat.editing
    key = f"edit_text-{chat.editing}"
    again = Person(lang="en", c=chat.conversation_id or "").look()
    memory.give_back(again, "chat", given, texts={key: "How many squ"})
    assert again.at.text_area(key=key).value == "How many squ"


NOTHING = Parameters()
HOSTILE: dict[str, tuple[Any, Parameters]] = {
    "no form": (None, NOTHING),
    "a list": ([1, 2], NOTHING),
    "other kinds": (
        {
            "parameters": {
                "system": {"a": 1},
                "max_tokens": "50",
                "temperature": True,
                "step_by_step": "yes",
                "answer": ["json"],
                "effort": 3,
            },
            "choice": ["loop/gpt-5"],
            "editing": {"id": 1},
        },
        NOTHING,
    ),
    "out of range": (
        {"parameters": {"max_tokens": 10**400, "temperature": -(10**400)}, "choice": "x" * 10**5},
        NOTHING,
    ),
    "no numbers": (
        {"parameters": {"max_tokens": float("nan"), "temperature": float("nan")}},
        NOTHING,
    ),
    "endless": (
        {"parameters": {"max_tokens": float("inf"), "temperature": float("-inf")}},
        NOTHING,
    ),
    "none at all": ({"parameters": {"max_tokens": 0, "temperature": 2.1, "answer": ""}}, NOTHING),
    "more of them": ({"parameters": {"sistem": "x", "api_key": "x"}, "base_url": "x"}, NOTHING),
    "half a pair": (
        {"parameters": {"system": "a\ud800b\x00"}, "choice": "\udfff", "editing": "\ud800\x00"},
        Parameters(system="a\ufffdb\ufffd"),
    ),
    "an effort of nobody": (
        {"parameters": {"effort": "\ud800$x$" * 50}, "choice": "loop/gpt-5"},
        NOTHING,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_form_of_the_chat_is_left_out_and_the_page_works(
    endpoint: Loopback, memory: Memory, name: str
) -> None:
    form, expected = HOSTILE[name]
    person = Person(lang="en").look()
    given = memory.given["chat"]
    memory.give_back(person, "chat", given, form=form)
    assert person.errors == []
    assert person.remembers.chat.parameters == expected
    endpoint.enqueue(answer("Yes."))
    person.ask("Well?")
    assert person.answers[-1] == "Yes."


@pytest.mark.parametrize("session", [None, 7, "\ud800", "a\x00b", "x" * 10**6, {"id": 1}])
def test_a_session_that_never_was_brings_nothing_back(
    endpoint: Loopback, memory: Memory, session: object
) -> None:
    person = Person(lang="en").look()
    given = memory.given["chat"]
    names = ["\ud800.png", 3, "a\x00"]
    memory.give_back(person, "chat", given, session=session, names=names, texts=[1])
    assert (person.errors, person.draft) == ([], [])
    endpoint.enqueue(answer("Yes."))
    person.ask("Well?")
    assert person.answers[-1] == "Yes."
