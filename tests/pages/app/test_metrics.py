"""Figures of real answers: asked on the pages, answered over HTTP, read over HTTP."""

from collections.abc import Callable, Iterator

import pytest

from components import services
from tests.pages.chat.test_custom_endpoint import OWN_KEY, typed
from tests.pages.compare.compare_visiting import compare_page, of, photos, type_question
from tests.pages.visiting import KEY, Person
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback
from tests.unit.metering.scraping import Figures, once, scraped

PROMPT = "canary-prompt-5581"
SAID = "canary-answer-0417"


@pytest.fixture
def look() -> Iterator[Callable[[], Figures]]:
    with scraped(services.app().meter()) as found:
        yield found


Look = Callable[[], Figures]


def test_an_answer_of_the_servers_endpoint_is_counted_as_it_was_billed(
    person: Person, endpoint: Loopback, look: Look
) -> None:
    endpoint.enqueue(answer("A cat.", model="gpt-4o", tokens=(1000, 100)))
    person.look().pick("gpt-4o").ask("What is it?")
    person.pick("fake-status-401").ask("And now?")
    found = once(look, lambda f: f("tuwen_answers_total") == 2)
    here = {"kind": "server", "endpoint": "loop"}
    assert found("tuwen_answers_total", **here, model="gpt-4o", outcome="ok") == 1
    assert found("tuwen_answers_total", **here, model="fake-status-401", outcome="failed") == 1
    assert found("tuwen_tokens_total", **here, model="gpt-4o", direction="input") == 1000
    assert found("tuwen_tokens_total", **here, model="gpt-4o", direction="output") == 100
    assert found("tuwen_cost_usd_total", **here) == pytest.approx(0.0035)
    assert found("tuwen_first_letter_seconds_count", **here) == 1
    assert found("tuwen_answer_seconds_count", **here) == 2
    assert found("tuwen_answers_running") == 0
    assert found("tuwen_log_write_seconds_count") >= 4  # begun and ended, reserved and settled
    assert found("tuwen_log_write_failures_total") == 0


def test_the_built_in_reader_is_a_kind_of_its_own(person: Person, look: Look) -> None:
    person.look().ask("What does it say?")
    found = once(look, lambda f: f("tuwen_answers_total") == 1)
    assert found("tuwen_answers_total", kind="builtin") == 1
    assert found("tuwen_cost_usd_total") == 0


def test_the_cells_of_a_comparison_are_counted_by_how_they_ended(
    person: Person, endpoint: Loopback, look: Look
) -> None:
    of(type_question(compare_page(person, *photos(2))), "fake-vision", "fake-status-401")
    person.press("compare_run")
    found = once(look, lambda f: f("tuwen_cells_total") == 2)
    assert found("tuwen_cells_total", model="fake-vision", state="ok") == 1
    assert found("tuwen_cells_total", model="fake-status-401", state="failed") == 1
    assert found("tuwen_tokens_total", model="fake-vision") > 0
    assert found("tuwen_cells_running") == 0


def test_what_a_limit_refuses_is_counted(
    person: Person, endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIMIT_REQUESTS_MINUTE", "1")
    services.begin()
    person.look().pick("fake-vision").ask("One").ask("Two")
    with scraped(services.app().meter()) as look:
        found = once(look, lambda f: f("tuwen_refused_total") == 1)
    assert found("tuwen_refused_total", limit="requests_minute", scope="person") == 1


def test_no_key_person_prompt_answer_or_address_is_among_the_figures(
    person: Person, endpoint: Loopback, look: Look
) -> None:
    typed(person.look(), endpoint.base_url, OWN_KEY, "canary-own-model")
    endpoint.enqueue(answer(SAID), answer(SAID))
    person.pick("canary-own-model", f"own · 127.0.0.1:{endpoint.port}").ask(PROMPT)
    person.press("new_chat").pick("fake-vision").ask(PROMPT)
    found = once(look, lambda f: f("tuwen_answers_total") == 2)
    assert found("tuwen_answers_total", kind="own") == 1
    assert endpoint.asked()[0].headers["authorization"] == f"Bearer {OWN_KEY}"
    conversation = person.remembers.chat.conversation_id
    assert conversation
    for secret in (KEY, OWN_KEY, PROMPT, SAID, "canary", "127.0.0.1", "local", conversation):
        assert secret not in found.text


def test_the_settings_say_where_and_nothing_is_served_without_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (services.app().settings().metrics_port, services.app().settings().drain_seconds) == (
        None,
        0,
    )
    for name, value in (("METRICS_PORT", "9464"), ("METRICS_ADDRESS", "10.0.0.5")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DRAIN_SECONDS", "0")
    services.begin()
    config = services.app().settings()
    assert (config.metrics_port, config.metrics_address) == (9464, "10.0.0.5")
    assert config.problems == ()


@pytest.mark.parametrize("value", ["x", "0", "65536", "-1"])
def test_a_port_that_is_none_is_named_and_has_no_effect(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("METRICS_PORT", value)
    services.begin()
    (problem,) = services.app().settings().problems
    assert (problem.code, problem.data["setting"]) == ("config_number", "METRICS_PORT")
    assert services.app().settings().metrics_port is None
