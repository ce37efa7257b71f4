"""An endpoint typed in for one session: tested, used, forgotten, and nobody else's."""

import gc
import threading
import time
import weakref
from pathlib import Path

import pytest

from components import services
from tests.pages.visiting import KEY, Person
from tests.support.databases import Raw
from tests.support.loopback.reply import Wait, answer, error, page, whole
from tests.support.loopback.server import Loopback

OWN_KEY = "sk-own-canary-77c1"


def typed(person: Person, url: str, key: str = "", models: str = "") -> Person:
    """Fill in the form and test the connection."""
    person.at.text_input(key="own_url").set_value(url)
    person.at.text_input(key="own_key").set_value(key)
    person.at.text_input(key="own_models").set_value(models)
    return person.press("own_test")


def name_of(server: Loopback) -> str:
    return f"own · 127.0.0.1:{server.port}"


@pytest.fixture
def own(loopback: Loopback) -> Person:
    """Somebody with an own endpoint, on a server without any."""
    return typed(Person(lang="en").look(), loopback.base_url, OWN_KEY)


def test_its_models_are_offered_and_the_first_is_chosen(own: Person, loopback: Loopback) -> None:
    assert loopback.asked("/v1/models")[0].headers["authorization"] == f"Bearer {OWN_KEY}"
    assert own.model == f"{name_of(loopback)}/fake-vision"
    (success,) = own.at.success
    assert success.value.startswith(f"127.0.0.1:{loopback.port} responded in ")
    assert "with 10 models: fake-vision, fake-slow" in success.value
    assert own.errors == []


def test_a_question_goes_there_with_the_key_that_was_typed(own: Person, loopback: Loopback) -> None:
    own.ask("Hello?")
    assert own.answers[1].startswith("I see 0 images.")
    assert loopback.asked()[-1].headers["authorization"] == f"Bearer {OWN_KEY}"


def test_what_was_typed_is_gone_from_the_fields_once_it_works(own: Person) -> None:
    for key in ("own_url", "own_key", "own_models"):
        assert own.at.text_input(key=key).value == ""


def test_the_key_is_masked_and_said_nowhere(own: Person, tmp_path: Path) -> None:
    own.ask("Hello?")
    assert own.at.text_input(key="own_key").proto.type == own.at.text_input(
        key="own_key"
    ).proto.Type.Value("PASSWORD")
    assert OWN_KEY not in own.says
    assert OWN_KEY not in repr(own.remembers)
    services.begin()
    for path in tmp_path.iterdir():
        assert OWN_KEY.encode() not in path.read_bytes(), path


def test_the_store_has_its_name_and_host_alone(
    own: Person, loopback: Loopback, app_database_url: str
) -> None:
    own.ask("Hello?")
    rows = Raw(app_database_url).run("SELECT endpoint, host FROM attempts")
    assert rows == [(name_of(loopback), f"127.0.0.1:{loopback.port}")]


def test_nobody_else_has_it(own: Person, loopback: Loopback) -> None:
    other = Person(lang="en").look()
    assert other.remembers.chat.own == []
    assert not [each for each in other.models if "own" in each]
    assert services.app().endpoint(name_of(loopback)) is None
    endpoint = own.remembers.chat.own[0].endpoint
    with pytest.raises(ValueError, match="nobody else"):
        services.app().client(endpoint)


def test_two_people_with_the_same_address_keep_their_own_keys(
    own: Person, loopback: Loopback
) -> None:
    other = typed(Person(lang="en").look(), loopback.base_url, "sk-another-key")
    assert other.remembers.chat.own[0].endpoint.name == own.remembers.chat.own[0].endpoint.name
    own.ask("One?")
    other.ask("Two?")
    own.ask("Three?")
    assert [each.headers["authorization"] for each in loopback.asked()] == [
        f"Bearer {OWN_KEY}",
        "Bearer sk-another-key",
        f"Bearer {OWN_KEY}",
    ]


def test_the_servers_key_never_goes_to_an_own_address(person: Person, endpoint: Loopback) -> None:
    """The very address that the server has a key for, typed without one."""
    typed(person.look(), endpoint.base_url)
    person.ask("Hello?")
    assert [each.headers["authorization"] for each in endpoint.history] == ["Bearer none"] * 2
    person.pick("fake-vision").ask("And there?")
    assert endpoint.asked()[-1].headers["authorization"] == f"Bearer {KEY}"


def test_a_second_one_at_the_same_host_gets_a_number(own: Person, loopback: Loopback) -> None:
    typed(own, loopback.base_url + "/", "sk-second")
    names = [each.endpoint.name for each in own.remembers.chat.own]
    assert names == [name_of(loopback), f"{name_of(loopback)} (2)"]
    own.ask("Hello?")
    assert loopback.asked()[-1].headers["authorization"] == "Bearer sk-second"


def test_it_is_removed_with_its_models_and_its_key(own: Person) -> None:
    gone, client = weakref.ref(own.remembers.chat.own[0]), own.remembers.chat.own[0].client
    own.press("own-remove-0")
    assert own.remembers.chat.own == []
    assert own.model == "builtin/builtin-reader"
    assert len(own.models) == 1
    gc.collect()
    assert gone() is None
    # its connections are closed on the loop they live on
    until = time.monotonic() + 5
    while not client._client.is_closed() and time.monotonic() < until:  # type: ignore[attr-defined]
        time.sleep(0.01)
    assert client._client.is_closed()  # type: ignore[attr-defined]


def test_an_answer_goes_on_when_its_endpoint_is_removed(own: Person, loopback: Loopback) -> None:
    """The page is busy following the answer; so the endpoint goes behind its back."""
    loopback.enqueue(answer("one ", "two ", "three", pause=0.3, model="fake-vision"))
    here, gone = own.remembers, weakref.ref(own.remembers.chat.own[0])

    def remove_when_asked() -> None:
        for _ in range(1000):
            if loopback.asked():
                here.chat.own.clear()
                return
            time.sleep(0.01)

    remover = threading.Thread(target=remove_when_asked)
    remover.start()
    own.ask("Count")
    remover.join()
    assert own.answers[-1] == "one two three"
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize(
    ("url", "key", "said"),
    [
        ("", "", "This address isn't valid."),
        ("example.com/v1", "", "This address isn't valid."),
        ("ftp://example.com", "", "This address isn't valid."),
        ("https://me:pw@example.com/v1", "", "This address isn't valid."),
        ("https://example.com/v1?token=abc", "", "This address isn't valid."),
        ("https://example.com/v1", "sk a", "This key isn't valid"),
    ],
)
def test_what_cannot_be_used_is_said_before_anything_is_sent(
    person: Person, url: str, key: str, said: str
) -> None:
    typed(person.look(), url, key)
    assert [each for each in person.errors if said in each]
    assert person.remembers.chat.own == []
    assert person.at.text_input(key="own_url").value == url


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (error(401, message=f"Incorrect API key provided: {OWN_KEY}"), "rejected the key"),
        (error(404, message="Not found"), "Check the base URL"),
        (page(200), "web page"),
        (error(500, message="down"), "has a problem right now"),
        (whole({"data": []}), "responds, but lists no models"),
    ],
)
def test_a_test_that_fails_says_why_and_adds_nothing(
    person: Person, loopback: Loopback, reply: object, said: str
) -> None:
    loopback.enqueue(reply)  # type: ignore[arg-type]
    typed(person.look(), loopback.base_url, OWN_KEY)
    assert said in "\n".join(person.errors)
    assert OWN_KEY not in person.says
    assert person.remembers.chat.own == []


def test_a_refused_key_is_the_persons_and_not_the_servers(
    person: Person, loopback: Loopback
) -> None:
    loopback.enqueue(error(401, message="no"))
    typed(person.look(), loopback.base_url, OWN_KEY)
    assert "Remove this endpoint and add it again" in person.errors[0]


def test_nothing_there_is_said_in_a_sentence(person: Person) -> None:
    typed(person.look(), "http://127.0.0.1:9/v1")
    assert "127.0.0.1:9" in person.errors[0]


def test_silence_ends_after_a_while(
    person: Person, loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("components.services.application.LIST_TIMEOUT", 0.5)
    silent = whole({"data": []})
    loopback.enqueue(type(silent)(silent.steps, before=[Wait(20)]))
    typed(person.look(), loopback.base_url)
    assert len(person.errors) == 1
    assert loopback.asked("/v1/models")[0].left.wait(5)


def test_an_endpoint_without_a_list_takes_the_models_that_are_typed(
    person: Person, loopback: Loopback
) -> None:
    loopback.enqueue(error(404, message="Not found"))
    typed(person.look(), loopback.base_url, OWN_KEY, "fake-vision, llava:13b")
    assert person.remembers.chat.own[0].models == ("fake-vision", "llava:13b")
    assert "doesn't list its models" in person.at.success[0].value
    person.ask("Hello?")
    assert person.answers[1].startswith("I see 0 images.")


def test_typed_models_do_not_make_up_for_a_refused_key(person: Person, loopback: Loopback) -> None:
    loopback.enqueue(error(401, message="no"))
    typed(person.look(), loopback.base_url, OWN_KEY, "fake-vision")
    assert person.remembers.chat.own == []


def test_a_server_for_many_can_keep_to_the_public_web_or_take_none(
    person: Person, loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OWN_ENDPOINTS", "public")
    services.begin()
    typed(person.look(), loopback.base_url)
    assert "on the public web only" in person.errors[0]
    assert loopback.history == []
    monkeypatch.setenv("OWN_ENDPOINTS", "none")
    services.begin()
    closed = Person(lang="en").look()
    assert not [each for each in closed.at.text_input if each.key == "own_url"]


def test_a_new_visit_knows_nothing_of_it(own: Person) -> None:
    """A reload is a new visit."""
    again = Person(lang="en").look()
    assert again.remembers.chat.own == []
    assert "forgotten on reload" in again.says
