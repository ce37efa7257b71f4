"""Editing, regenerating and retrying through the real runner and log."""

import io

import pytest
from PIL import Image

from components.chat import tree
from components.chat.context import carried
from components.chat.draft import take_in
from components.chat.exact_request import request_of, response_of
from components.chat.request import as_draft
from components.chat.running.answers import Answers
from components.chat.running.job import Job
from components.chat.store import StoredConversation
from components.chat.turn import Place, ask
from components.errors import ProviderError
from db.store import Store
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.questions import ENDPOINT, ended, put, question


def kept(store: Store, job: Job) -> StoredConversation:
    found = store.conversations.conversation("local", job.conversation_id)
    assert found is not None
    return found


@pytest.fixture
def client() -> FakeClient:
    return FakeClient()


def send(
    answers: Answers,
    store: Store,
    client: FakeClient,
    text: str,
    talk: StoredConversation,
    place: Place,
    history: StoredConversation,
) -> Job:
    goes = carried(history, "gpt-4o", place.choices).history
    asked = question(text)
    return ended(
        ask(answers, store.conversations, "local", asked, lambda: client, talk.id, goes, place)
    )


def test_an_edited_question_is_a_branch_beside_the_old_one(
    answers: Answers, store: Store, client: FakeClient
) -> None:
    client.enqueue("one", finish())
    first = ended(put(answers, store, client, "A?"))
    client.enqueue("two", finish())
    ended(put(answers, store, client, "B?", first.conversation_id))
    talk = kept(store, first)
    edited = talk.messages[2]
    client.enqueue("two, edited", finish())
    place = Place(parent_id=edited.parent_id)
    send(answers, store, client, "B, edited?", talk, place, tree.before(talk, edited.id))

    now = kept(store, first)
    assert [m.text for m in tree.path(now.messages)] == ["A?", "one", "B, edited?", "two, edited"]
    assert [m.text for m in tree.path(now.messages, talk.messages[3].id)] == [
        "A?",
        "one",
        "B?",
        "two",
    ]
    sent = client.history[-1].messages
    assert [m.text for m in sent] == ["A?", "one", "B, edited?"]


def test_the_first_question_can_be_edited_too(
    answers: Answers, store: Store, client: FakeClient
) -> None:
    client.enqueue("one", finish())
    first = ended(put(answers, store, client, "A?"))
    talk = kept(store, first)
    client.enqueue("other", finish())
    send(answers, store, client, "Z?", talk, Place(None), tree.before(talk, talk.messages[0].id))
    now = kept(store, first)
    assert [m.text for m in tree.path(now.messages)] == ["Z?", "other"]
    assert len(tree.siblings(now.messages, now.messages[0])) == 2
    assert [m.text for m in client.history[-1].messages] == ["Z?"]


def test_a_regenerated_answer_stands_beside_the_first(
    answers: Answers, store: Store, client: FakeClient
) -> None:
    client.enqueue("one", finish())
    first = ended(put(answers, store, client, "A?"))
    talk = kept(store, first)
    asked, answer = talk.messages
    client.enqueue("one again", finish())
    place = Place(asked.parent_id, question_id=asked.id)
    send(answers, store, client, "A?", talk, place, tree.before(talk, asked.id))
    now = kept(store, first)
    assert [m.text for m in now.messages] == ["A?", "one", "one again"]
    assert tree.siblings(now.messages, answer) == [answer.id, now.messages[2].id]
    assert [m.text for m in client.history[-1].messages] == ["A?"]


def test_a_retry_takes_the_place_of_an_answer_without_a_word(
    answers: Answers, store: Store, client: FakeClient
) -> None:
    client.enqueue(ProviderError("upstream", status=500, host="h", model="gpt-4o"))
    client.enqueue(ProviderError("upstream", status=500, host="h", model="gpt-4o"))
    client.enqueue(ProviderError("upstream", status=500, host="h", model="gpt-4o"))
    first = ended(put(answers, store, client, "A?"))
    client.queue.clear()
    talk = kept(store, first)
    asked, answer = talk.messages
    client.enqueue("now", finish())
    place = Place(asked.parent_id, asked.id, answer.id)
    send(answers, store, client, "A?", talk, place, tree.before(talk, asked.id))
    now = kept(store, first)
    assert [(m.id, m.text) for m in now.messages] == [(asked.id, "A?"), (answer.id, "now")]
    assert len(now.messages[1].earlier) == 1


def test_choices_are_kept_with_the_attempt_and_the_request_can_be_shown_again(
    answers: Answers, store: Store, client: FakeClient
) -> None:
    stream = io.BytesIO()
    Image.effect_noise((900, 700), 60).convert("RGB").save(stream, "PNG")
    picture = take_in(stream.getvalue(), "noise.png")
    client.enqueue("seen", finish())
    first = ended(put(answers, store, client, question("What?", images=(picture,))))
    talk = kept(store, first)
    key = f"{talk.messages[0].id}:0"
    client.enqueue("again", finish())
    place = Place(talk.messages[1].id, choices={key: "low"})
    send(answers, store, client, "More?", talk, place, talk)
    now = kept(store, first)
    attempt = now.messages[3].attempt
    assert attempt is not None
    assert attempt.parameters["context"] == {key: "low"}

    body = request_of(store.conversations, "local", now, now.messages[3], ENDPOINT)
    assert [m["role"] for m in body["messages"]] == ["user", "assistant", "user"]
    image = body["messages"][0]["content"][0]["image_url"]
    assert image["detail"] == "low"
    assert image["url"].startswith("data:image/")
    assert image["url"].endswith("bytes)")
    assert len(str(body)) < 2_000
    assert "canary" not in str(body)
    # the very messages that were sent
    sent = client.history[-1]
    assert [m.text for m in sent.messages] == ["What?", "seen", "More?"]
    assert response_of(attempt)["text"] == "again"


def test_an_image_of_the_history_becomes_a_draft_again(
    answers: Answers, store: Store, client: FakeClient
) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), "#336699").save(stream, "PNG")
    taken = take_in(stream.getvalue(), "blue.png")
    client.enqueue("seen", finish())
    first = ended(put(answers, store, client, question("What?", images=(taken,))))
    logged = kept(store, first).messages[0].images[0]
    draft = as_draft(store.conversations, "local", logged)
    assert draft is not None
    assert (draft.content, draft.name, draft.detail) == (taken.content, "blue.png", "auto")
    assert as_draft(store.conversations, "somebody else", logged) is None
