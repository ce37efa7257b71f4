"""An answer that ends while the database is away is in it as soon as that is back."""

import time
from collections.abc import Iterator

import pytest

from components.chat.running.answers import Answers
from components.chat.running.job import Job
from components.errors import StoreError
from db.store import Store
from tests.support.waiting import until
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.questions import answers_of, ended, put
from tests.unit.chat.store_away import AwayStore
from tests.unit.db.make import turn


@pytest.fixture
def away(store: Store) -> AwayStore:
    return AwayStore(store)


@pytest.fixture
def away_answers(away: AwayStore) -> Iterator[Answers]:
    made = answers_of(away)  # type: ignore[arg-type]
    yield made
    away.away = False
    made.runner.close()


def ended_while_away(answers: Answers, away: AwayStore, conversation_id: str | None = None) -> Job:
    client = FakeClient()
    client.enqueue("the whole ", 0.5, "answer", finish())
    job = put(answers, away, client, conversation_id=conversation_id)  # type: ignore[arg-type]
    away.away = True
    return ended(job)


def saved(answers: Answers, job: Job, seconds: float = 20) -> None:
    until(lambda: not answers.saving(job), seconds, "it was not saved")


def outcome(store: Store, job: Job) -> tuple[str, str]:
    kept = store.conversations.conversation("local", job.conversation_id)
    assert kept is not None
    attempt = kept.messages[1].attempt
    assert attempt is not None
    return attempt.result.outcome, attempt.result.text


def test_it_says_so_until_it_is_saved_by_itself(
    away_answers: Answers, away: AwayStore, store: Store
) -> None:
    job = ended_while_away(away_answers, away)
    assert isinstance(job.store_error, StoreError)
    assert away_answers.saving(job)
    assert job.text == "the whole answer"
    assert outcome(store, job)[0] == "running"
    time.sleep(2.5)
    assert away_answers.saving(job)
    away.away = False
    saved(away_answers, job)
    assert job.store_error is None
    assert outcome(store, job) == ("ok", "the whole answer")


def test_what_could_not_be_saved_is_tried_once_more_at_the_end(
    away: AwayStore, store: Store
) -> None:
    answers = answers_of(away)  # type: ignore[arg-type]
    job = ended_while_away(answers, away)
    away.away = False
    answers.runner.close()
    assert outcome(store, job) == ("ok", "the whole answer")


def test_the_next_question_saves_the_answer_before_it_and_is_asked(
    away_answers: Answers, away: AwayStore, store: Store
) -> None:
    job = ended_while_away(away_answers, away)
    away.away = False
    client = FakeClient()
    client.enqueue("more", finish())
    following = put(away_answers, away, client, conversation_id=job.conversation_id)  # type: ignore[arg-type]
    assert ended(following).store_error is None
    assert not away_answers.saving(job)
    assert outcome(store, job) == ("ok", "the whole answer")


def test_a_question_while_the_store_is_away_leaves_the_unsaved_answer_in_sight(
    away_answers: Answers, away: AwayStore
) -> None:
    job = ended_while_away(away_answers, away)
    following = turn("9", conversation_id=job.conversation_id, images=[], contents=[])
    client = FakeClient()
    client.enqueue("more", finish())
    with pytest.raises(StoreError):
        away_answers.submit("local", following, job.request, lambda: client)
    assert away_answers.run("local", job.conversation_id) is job


def test_answers_of_others_do_not_wait_for_one_that_is_late(
    away_answers: Answers, away: AwayStore, store: Store
) -> None:
    late = ended_while_away(away_answers, away)
    away.hold("finish")
    away.away = False
    assert away.held.wait(10), "it was not tried again"
    client = FakeClient()
    client.enqueue("quick", finish())
    other = ended(put(away_answers, away, client))  # type: ignore[arg-type]
    assert outcome(store, other) == ("ok", "quick")
    assert away_answers.saving(late)
    away.go_on.set()
    saved(away_answers, late)
    assert outcome(store, late) == ("ok", "the whole answer")
