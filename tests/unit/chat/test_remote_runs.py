"""Two processes on one store, each with a runner: what one answers, the other follows and stops."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from components.chat.running.job import Job
from components.chat.running.remote_runs import Followed
from components.chat.running.runner import ChatError, Runner
from components.chat.running.running_answer import Answering
from components.chat.store import STALE_AFTER, StoredConversation
from components.errors import StoreError
from components.runner.remote_runs import Looked
from db.store import SqlStore, open_store
from tests.support.waiting import until
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.questions import ended, put
from tests.unit.db.make import Clock, progress, turn


@dataclass
class Process:
    """What a process has of its own."""

    store: SqlStore
    runner: Runner

    def conversation(self, conversation_id: str) -> StoredConversation:
        found = self.store.conversation("local", conversation_id)
        assert found is not None
        return found

    def answering(self, conversation_id: str) -> Answering | None:
        return self.runner.answering("local", self.conversation(conversation_id))

    def outcome(self, conversation_id: str) -> tuple[str, str]:
        attempt = self.conversation(conversation_id).messages[-1].attempt
        assert attempt is not None
        return attempt.result.outcome, attempt.result.text


@pytest.fixture
def two(database_url: str) -> Iterator[tuple[Process, Process]]:
    stores = [open_store(database_url) for _ in range(2)]
    made = [Process(store, Runner(store)) for store in stores]
    yield made[0], made[1]
    for process in made:
        process.runner.close()
        process.store.close()


def begun(process: Process, *steps: object) -> Job:
    """An answer that has said something."""
    client = FakeClient()
    client.enqueue(*steps)  # type: ignore[arg-type]
    job = put(process.runner, process.store, client)
    until(lambda: job.text)
    return job


def test_the_text_grows_on_the_other_and_its_end_is_seen(two: tuple[Process, Process]) -> None:
    here, there = two
    job = begun(here, "Once ", 2.5, "upon ", 2.5, "a time", finish())
    followed = there.answering(job.conversation_id)
    assert isinstance(followed, Followed)
    assert (followed.model, followed.builtin, followed.done) == ("gpt-4o", False, False)
    seen, version, done = [], -1, False
    while not done:
        version, text, done = followed.wait(version, 5)
        seen.append(text)
    assert seen[-1] == "Once upon a time"
    assert "Once upon " in seen
    assert there.answering(job.conversation_id) is None
    assert there.outcome(job.conversation_id) == ("ok", "Once upon a time")


def test_one_that_is_answered_here_is_the_job_itself(two: tuple[Process, Process]) -> None:
    here, _ = two
    job = begun(here, "a", 30.0)
    assert here.answering(job.conversation_id) is job
    here.runner.stop("local", job.conversation_id)
    ended(job)
    assert here.answering(job.conversation_id) is None


def test_stop_on_the_other_keeps_what_came(two: tuple[Process, Process]) -> None:
    here, there = two
    job = begun(here, "first part", 60.0, "never")
    assert there.runner.stop("local", job.conversation_id)
    assert ended(job).text == "first part"
    assert there.outcome(job.conversation_id) == ("stopped", "first part")
    assert not there.runner.stop("local", job.conversation_id)


def test_nobody_stops_or_sees_another_owners_answer(two: tuple[Process, Process]) -> None:
    here, there = two
    job = begun(here, "a", 1.5, "b", finish())
    assert not there.runner.stop("somebody else", job.conversation_id)
    there.runner.stop_all("somebody else")
    assert there.store.attempt("somebody else", job.attempt_id) is None
    assert ended(job).text == "ab"


def test_stopping_all_of_an_owners_stops_those_of_every_process(
    two: tuple[Process, Process],
) -> None:
    here, there = two
    jobs = [begun(here, "a", 60.0), begun(here, "b", 60.0), begun(there, "c", 60.0)]
    there.runner.stop_all("local")
    for job in jobs:
        assert ended(job).result is not None
        assert there.outcome(job.conversation_id)[0] == "stopped"


def test_an_answer_that_is_deleted_elsewhere_stops(two: tuple[Process, Process]) -> None:
    here, there = two
    job = begun(here, "a", 60.0)
    there.store.delete_everything("local")
    assert ended(job).stopped
    assert here.store.conversation("local", job.conversation_id) is None


def test_a_second_question_is_refused_and_nothing_of_it_is_kept(
    two: tuple[Process, Process],
) -> None:
    here, there = two
    job = begun(here, "a", 60.0)
    client = FakeClient()
    client.enqueue(60.0, "never")
    with pytest.raises(ChatError) as caught:
        put(there.runner, there.store, client, "Me too?", conversation_id=job.conversation_id)
    assert caught.value.code == "already_running"
    assert len(there.conversation(job.conversation_id).messages) == 2
    until(lambda: client.cancelled == len(client.history))
    assert there.runner.job("local", job.conversation_id) is None
    here.runner.stop("local", job.conversation_id)
    ended(job)
    later = FakeClient()
    later.enqueue("now", finish())
    put(there.runner, there.store, later, conversation_id=job.conversation_id)
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
            asked.append(put(process.runner, process.store, client, conversation_id="c" * 32))
        except ChatError as error:
            refused.append(error)

    threads = [threading.Thread(target=ask, args=(process,)) for process in two]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (len(asked), [error.code for error in refused]) == (1, ["already_running"])
    two[0].runner.stop("local", "c" * 32)
    ended(asked[0])


@pytest.fixture
def dead(database_url: str) -> Iterator[tuple[SqlStore, Clock]]:
    """An answer whose process died after half a sentence."""
    clock = Clock(datetime.now(UTC))
    store = open_store(database_url, clock=clock)
    store.begin_turn("local", turn("1", images=[], contents=[]))
    progress(store, "local", "t1", "half a sen")
    yield store, clock
    store.close()


def test_without_a_heartbeat_it_ends_as_interrupted_with_what_came(
    dead: tuple[SqlStore, Clock],
) -> None:
    store, clock = dead
    process = Process(store, Runner(store))
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
    assert ended(put(process.runner, store, client, conversation_id="c1")).text == "again"
    process.runner.close()


def test_one_that_came_back_to_life_is_followed_anew(dead: tuple[SqlStore, Clock]) -> None:
    store, clock = dead
    process = Process(store, Runner(store))
    first = process.answering("c1")
    clock.pass_(STALE_AFTER + 1)
    assert first is not None
    assert first.wait(0, 5)[2]
    progress(store, "local", "t1", "half a sentence")
    again = process.answering("c1")
    assert again is not None
    assert (again.text, again.done) == ("half a sentence", False)
    process.runner.close()


def test_all_readers_share_one_look() -> None:
    looks: list[float] = []
    every = 0.2

    def look() -> int:
        looks.append(time.monotonic())
        return len(looks)

    shared = Looked(0, look, lambda seen: seen > 5, every)
    seen: list[int] = []

    def read() -> None:
        version, last = -1, 0
        while last <= 5:
            version, last = shared.wait(version, 1)
        seen.append(last)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(20)
    assert seen == [6] * 8
    assert len(looks) == 6
    assert all(b - a >= every for a, b in pairwise(looks))


def test_two_tabs_of_a_process_get_the_same_reader(dead: tuple[SqlStore, Clock]) -> None:
    process = Process(dead[0], Runner(dead[0]))
    first = process.answering("c1")
    assert process.answering("c1") is first
    process.runner.close()


def test_while_the_log_is_away_what_is_known_stays() -> None:
    answers: list[object] = [StoreError("log_busy"), StoreError("log_busy"), "more"]

    def look() -> str:
        found = answers.pop(0)
        if isinstance(found, StoreError):
            raise found
        return str(found)

    looked = Looked("some", look, lambda seen: seen == "more", 0.05)
    assert looked.wait(0, 0.06)[1] == "some"
    version, seen = looked.wait(0, 5)
    assert (version, seen, looked.over) == (1, "more", True)
