"""One question asked: checked, prepared, kept and sent."""

from dataclasses import replace
from decimal import Decimal

import pytest

from components.chat.draft import take_in, take_url
from components.chat.running.answers import Answers, ChatError
from components.chat.turn import TITLE_LENGTH, Question, check, title_of
from components.errors import ImageError
from components.models import find_model
from components.providers.base import Parameters
from components.providers.endpoints import BUILTIN
from db.store import Store
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.pictures import picture
from tests.unit.chat.questions import ENDPOINT, ended, put, question

ADDRESS = take_url("https://example.com/one.jpg")
PUBLIC = replace(ENDPOINT, public_urls=True)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("What is this?", "What is this?"),
        ("  What\n\nis\tthis? ", "What is this?"),
        ("a" * TITLE_LENGTH, "a" * TITLE_LENGTH),
        ("a" * (TITLE_LENGTH + 1), "a" * (TITLE_LENGTH - 1) + "…"),
        ("图" * 200, "图" * (TITLE_LENGTH - 1) + "…"),
    ],
)
def test_a_title_is_one_line_of_the_question(text: str, title: str) -> None:
    assert title_of(text) == title


def test_a_title_does_not_end_in_a_space_before_the_dots() -> None:
    title = title_of("a" * (TITLE_LENGTH - 2) + " " + "b" * 20)
    assert title == "a" * (TITLE_LENGTH - 2) + "…"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u3000"])
def test_an_empty_question_is_not_asked(text: str) -> None:
    with pytest.raises(ChatError) as caught:
        check(question(text))
    assert caught.value.code == "nothing_to_ask"


def test_images_for_a_model_that_takes_none_are_not_sent() -> None:
    blind = "gpt-3.5-turbo"
    assert not find_model(blind).vision
    with pytest.raises(ChatError) as caught:
        check(question(model=blind, images=(ADDRESS,)))
    assert (caught.value.code, caught.value.data) == ("no_vision", {"model": blind})
    check(question(model=blind))


@pytest.mark.parametrize("endpoint", [ENDPOINT, BUILTIN])
def test_an_address_is_not_sent_to_an_endpoint_that_fetches_none(endpoint: object) -> None:
    with pytest.raises(ChatError) as caught:
        check(question(endpoint=endpoint, images=(ADDRESS,)))
    assert caught.value.code == "url_not_possible"
    assert caught.value.data["name"] == "one.jpg"


def test_an_address_is_sent_where_the_endpoint_fetches_it() -> None:
    check(question(endpoint=PUBLIC, images=(ADDRESS,)))


@pytest.mark.parametrize(
    "bad", [question(""), question(images=(ADDRESS,)), question(model="o3-mini", images=(ADDRESS,))]
)
def test_what_cannot_be_sent_is_neither_sent_nor_kept(
    answers: Answers, store: Store, bad: Question
) -> None:
    client = FakeClient()
    with pytest.raises(ChatError):
        put(answers, store, client, bad)
    assert (client.history, store.history.count("local")) == ([], 0)


def test_a_picture_that_cannot_be_prepared_stops_the_question(
    answers: Answers, store: Store
) -> None:
    whole = picture(400, 300)
    taken = take_in(whole, "cut.png")
    cut = replace(taken, content=whole[: len(whole) // 2], digest=None)
    client = FakeClient()
    with pytest.raises(ImageError) as caught:
        put(answers, store, client, question(images=(cut,)))
    assert caught.value.name == "cut.png"
    assert (client.history, store.history.count("local")) == ([], 0)


def test_what_is_sent_is_the_question_with_its_parameters(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("A square.", finish())
    parameters = Parameters(system="Be brief.", max_tokens=50, temperature=0.2)
    image = replace(take_in(picture(), "square.png"), detail="low")
    ended(put(answers, store, client, question(images=(image,), parameters=parameters, lang="zh")))
    request = client.history[0]
    assert (request.model, request.parameters, request.lang) == ("gpt-4o", parameters, "zh")
    (message,) = request.messages
    assert (message.role, message.text) == ("user", "What is this?")
    (part,) = message.images
    assert part.detail == "low"
    assert part.prepared is not None
    assert part.prepared.data_url.startswith("data:image/")


def test_what_is_kept_is_what_was_asked(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("A wide one.", finish())
    image = take_in(picture(1600, 1200), "wide.png")
    parameters = Parameters(system="Be brief.", temperature=0.2)
    job = ended(put(answers, store, client, question(images=(image,), parameters=parameters)))
    kept = store.conversations.conversation("local", job.conversation_id)
    assert kept is not None
    assert kept.title == "What is this?"
    (logged,) = kept.messages[0].images
    assert (logged.name, logged.detail, logged.tokens) == ("wide.png", "auto", 765)
    assert (logged.width, logged.height) == (1024, 768)
    assert (logged.original_width, logged.original_height) == (1600, 1200)
    stored = store.conversations.image("local", image.digest or "")
    assert stored is not None
    assert (stored.content, stored.media_type) == (image.content, "image/png")
    assert store.conversations.thumbnail("local", image.digest or "") == image.thumbnail
    attempt = kept.messages[1].attempt
    assert attempt is not None
    assert (attempt.endpoint, attempt.host, attempt.model) == ("test", "127.0.0.1:9", "gpt-4o")
    assert attempt.parameters["temperature"] == 0.2
    assert attempt.prices["input"] == "2.5"
    assert attempt.estimated_cost == Decimal(attempt.estimated_input_tokens or 0) * Decimal(
        "0.0000025"
    )


def test_the_key_is_not_kept(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("x", finish())
    job = ended(put(answers, store, client))
    assert "canary" not in repr(store.conversations.conversation("local", job.conversation_id))
    assert "canary" not in repr(job)


def test_an_address_is_kept_as_an_address(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("A cat.", finish())
    job = ended(put(answers, store, client, question(endpoint=PUBLIC, images=(ADDRESS,))))
    kept = store.conversations.conversation("local", job.conversation_id)
    assert kept is not None
    (logged,) = kept.messages[0].images
    assert (logged.url, logged.hash, logged.tokens) == ("https://example.com/one.jpg", None, None)
    assert client.history[0].messages[0].images[0].url == "https://example.com/one.jpg"


def test_the_second_question_carries_the_first_with_its_picture(
    answers: Answers, store: Store
) -> None:
    client = FakeClient()
    client.enqueue("A square.", finish())
    client.enqueue("Yes.", finish())
    image = take_in(picture(), "square.png")
    first = ended(put(answers, store, client, question(images=(image,))))
    ended(put(answers, store, client, question("Sure?"), first.conversation_id))
    messages = client.history[1].messages
    assert [(m.role, m.text) for m in messages] == [
        ("user", "What is this?"),
        ("assistant", "A square."),
        ("user", "Sure?"),
    ]
    before = client.history[0].messages[0].images[0].prepared
    assert messages[0].images[0].prepared == before


def test_a_failed_question_is_not_carried_along(answers: Answers, store: Store) -> None:
    from components.errors import ProviderError

    client = FakeClient()
    client.enqueue(ProviderError("auth", host="h", model="gpt-4o"))
    client.enqueue("Yes.", finish())
    first = ended(put(answers, store, client, "lost"))
    ended(put(answers, store, client, "again", first.conversation_id))
    assert [m.text for m in client.history[1].messages] == ["again"]
    kept = store.conversations.conversation("local", first.conversation_id)
    assert kept is not None
    assert [m.text for m in kept.messages] == ["lost", "", "again", "Yes."]
    assert kept.title == "lost"
