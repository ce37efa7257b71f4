"""An answer that ends while the database is away is in it as soon as that is back."""

import time
from collections.abc import Iterator

import pytest

from components.chat.hub import Hub
from components.chat.job import Job
from components.errors import StoreError
from db.store import SqlStore
from tests.chat.asking import ended, put
from tests.chat.away import AwayStore
from tests.chat.fakes import FakeClient, finish
from tests.db.make import turn
from tests.waiting import until


@pytest.fixture
def away(store: SqlStore) -> AwayStore:
    return AwayStore(store)


@pytest.fixture
def away_hub(away: AwayStore) -> Iterator[Hub]:
    made = Hub(away)  # type: ignore[arg-type]
    yield made
    away.away = False
    made.close()


def ended_while_away(hub: Hub, away: AwayStore, conversation_id: str | None = None) -> Job:
    client = FakeClient()
    client.enqueue("the whole ", 0.5, "answer", finish())
    job = put(hub, away, client, conversation_id=conversation_id)  # type: ignore[arg-type]
    away.away = True
    return ended(job)


def saved(hub: Hub, job: Job, seconds: float = 20) -> None:
    until(lambda: not hub.saving(job), seconds, "it was not saved")


def outcome(store: SqlStore, job: Job) -> tuple[str, str]:
    kept = store.conversation("local", job.conversation_id)
    assert kept is not None
    attempt = kept.messages[1].attempt
    assert attempt is not None
    return attempt.result.outcome, attempt.result.text


def test_it_says_so_until_it_is_saved_by_itself(
    away_hub: Hub, away: AwayStore, store: SqlStore
) -> None:
    job = ended_while_away(away_hub, away)
    assert isinstance(job.store_error, StoreError)
    assert away_hub.saving(job)
    assert job.text == "the whole answer"
    assert outcome(store, job)[0] == "running"
    time.sleep(2.5)
    assert away_hub.saving(job)
    away.away = False
    saved(away_hub, job)
    assert job.store_error is None
    assert outcome(store, job) == ("ok", "the whole answer")


def test_what_could_not_be_saved_is_tried_once_more_at_the_end(
    away: AwayStore, store: SqlStore
) -> None:
    hub = Hub(away)  # type: ignore[arg-type]
    job = ended_while_away(hub, away)
    away.away = False
    hub.close()
    assert outcome(store, job) == ("ok", "the whole answer")


def test_the_next_question_saves_the_answer_before_it_and_is_asked(
    away_hub: Hub, away: AwayStore, store: SqlStore
) -> None:
    job = ended_while_away(away_hub, away)
    away.away = False
    client = FakeClient()
    client.enqueue("more", finish())
    following = put(away_hub, away, client, conversation_id=job.conversation_id)  # type: ignore[arg-type]
    assert ended(following).store_error is None
    assert not away_hub.saving(job)
    assert outcome(store, job) == ("ok", "the whole answer")


def test_a_question_while_the_log_is_away_leaves_the_unsaved_answer_in_sight(
    away_hub: Hub, away: AwayStore
) -> None:
    job = ended_while_away(away_hub, away)
    following = turn("9", conversation_id=job.conversation_id, images=[], contents=[])
    client = FakeClient()
    client.enqueue("more", finish())
    with pytest.raises(StoreError):
        away_hub.submit("local", following, job.request, lambda: client)
    assert away_hub.job("local", job.conversation_id) is job


def test_answers_of_others_do_not_wait_for_one_that_is_late(
    away_hub: Hub, away: AwayStore, store: SqlStore
) -> None:
    late = ended_while_away(away_hub, away)
    away.hold("finish")
    away.away = False
    assert away.held.wait(10), "it was not tried again"
    client = FakeClient()
    client.enqueue("quick", finish())
    other = ended(put(away_hub, away, client))  # type: ignore[arg-type]
    assert outcome(store, other) == ("ok", "quick")
    assert away_hub.saving(late)
    away.go_on.set()
    saved(away_hub, late)
    assert outcome(store, late) == ("ok", "the whole answer")
