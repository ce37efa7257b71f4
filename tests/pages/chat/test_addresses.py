"""Images by address: only where the endpoint fetches them itself, and never by this app."""

import socket
from functools import partial
from pathlib import Path

import pytest

from components import services
from components.fetching import fetch_image
from components.ui.chat.attachments import by_url
from tests.pages.visiting import KEY, MODELS, Person, configure, words
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback
from tests.unit.chat.pictures import picture
from tests.unit.network.web import PUBLIC, Web

CAT = "https://example.com/cats/one.jpg"


@pytest.fixture
def person(loopback: Loopback, tmp_path: Path) -> Person:
    """With two endpoints: "public" fetches addresses, "loop" doesn't."""
    settings = {"base_url": loopback.base_url, "api_key": KEY, "models": MODELS}
    configure(tmp_path, "public", **settings, public_urls=True)
    configure(tmp_path, "loop", **settings)
    return Person(lang="en").look()


def fields(person: Person) -> list[str | None]:
    return [field.key for field in person.at.text_input if not (field.key or "").startswith("own_")]


def test_the_field_says_who_fetches(person: Person) -> None:
    assert "The provider downloads it" in person.at.text_input(key="image_url").help
    for model, endpoint in (("gpt-4o", "loop"), ("builtin-reader", "builtin")):
        person.pick(model, endpoint)
        assert "This server downloads it now" in person.at.text_input(key="image_url").help


def test_where_the_server_may_not_fetch_the_field_is_there_for_endpoints_that_do(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FETCH_IMAGES", "no")
    services.begin()
    assert fields(person.look()) == ["image_url"]
    assert fields(person.pick("gpt-4o")) == []


def test_an_address_for_another_endpoint_is_fetched_and_lands_in_the_tray(
    person: Person, loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    replies = {"cats.example/one.png": (200, {"Content-Type": "text/plain"}, picture())}
    with Web(replies, {"cats.example": [[PUBLIC]]}) as web:  # type: ignore[arg-type]
        fetch = partial(fetch_image, resolve=web.resolve, connect=web.connect)
        monkeypatch.setattr(by_url, "fetch_image", fetch)
        person.pick("gpt-4o").give_address("http://cats.example/one.png")
        (image,) = person.draft
        assert (image.url, image.name, image.content) == (None, "one.png", picture())
        assert person.at.text_input(key="image_url").value == ""
        person.give_address("http://10.0.0.1/one.png")
        assert "isn't an image URL on the public web" in person.errors[0]
        assert len(person.draft) == 1
        assert web.connected == [(PUBLIC, 80)]
    loopback.enqueue(answer("A cat.", model="gpt-4o"))
    person.ask("What is this?")
    (part, _) = loopback.asked()[-1].body["messages"][0]["content"]
    assert part["image_url"]["url"].startswith("data:image/")


def test_an_address_is_sent_as_it_stands_and_never_fetched(
    person: Person, loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[object] = []
    real = socket.getaddrinfo

    def watched(host: object, *args: object, **kwargs: object) -> object:
        looked_up.append(host)
        return real(host, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", watched)
    person.give_address(CAT)
    (image,) = person.draft
    assert (image.url, image.name, image.content) == (CAT, "one.jpg", None)
    loopback.enqueue(answer("A cat.", model="gpt-4o"))
    person.ask("What is this?")
    (part, _) = loopback.asked()[-1].body["messages"][0]["content"]
    assert part == {"type": "image_url", "image_url": {"url": CAT, "detail": "auto"}}
    assert person.answers[-1] == "A cat."
    assert set(looked_up) <= {"127.0.0.1", b"127.0.0.1"}


def test_its_figures_are_unknown_before_and_billed_after(
    person: Person, loopback: Loopback
) -> None:
    person.give_address(CAT).drop(("square.png", picture()))
    assert "size unknown" in person.card(person.draft[0])
    assert "cost unknown" in person.card(person.draft[0])
    expected = f"2 images unknown + {words(7)} = at least 772 tokens · cost unknown"
    assert expected in person.estimate
    loopback.enqueue(answer("A cat.", model="gpt-4o", tokens=(1541, 3)))
    person.ask("What is this?")
    assert person.bill.startswith("1,541 tokens in, 3 out · $0.0039")
    assert "one.jpg" in person.says


def test_the_field_is_empty_for_the_next_address(person: Person) -> None:
    person.give_address(f"  {CAT}  ")
    assert person.at.text_input(key="image_url").value == ""
    person.give_address("https://example.com/two.jpg")
    assert [image.url for image in person.draft] == [CAT, "https://example.com/two.jpg"]
    person.give_address("   ")
    assert len(person.draft) == 2


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/a.png", "ftp://example.com/a.png", "https://me:secret@example.com/"]
)
def test_what_is_not_on_the_public_web_is_refused_in_a_sentence(person: Person, url: str) -> None:
    person.give_address(url)
    assert person.draft == []
    assert len(person.errors) == 1
    assert "isn't an image URL on the public web" in person.errors[0]
    # the next good one takes the complaint away
    assert person.give_address(CAT).errors == []
    assert len(person.draft) == 1


def test_an_address_is_not_sent_to_an_endpoint_that_fetches_none(
    person: Person, loopback: Loopback
) -> None:
    person.give_address(CAT).pick("gpt-4o").ask("What is this?")
    assert "“one.jpg” is a URL, and loop can't fetch it safely." in person.says
    assert (person.typed, len(person.draft)) == ("What is this?", 1)
    assert loopback.asked() == []


def test_an_address_in_the_history_goes_again_as_an_address(
    person: Person, loopback: Loopback
) -> None:
    loopback.enqueue(answer("A cat.", model="gpt-4o"), answer("Sure.", model="gpt-4o"))
    person.give_address(CAT).ask("What is this?")
    assert person.resent == "1 image resent · unknown tokens"
    person.ask("Sure?")
    (part, _) = loopback.asked()[-1].body["messages"][0]["content"]
    assert part["image_url"]["url"] == CAT
