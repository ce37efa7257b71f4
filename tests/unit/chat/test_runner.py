"""Answers in progress: shared, stopped, kept, in order."""

import threading
import time
from decimal import Decimal
from typing import Any

import pytest

from components.chat.running.answers import Answers, ChatError
from components.chat.store import NewTurn
from components.errors import ProviderError, StoreError
from components.providers.base import LeftOut, Usage
from db.store import Store
from tests.support.waiting import until
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.questions import answers_of, ended, put, question


def test_an_answer_streams_and_is_kept(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("Two ", "dogs", finish(usage=Usage(input=20, output=2)))
    job = ended(put(answers, store, client))
    kept = store.conversations.conversation("local", job.conversation_id)
    assert kept is not None
    assert [m.text for m in kept.messages] == ["What is this?", "Two dogs"]
    attempt = kept.messages[1].attempt
    assert attempt is not None
    assert (attempt.result.outcome, attempt.result.usage_source) == ("ok", "reported")
    assert attempt.result.request_id == "req-1"


def test_the_bill_is_by_the_price_of_the_model(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("x", finish(usage=Usage(input=1_000_000, output=100_000, cached=400_000)))
    result = ended(put(answers, store, client)).result
    assert result is not None
    # gpt-4o: 2.50 in, 1.25 cached, 10 out per million
    assert result.cost == Decimal("1.5") + Decimal("0.5") + Decimal("1")


def test_without_usage_the_tokens_are_counted_and_called_estimated(
    answers: Answers, store: Store
) -> None:
    client = FakeClient()
    client.enqueue("one two three four", finish())
    result = ended(put(answers, store, client)).result
    assert result is not None
    assert result.usage_source == "estimated"
    assert result.output_tokens == 4
    assert result.input_tokens == 4 + 7  # "What is this?" and the request's overhead
    assert result.cost is not None


def test_a_second_question_while_one_is_answered_is_refused(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("a", 30.0)
    job = put(answers, store, client)
    with pytest.raises(ChatError) as caught:
        put(answers, store, client, conversation_id=job.conversation_id)
    assert caught.value.code == "already_running"
    assert len(client.history) <= 1
    answers.stop("local", job.conversation_id)
    ended(job)


def test_stop_before_the_first_word_ends_the_call(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue(60.0, "never")
    job = put(answers, store, client)
    until(lambda: client.history)
    assert answers.stop("local", job.conversation_id)
    result = ended(job).result
    assert result is not None
    assert (result.outcome, result.text, client.cancelled) == ("stopped", "", 1)


def test_stop_in_mid_stream_keeps_what_came(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("first part", 60.0, "never")
    job = put(answers, store, client)
    until(lambda: job.text)
    answers.stop("local", job.conversation_id)
    ended(job)
    kept = store.conversations.conversation("local", job.conversation_id)
    assert kept is not None
    assert kept.messages[1].text == "first part"
    attempt = kept.messages[1].attempt
    assert attempt is not None
    assert (attempt.result.outcome, attempt.result.usage_source) == ("stopped", "estimated")


def test_nobody_stops_another_owners_answer(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("a", 0.3, "b", finish())
    job = put(answers, store, client)
    assert not answers.stop("somebody else", job.conversation_id)
    assert answers.run("somebody else", job.conversation_id) is None
    assert ended(job).text == "ab"


def test_a_failure_is_a_row_with_its_code(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue(ProviderError("quota", status=429, host="h", model="gpt-4o"))
    job = ended(put(answers, store, client))
    kept = store.conversations.conversation("local", job.conversation_id)
    assert kept is not None
    attempt = kept.messages[1].attempt
    assert attempt is not None
    result = attempt.result
    assert (result.outcome, result.code, result.status) == ("failed", "quota", 429)


def test_a_failure_in_mid_stream_keeps_the_text(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("half", ProviderError("interrupted", host="h", model="gpt-4o"))
    result = ended(put(answers, store, client)).result
    assert result is not None
    assert (result.outcome, result.code, result.text) == ("interrupted", "interrupted", "half")


def test_a_bug_in_a_client_becomes_an_error_without_its_text(
    answers: Answers, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    client = FakeClient()
    client.enqueue(RuntimeError("Authorization: Bearer sk-canary-123"))
    result = ended(put(answers, store, client)).result
    assert result is not None
    assert result.code == "stream_error"
    assert "canary" not in str(result) + caplog.text


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [(None, "interrupted"), ("length", "length"), ("content_filter", "filtered"), ("stop", "ok")],
)
def test_the_finish_reason_gives_the_outcome(
    answers: Answers, store: Store, reason: str | None, outcome: str
) -> None:
    client = FakeClient()
    client.enqueue("text", finish(reason))
    result = ended(put(answers, store, client)).result
    assert result is not None
    assert result.outcome == outcome


def test_what_was_left_out_is_said(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue(LeftOut("temperature"), "x", finish())
    result = ended(put(answers, store, client)).result
    assert result is not None
    assert result.left_out == ("temperature",)


def test_a_running_answer_is_in_the_store_before_it_ends(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("so far", 60.0)
    job = put(answers, store, client)
    for _ in range(100):
        kept = store.conversations.conversation("local", job.conversation_id)
        assert kept is not None
        if kept.messages[1].text:
            break
        time.sleep(0.1)
    assert kept.messages[1].text == "so far"
    attempt = kept.messages[1].attempt
    assert attempt is not None
    assert attempt.result.outcome == "running"
    answers.stop("local", job.conversation_id)
    ended(job)


def test_two_readers_see_the_same_answer_grow(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue(*[f"{n} " for n in range(50)], finish())
    job = put(answers, store, client)
    seen: list[list[str]] = [[], []]

    def read(place: int) -> None:
        version, done = -1, False
        while not done:
            version, text, done = job.wait(version, 5)
            seen[place].append(text)

    readers = [threading.Thread(target=read, args=(n,)) for n in (0, 1)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(20)
    whole = "".join(f"{n} " for n in range(50))
    assert seen[0][-1] == seen[1][-1] == whole
    assert all(whole.startswith(text) for texts in seen for text in texts)


def test_closing_the_hub_leaves_running_answers_interrupted(store: Store) -> None:
    answers = answers_of(store)
    client = FakeClient()
    client.enqueue("part", 60.0)
    job = put(answers, store, client)
    until(lambda: job.text)
    answers.runner.close()
    kept = store.conversations.conversation("local", job.conversation_id)
    assert kept is not None
    attempt = kept.messages[1].attempt
    assert attempt is not None
    assert (kept.messages[1].text, attempt.result.outcome) == ("part", "interrupted")


class FullStore:
    """A store on a full disk."""

    @property
    def conversations(self) -> Any:
        return self

    def begin_turn(self, owner: str, turn: NewTurn, *, alone: bool) -> None:
        raise StoreError("store_full", path="/somewhere")

    def finish(self, *_: object) -> None:
        raise StoreError("store_full", path="/somewhere")

    progress_of_all = finish

    def conversation(self, *_: object) -> None:
        return None


def test_a_question_that_cannot_be_kept_is_not_answered(store: Store) -> None:
    full: Store = FullStore()  # type: ignore[assignment]
    answers = answers_of(full)
    client = FakeClient()
    client.enqueue(60.0, "never")
    with pytest.raises(StoreError) as caught:
        put(answers, full, client, question())  # type: ignore[arg-type]
    assert caught.value.code == "store_full"
    answers.runner.close()
    assert client.cancelled == len(client.history)


@pytest.mark.filterwarnings("ignore:coroutine 'ask' was never awaited")
def test_a_stop_at_the_very_first_moment_still_ends_the_answer(
    answers: Answers, store: Store
) -> None:
    for _ in range(20):
        client = FakeClient()
        client.enqueue(60.0, "never")
        job = put(answers, store, client)
        answers.stop("local", job.conversation_id)
        result = ended(job).result
        assert result is not None
        assert result.outcome == "stopped"


class WatchfulLog:
    """Passes everything on, and remembers from which thread it was asked."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.threads: set[str] = set()
        self.calls: list[str] = []

    @property
    def conversations(self) -> Any:
        return self

    def begin_turn(self, *args: object, alone: bool) -> None:
        self._pass_on("begin_turn", *args)

    def progress_of_all(self, *args: object) -> object:
        return self._pass_on("progress_of_all", *args)

    def finish(self, *args: object) -> None:
        self._pass_on("finish", *args)

    def conversation(self, *_: object) -> None:
        return None

    def _pass_on(self, name: str, *args: object) -> object:
        self.threads.add(threading.current_thread().name)
        self.calls.append(name)
        return getattr(self.store.conversations, name)(*args)


def test_the_loop_never_touches_the_store(store: Store) -> None:
    watched = WatchfulLog(store)
    answers = answers_of(watched)  # type: ignore[arg-type]
    client = FakeClient()
    client.enqueue("some text", 60.0)
    job = put(answers, watched, client)  # type: ignore[arg-type]
    until(lambda: "progress_of_all" in watched.calls)
    answers.stop("local", job.conversation_id)
    ended(job)
    answers.runner.close()
    assert watched.calls[0] == "begin_turn"
    assert watched.calls[-1] == "finish"
    asking = threading.current_thread().name
    others = watched.threads - {asking}
    assert others
    assert all(name.startswith("tuwen-log") for name in others)
