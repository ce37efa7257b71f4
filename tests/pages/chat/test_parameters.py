"""The drawer of parameters: what it sets is what is sent."""

from typing import Any

import pytest

from components import services
from components.presets import step_by_step, systems
from components.providers.base import Parameters
from tests.pages.visiting import Person, words
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback


@pytest.fixture
def person(endpoint: Loopback) -> Person:
    return Person(lang="en").look()


def sent(endpoint: Loopback) -> dict[str, Any]:
    body: dict[str, Any] = endpoint.asked()[-1].body
    return body


def system_of(endpoint: Loopback) -> str:
    first = sent(endpoint)["messages"][0]
    assert first["role"] == "system"
    return str(first["content"])


def test_nothing_is_set_unless_somebody_sets_it(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person.ask("Well?")
    assert set(sent(endpoint)) == {"model", "messages", "stream", "stream_options"}
    assert [m["role"] for m in sent(endpoint)["messages"]] == ["user"]
    assert person.remembers.chat.parameters == Parameters()


def test_the_system_prompt_goes_first_and_its_tokens_are_counted(
    person: Person, endpoint: Loopback
) -> None:
    person.remembers.chat.typed = "Well?"
    assert f"{words(9)} " in person.look().estimate
    person.at.text_area(key="system_text").set_value("Be brief.")
    person.look()
    assert f"{words(16)} " in person.estimate  # 3 tokens and 4 for one message more
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person.ask("Well?")
    assert system_of(endpoint) == "Be brief."


def test_a_ready_role_is_put_into_the_prompt_and_leaves_the_rest(
    person: Person, endpoint: Loopback
) -> None:
    person.at.number_input(key="max_tokens").set_value(50)
    person.look()
    role = systems()[1]
    person.at.menu_button(key="system_preset").click(role.id)
    person.look()
    assert person.at.text_area(key="system_text").value == role.prompt["en"]
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person.ask("Well?")
    assert system_of(endpoint) == role.prompt["en"].strip()
    assert sent(endpoint)["max_tokens"] == 50


def test_temperature_and_length_are_sent_as_set(person: Person, endpoint: Loopback) -> None:
    assert person.at.slider(key="temperature").disabled
    person.at.toggle(key="temperature_set").set_value(True)
    person.look()
    assert not person.at.slider(key="temperature").disabled
    person.at.slider(key="temperature").set_value(0.3)
    person.at.number_input(key="max_tokens").set_value(120)
    person.look()
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person.ask("Well?")
    assert (sent(endpoint)["temperature"], sent(endpoint)["max_tokens"]) == (0.3, 120)


def test_a_temperature_of_zero_is_a_temperature(person: Person, endpoint: Loopback) -> None:
    person.at.toggle(key="temperature_set").set_value(True)
    person.look()
    person.at.slider(key="temperature").set_value(0.0)
    person.look()
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person.ask("Well?")
    assert sent(endpoint)["temperature"] == 0


def test_a_temperature_that_is_unset_again_is_not_sent(person: Person, endpoint: Loopback) -> None:
    person.at.toggle(key="temperature_set").set_value(True)
    person.look()
    person.at.toggle(key="temperature_set").set_value(False)
    person.look()
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person.ask("Well?")
    assert "temperature" not in sent(endpoint)


def test_json_is_asked_for_by_mode_and_in_words(person: Person, endpoint: Loopback) -> None:
    person.at.toggle(key="answer_json").set_value(True)
    person.look()
    endpoint.enqueue(answer('{"a": 1}', model="gpt-4o"))
    person.ask("Well?")
    assert sent(endpoint)["response_format"] == {"type": "json_object"}
    assert "JSON" in system_of(endpoint)


def test_step_by_step_is_asked_for_in_the_persons_language(
    person: Person, endpoint: Loopback
) -> None:
    person.at.toggle(key="step_by_step").set_value(True)
    person.look()
    endpoint.enqueue(answer("Yes.", model="gpt-4o"), answer("是。", model="gpt-4o"))
    person.ask("Well?")
    assert system_of(endpoint) == step_by_step()["en"]
    person.speak("zh").ask("那么？")
    assert system_of(endpoint) == step_by_step()["zh"]


def test_all_of_it_together_is_one_system_message(person: Person, endpoint: Loopback) -> None:
    person.at.text_area(key="system_text").set_value("Be brief.")
    person.at.toggle(key="step_by_step").set_value(True)
    person.at.toggle(key="answer_json").set_value(True)
    person.look()
    endpoint.enqueue(answer("{}", model="gpt-4o"))
    person.ask("Well?")
    assert [m["role"] for m in sent(endpoint)["messages"]] == ["system", "user"]
    parts = system_of(endpoint).split("\n\n")
    assert parts[:2] == ["Be brief.", step_by_step()["en"]]
    assert len(parts) == 3


def test_what_a_model_refuses_is_left_out_and_said_before_and_after(
    person: Person, endpoint: Loopback
) -> None:
    person.at.toggle(key="temperature_set").set_value(True)
    person.at.number_input(key="max_tokens").set_value(120)
    person.look()
    assert "it won't be sent" not in person.says
    person.pick("gpt-5")
    assert "gpt-5 doesn't support temperature, so it won't be sent." in person.says
    endpoint.enqueue(answer("Yes.", model="gpt-5"))
    person.ask("Well?")
    assert "temperature" not in sent(endpoint)
    assert "max_tokens" not in sent(endpoint)
    assert sent(endpoint)["max_completion_tokens"] == 120
    assert "gpt-5 doesn't support temperature, so it wasn't sent." in person.says


def test_nothing_is_said_to_be_left_out_that_was_not_set(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("Yes.", model="gpt-5"))
    person.pick("gpt-5").ask("Well?")
    assert "wasn't sent" not in person.says


def test_the_built_in_reader_says_that_it_takes_none(person: Person) -> None:
    person.pick("builtin-reader", "builtin")
    assert "These settings don't apply to the built-in reader." in person.says


def test_what_is_set_survives_a_change_of_page_and_a_new_chat(person: Person) -> None:
    person.at.text_area(key="system_text").set_value("Be brief.")
    person.at.toggle(key="temperature_set").set_value(True)
    person.at.toggle(key="answer_json").set_value(True)
    person.look().go("history").go("chat").press("new_chat")
    assert person.at.text_area(key="system_text").value == "Be brief."
    assert person.at.toggle(key="temperature_set").value is True
    assert person.remembers.chat.parameters == Parameters("Be brief.", None, 1.0, False, "json")


def test_the_parameters_are_kept_with_the_answer(person: Person, endpoint: Loopback) -> None:
    person.at.text_area(key="system_text").set_value("Be brief.")
    person.look()
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person.ask("Well?")
    kept = (
        services.app()
        .store()
        .conversations.conversation("local", person.remembers.chat.conversation_id or "")
    )
    assert kept is not None
    attempt = kept.messages[-1].attempt
    assert attempt is not None
    assert attempt.parameters["system"] == "Be brief."
