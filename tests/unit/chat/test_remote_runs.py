"""Two processes on one store, each with a runner: what one answers, the other follows and stops."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from components.chat.running.answers import Answering, Answers, ChatError, RemoteAnswer
from components.chat.running.job import Job
from components.chat.store import STALE_AFTER, StoredConversation
from components.providers.base import ReasoningDelta
from db.store import Store, open_store
from tests.support.waiting import until
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.questions import answers_of, ended, put
from tests.unit.db.make import Clock, progress, turn


@dataclass
class Process:
    """What a process has of its own."""

    store: Store
    answers: Answers

    def conversation(self, conversation_id: str) -> StoredConversation:
        found = self.store.conversations.conversation("local", conversation_id)
        assert found is not None
        return found

    def answering(self, conversation_id: str) -> Answering | None:
        return self.answers.answering("local", self.conversation(conversation_id))

    def outcome(self, conversation_id: str) -> tuple[str, str]:
        attempt = self.conversation(conversation_id).messages[-1].attempt
        assert attempt is not None
        return attempt.result.outcome, attempt.result.text


@pytest.fixture
def two(database_url: str) -> Iterator[tuple[Process, Process]]:
    stores = [open_store(database_url) for _ in range(2)]
    made = [Process(store, answers_of(store)) for store in stores]
    yield made[0], made[1]
    for process in made:
        process.answers.runner.close()
        process.store.close()


def begun(process: Process, *steps: object) -> Job:
    """An answer that has said something."""
    client = FakeClient()
    client.enqueue(*steps)  # type: ignore[arg-type]
    job = put(process.answers, process.store, client)
    until(lambda: job.text)
    return job


def test_the_text_grows_on_the_other_and_its_end_is_seen(two: tuple[Process, Process]) -> None:
    here, there = two
    job = begun(here, "Once ", 2.5, "upon ", 2.5, "a time", finish())
    followed = there.answering(job.conversation_id)
    assert isinstance(followed, RemoteAnswer)
    assert (followed.model, followed.builtin, followed.done) == ("gpt-4o", False, False)
    seen, version, done = [], -1, False
    while not done:
        version, text, done = followed.wait(version, 5)
        seen.append(text)
    assert seen[-1] == "Once upon a time"
    assert "Once upon " in seen
    assert there.answering(job.conversation_id) is None
    assert there.outcome(job.conversation_id) == ("ok", "Once upon a time")


def test_a_thought_grows_on_the_other_before_its_answer_begins(
    two: tuple[Process, Process],
) -> None:
    here, there = two
    client = FakeClient()
    client.enqueue(ReasoningDelta("two or "), ReasoningDelta("three"), 60.0, "never")
    job = put(here.answers, here.store, client)
    followed = there.answering(job.conversation_id)
    assert isinstance(followed, RemoteAnswer)
    until(lambda: followed.wait(0, 2) and followed.reasoning)
    assert (followed.text, followed.reasoning, followed.done) == ("", "two or three", False)
    here.answers.stop("local", job.conversation_id)
    ended(job)


def test_one_that_is_answered_here_is_the_job_itself(two: tuple[Process, Process]) -> None:
    here, _ = two
    job = begun(here, "a", 30.0)
    assert here.answering(job.conversation_id) is job
    here.answers.stop("local", job.conversation_id)
    ended(job)
    assert here.answering(job.conversation_id) is None


def test_stop_on_the_other_keeps_what_came(two: tuple[Process, Process]) -> None:
    here, there = two
    job = begun(here, "first part", 60.0, "never")
    assert there.answers.stop("local", job.conversation_id)
    assert ended(job).text == "first part"
    assert there.outcome(job.conversation_id) == ("stopped", "first part")
    assert not there.answers.stop("local", job.conversation_id)


def test_nobody_stops_or_sees_another_owners_answer(two: tuple[Process, Process]) -> None:
    here, there = two
    job = begun(here, "a", 1.5, "b", finish())
    assert not there.answers.stop("somebody else", job.conversation_id)
    there.answers.stop_all("somebody else")
    assert there.store.conversations.attempt("somebody else", job.attempt_id) is None
    assert ended(job).text == "ab"


def test_stopping_all_of_an_owners_stops_those_of_every_process(
    two: tuple[Process, Process],
) -> None:
    here, there = two
    jobs = [begun(here, "a", 60.0), begun(here, "b", 60.0), begun(there, "c", 60.0)]
    there.answers.stop_all("local")
    for job in jobs:
        assert ended(job).result is not None
        assert there.outcome(job.conversation_id)[0] == "stopped"


def test_an_answer_that_is_deleted_elsewhere_stops(two: tuple[Process, Process]) -> None:
    here, there = two
    job = begun(here, "a", 60.0)
    there.store.retention.delete_everything("local")
    assert ended(job).cell.stopped
    assert here.store.conversations.conversation("local", job.conversation_id) is None


def test_a_second_question_is_refused_and_nothing_of_it_is_kept(
    two: tuple[Process, Process],
) -> None:
    here, there = two
    job = begun(here, "a", 60.0)
    client = FakeClient()
    client.enqueue(60.0, "never")
    with pytest.raises(ChatError) as caught:
        put(there.answers, there.store, client, "Me too?", conversation_id=job.conversation_id)
    assert caught.value.code == "already_running"
    assert len(there.conversation(job.conversation_id).messages) == 2
    until(lambda: client.cancelled == len(client.history))
    assert there.answers.run("local", job.conversation_id) is None
    here.answers.stop("local", job.conversation_id)
    ended(job)
    later = FakeClient()
    later.enqueue("now", finish())
    put(there.answers, there.store, later, conversation_id=job.conversation_id)
    until(lambda: there.outcome(job.conversation_id) == ("ok", "now"))


def test_of_two_questions_at_once_one_is_asked(two: tuple[Process, Process]) -> None:
    asked: list[Job] = []
    refused: list[ChatError] = []
    together = threading.Barrier(2)

    def ask(process: Process) -> None:
        client = FakeClient()
        client.enqueue("a", 5.0)
        together.wait()
        try:
            asked.append(put(process.answers, process.store, client, conversation_id="c" * 32))
        except ChatError as error:
            refused.append(error)

    threads = [threading.Thread(target=ask, args=(process,)) for process in two]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (len(asked), [error.code for error in refused]) == (1, ["already_running"])
    two[0].answers.stop("local", "c" * 32)
    ended(asked[0])


@pytest.fixture
def dead(database_url: str) -> Iterator[tuple[Store, Clock]]:
    """An answer whose process died after half a sentence."""
    clock = Clock(datetime.now(UTC))
    store = open_store(database_url, clock=clock)
    store.conversations.begin_turn("local", turn("1", images=[], contents=[]))
    progress(store, "local", "t1", "half a sen")
    yield store, clock
    store.close()


def test_without_a_heartbeat_it_ends_as_interrupted_with_what_came(
    dead: tuple[Store, Clock],
) -> None:
    store, clock = dead
    process = Process(store, answers_of(store))
    followed = process.answering("c1")
    assert followed is not None
    assert followed.wait(-1, 0) == (0, "half a sen", False)
    clock.pass_(STALE_AFTER + 1)
    _, text, done = followed.wait(0, 5)
    assert (text, done) == ("half a sen", True)
    assert process.outcome("c1") == ("interrupted", "half a sen")
    assert process.answering("c1") is None
    client = FakeClient()
    client.enqueue("again", finish())
    assert ended(put(process.answers, store, client, conversation_id="c1")).text == "again"
    process.answers.runner.close()


def test_one_that_came_back_to_life_is_followed_anew(dead: tuple[Store, Clock]) -> None:
    store, clock = dead
    process = Process(store, answers_of(store))
    first = process.answering("c1")
    clock.pass_(STALE_AFTER + 1)
    assert first is not None
    assert first.wait(0, 5)[2]
    progress(store, "local", "t1", "half a sentence")
    again = process.answering("c1")
    assert again is not None
    assert (again.text, again.done) == ("half a sentence", False)
    process.answers.runner.close()


def test_two_tabs_of_a_process_get_the_same_reader(dead: tuple[Store, Clock]) -> None:
    process = Process(dead[0], answers_of(dead[0]))
    first = process.answering("c1")
    assert process.answering("c1") is first
    process.answers.runner.close()
