"""From the store and the draft to what goes over the wire."""

from datetime import UTC, datetime
from typing import Literal

import pytest

from components.chat.context import sent_again
from components.chat.draft import take_in, take_url
from components.chat.request import draft_parts, history_messages, prepare_draft
from components.chat.running.answers import Answers
from components.chat.store import (
    AttemptResult,
    Outcome,
    StoredAttempt,
    StoredConversation,
    StoredMessage,
    new_id,
)
from components.errors import ImageError
from components.providers.endpoints import Endpoint
from db.store import Store
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.pictures import animation, picture
from tests.unit.chat.questions import ENDPOINT, ended, put, question

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def said(role: Literal["user", "assistant"], text: str, outcome: Outcome = "ok") -> StoredMessage:
    attempt = None
    if role == "assistant":
        result = AttemptResult(outcome=outcome, text=text)
        attempt = StoredAttempt(
            new_id(), "test", "h", "gpt-4o", {}, NOW, None, None, {}, result
        )  # fmt: skip
    return StoredMessage(new_id(), role, text, NOW, attempt=attempt)


def conversation(*messages: StoredMessage) -> StoredConversation:
    return StoredConversation(new_id(), "title", NOW, NOW, messages)


def again(*messages: StoredMessage) -> list[str]:
    return [message.text for message in sent_again(conversation(*messages))]


def test_all_of_an_answered_conversation_goes_again() -> None:
    answered = [said("user", "one"), said("assistant", "1"), said("user", "two")]
    assert again(*answered, said("assistant", "2")) == ["one", "1", "two", "2"]


@pytest.mark.parametrize("outcome", ["failed", "stopped", "interrupted", "filtered", "length"])
def test_a_question_without_a_word_of_an_answer_does_not_go_again(outcome: Outcome) -> None:
    messages = [
        said("user", "one"),
        said("assistant", "1"),
        said("user", "lost"),
        said("assistant", "", outcome),
        said("user", "two"),
        said("assistant", "2"),
    ]
    assert again(*messages) == ["one", "1", "two", "2"]


@pytest.mark.parametrize("outcome", ["stopped", "interrupted", "filtered", "length"])
def test_an_answer_that_ended_early_goes_again_with_what_came(outcome: Outcome) -> None:
    messages = [said("user", "one"), said("assistant", "half", outcome)]
    assert again(*messages) == ["one", "half"]


def test_the_first_question_failing_leaves_nothing() -> None:
    assert again(said("user", "one"), said("assistant", "", "failed")) == []


def test_several_failures_in_a_row_leave_the_rest_in_order() -> None:
    lost = [said("user", "lost"), said("assistant", "", "failed")]
    assert again(*lost, *lost, said("user", "one"), said("assistant", "1"), *lost) == ["one", "1"]


def test_roles_alternate_whatever_happened() -> None:
    messages = []
    for n, outcome in enumerate(("failed", "ok", "stopped", "failed", "interrupted", "ok")):
        text = "" if outcome == "failed" else f"a{n}"
        messages += [said("user", f"q{n}"), said("assistant", text, outcome)]
    roles = [message.role for message in sent_again(conversation(*messages))]
    assert roles == ["user", "assistant"] * 4


def test_a_draft_is_prepared_for_the_model_that_gets_it() -> None:
    image = take_in(picture(2100, 1400), "wide.png")
    prepared = prepare_draft(image, "gpt-4o", ENDPOINT)
    assert prepared is not None
    assert (prepared.original_width, prepared.original_height) == (2100, 1400)
    assert max(prepared.width, prepared.height) < 2048
    assert prepare_draft(take_url("https://example.com/a.png"), "gpt-4o", ENDPOINT) is None


def test_an_endpoint_that_reads_jpeg_only_gets_jpeg() -> None:
    image = take_in(picture(300, 200, "WEBP"), "a.webp")
    local = Endpoint(name="local", base_url="http://127.0.0.1:9/v1", jpeg_only=True)
    prepared = prepare_draft(image, "llava", local)
    assert prepared is not None
    assert prepared.media_type == "image/jpeg"


def test_parts_carry_the_detail_the_address_and_the_original_bytes() -> None:
    image, address = take_in(picture(64, 64), "a.png"), take_url("https://example.com/b.png")
    prepared = [prepare_draft(image, "gpt-4o", ENDPOINT), None]
    first, second = draft_parts([image, address], prepared)
    assert (first.original, first.prepared, first.url) == (image.content, prepared[0], None)
    assert (second.original, second.prepared) == (None, None)
    assert (second.url, second.detail) == ("https://example.com/b.png", "auto")


def test_a_kept_picture_is_sent_again_as_it_was_asked_for(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("Dancing.", finish())
    dance = take_in(animation(3), "dance.gif", first_frame=True)
    whole = take_in(picture(96, 64), "whole.png")
    whole = whole.__class__(**{**vars(whole), "as_is": True, "detail": "low"})
    job = ended(put(answers, store, client, question(images=(dance, whole))))
    kept = store.conversations.conversation("local", job.conversation_id)
    assert kept is not None
    first, answer = history_messages(store.conversations, "local", kept, "gpt-4o", ENDPOINT)
    assert (first.role, first.text, answer.text) == ("user", "What is this?", "Dancing.")
    assert [part.detail for part in first.images] == ["auto", "low"]
    # bytes for bytes what went out the first time
    sent = client.history[0].messages[0].images
    assert [p.prepared and p.prepared.content for p in first.images] == [
        p.prepared and p.prepared.content for p in sent
    ]
    assert first.images[1].prepared is not None
    assert first.images[1].prepared.content == whole.content
    assert [part.original for part in first.images] == [dance.content, whole.content]


def test_a_kept_address_is_sent_again_and_never_fetched(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("A cat.", finish())
    public = Endpoint(**{**vars(ENDPOINT), "public_urls": True})
    address = take_url("https://example.com/b.png")
    job = ended(put(answers, store, client, question(images=(address,), endpoint=public)))
    kept = store.conversations.conversation("local", job.conversation_id)
    assert kept is not None
    part = history_messages(store.conversations, "local", kept, "gpt-4o", public)[0].images[0]
    assert (part.url, part.prepared) == ("https://example.com/b.png", None)


def test_nobody_gets_another_owners_picture_into_a_request(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("A square.", finish())
    image = take_in(picture(64, 64), "mine.png")
    job = ended(put(answers, store, client, question(images=(image,)), owner="somebody"))
    kept = store.conversations.conversation("somebody", job.conversation_id)
    assert kept is not None
    with pytest.raises(ImageError):
        history_messages(store.conversations, "somebody else", kept, "gpt-4o", ENDPOINT)
