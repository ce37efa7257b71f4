"""An answer that ends while the database is away is in it as soon as that is back."""

import time
from collections.abc import Iterator

import pytest

from components.chat.running.job import Job
from components.chat.running.runner import Runner
from components.errors import StoreError
from db.store import SqlStore
from tests.support.waiting import until
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.questions import ended, put
from tests.unit.chat.store_away import AwayStore
from tests.unit.db.make import turn


@pytest.fixture
def away(store: SqlStore) -> AwayStore:
    return AwayStore(store)


@pytest.fixture
def away_runner(away: AwayStore) -> Iterator[Runner]:
    made = Runner(away)  # type: ignore[arg-type]
    yield made
    away.away = False
    made.close()


def ended_while_away(runner: Runner, away: AwayStore, conversation_id: str | None = None) -> Job:
    client = FakeClient()
    client.enqueue("the whole ", 0.5, "answer", finish())
    job = put(runner, away, client, conversation_id=conversation_id)  # type: ignore[arg-type]
    away.away = True
    return ended(job)


def saved(runner: Runner, job: Job, seconds: float = 20) -> None:
    until(lambda: not runner.saving(job), seconds, "it was not saved")


def outcome(store: SqlStore, job: Job) -> tuple[str, str]:
    kept = store.conversation("local", job.conversation_id)
    assert kept is not None
    attempt = kept.messages[1].attempt
    assert attempt is not None
    return attempt.result.outcome, attempt.result.text


def test_it_says_so_until_it_is_saved_by_itself(
    away_runner: Runner, away: AwayStore, store: SqlStore
) -> None:
    job = ended_while_away(away_runner, away)
    assert isinstance(job.store_error, StoreError)
    assert away_runner.saving(job)
    assert job.text == "the whole answer"
    assert outcome(store, job)[0] == "running"
    time.sleep(2.5)
    assert away_runner.saving(job)
    away.away = False
    saved(away_runner, job)
    assert job.store_error is None
    assert outcome(store, job) == ("ok", "the whole answer")


def test_what_could_not_be_saved_is_tried_once_more_at_the_end(
    away: AwayStore, store: SqlStore
) -> None:
    runner = Runner(away)  # type: ignore[arg-type]
    job = ended_while_away(runner, away)
    away.away = False
    runner.close()
    assert outcome(store, job) == ("ok", "the whole answer")


def test_the_next_question_saves_the_answer_before_it_and_is_asked(
    away_runner: Runner, away: AwayStore, store: SqlStore
) -> None:
    job = ended_while_away(away_runner, away)
    away.away = False
    client = FakeClient()
    client.enqueue("more", finish())
    following = put(away_runner, away, client, conversation_id=job.conversation_id)  # type: ignore[arg-type]
    assert ended(following).store_error is None
    assert not away_runner.saving(job)
    assert outcome(store, job) == ("ok", "the whole answer")


def test_a_question_while_the_log_is_away_leaves_the_unsaved_answer_in_sight(
    away_runner: Runner, away: AwayStore
) -> None:
    job = ended_while_away(away_runner, away)
    following = turn("9", conversation_id=job.conversation_id, images=[], contents=[])
    client = FakeClient()
    client.enqueue("more", finish())
    with pytest.raises(StoreError):
        away_runner.submit("local", following, job.request, lambda: client)
    assert away_runner.job("local", job.conversation_id) is job


def test_answers_of_others_do_not_wait_for_one_that_is_late(
    away_runner: Runner, away: AwayStore, store: SqlStore
) -> None:
    late = ended_while_away(away_runner, away)
    away.hold("finish")
    away.away = False
    assert away.held.wait(10), "it was not tried again"
    client = FakeClient()
    client.enqueue("quick", finish())
    other = ended(put(away_runner, away, client))  # type: ignore[arg-type]
    assert outcome(store, other) == ("ok", "quick")
    assert away_runner.saving(late)
    away.go_on.set()
    saved(away_runner, late)
    assert outcome(store, late) == ("ok", "the whole answer")
