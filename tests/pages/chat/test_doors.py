"""A first visit without a model: what it says, and its three ways on."""

from dataclasses import replace

import pytest

from components import services
from components.providers.known_endpoints import known_endpoints
from components.samples import samples
from tests.pages.visiting import Person
from tests.support.loopback.reply import error
from tests.support.loopback.server import Loopback

KEY = "sk-door-canary-51"


@pytest.fixture
def known(loopback: Loopback, monkeypatch: pytest.MonkeyPatch) -> Loopback:
    """The first service on the web, and the first program on this machine, are the loopback."""
    openai, *_ = [each for each in known_endpoints() if each.public]
    ollama, *_ = [each for each in known_endpoints() if not each.public]

    class Here(type(openai)):  # type: ignore[misc]
        public = True

    service = Here(openai.id, openai.name, loopback.base_url, openai.source, openai.checked)
    offered = (service, replace(ollama, base_url=loopback.base_url))
    monkeypatch.setattr("components.ui.chat.doors.known_endpoints", lambda: offered)
    return loopback


def test_it_is_said_before_anything_is_sent_and_a_sample_is_one_click_away(person: Person) -> None:
    person.look()
    assert "No model is connected yet." in person.says
    person.press("door_try")
    assert person.typed == samples()[0].question["en"]
    assert len(person.draft) == len(list(samples()[0].pictures()))


def test_a_key_is_tested_used_and_said_nowhere(person: Person, known: Loopback) -> None:
    person.look()
    person.at.text_input(key="door_key").set_value(KEY)
    person.press("door_connect")
    assert known.asked("/v1/models")[0].headers["authorization"] == f"Bearer {KEY}"
    assert [each.value for each in person.at.toast] == [
        f"Connected to 127.0.0.1:{known.port}. Model: fake-vision"
    ]
    assert "No model is connected yet." not in person.says
    assert person.model == f"own · 127.0.0.1:{known.port}/fake-vision"
    assert KEY not in person.says
    assert KEY not in repr(person.remembers)
    assert "door_key" not in person.look().at.session_state
    person.ask("Hello?")
    assert known.asked()[-1].headers["authorization"] == f"Bearer {KEY}"


def test_a_program_on_this_machine_is_asked_at_once(person: Person, known: Loopback) -> None:
    known.enqueue(error(500, message="down"))
    person.look().press("door_server-ollama")
    assert len(person.errors) == 1
    assert f"127.0.0.1:{known.port}" in person.errors[0]
    person.press("door_server-ollama")
    assert person.errors == []
    assert person.model == f"own · 127.0.0.1:{known.port}/fake-vision"


def test_what_the_server_does_not_allow_is_not_offered(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OWN_ENDPOINTS", "none")
    services.begin()
    person.look()
    assert "No model is connected yet." in person.says
    assert not [key for key in person.keys if key.startswith(("door_server", "door_key"))]
    assert "door_try" in person.keys
