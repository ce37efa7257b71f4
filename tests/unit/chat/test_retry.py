"""What is tried again by itself: the rule, and a answers that follows it."""

import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from components.chat.running.answers import Answers
from components.chat.running.job import Job
from components.errors import ProviderError, all_codes
from components.providers.base import LeftOut, Opened, Usage
from components.runner.retry import POLICY, pause_before
from db.store import Store
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.questions import answers_of, ended, put

QUICK = replace(POLICY, first=0.02, longest=0.05)
SLOW = replace(POLICY, first=60.0, longest=60.0)


def failure(code: str, status: int | None = None, wait: float | None = None) -> ProviderError:
    return ProviderError(code, status=status, retry_after=wait, host="h", model="gpt-4o")


def pause(error: ProviderError, failed: int = 1, chance: float = 0.0) -> float | None:
    return pause_before(error, failed, chance)


PASSING = [("rate_limit", 429), ("conflict", 409), ("timeout", 408), ("conn", None),
           *(("upstream", status) for status in (500, 502, 503, 504, 529))]  # fmt: skip


@pytest.mark.parametrize(("code", "status"), PASSING)
def test_what_may_pass_is_tried_three_times_in_all(code: str, status: int | None) -> None:
    assert [pause(failure(code, status), failed) for failed in (1, 2, 3, 4)] == [
        0.5,
        2.0,
        None,
        None,
    ]


def test_no_other_failure_is_tried_again() -> None:
    others = all_codes(ProviderError) - {code for code, _ in PASSING}
    assert len(others) > 25
    assert not [c for c in others for status in (None, 400, 500) if pause(failure(c, status))]


def test_a_silence_and_a_lost_answer_are_left_to_the_person() -> None:
    assert pause(failure("timeout")) is None
    assert pause(failure("conn", 200)) is None
    assert pause(failure("upstream", 501)) is None


@pytest.mark.parametrize(
    ("asked", "expected"), [(12.0, 12.0), (0.25, 0.25), (120.0, 120.0), (120.5, None), (0.0, 0.5)]
)
def test_the_time_that_the_endpoint_asks_for_is_kept(asked: float, expected: float | None) -> None:
    assert pause(failure("rate_limit", 429, asked), chance=1.0 if asked else 0.0) == expected
    assert pause(failure("upstream", 503, asked)) == expected


def test_pauses_grow_to_a_limit_and_are_spread() -> None:
    many = replace(POLICY, tries=9)
    error = failure("upstream", 503)
    assert [pause_before(error, n, 0.0, many) for n in range(1, 6)] == [0.5, 2.0, 8.0, 8.0, 8.0]
    assert pause_before(error, 3, 1.0, many) == 6.0
    assert pause_before(error, 3, 0.5, many) == 7.0


@pytest.fixture
def quick(store: Store) -> Iterator[Answers]:
    answers = answers_of(store, QUICK)
    yield answers
    answers.runner.close()


@pytest.fixture
def slow(store: Store) -> Iterator[Answers]:
    answers = answers_of(store, SLOW)
    yield answers
    answers.runner.close()


def paused(job: Job) -> Job:
    for _ in range(1000):
        if job.retry:
            return job
        time.sleep(0.01)
    raise AssertionError("no pause")


def test_two_failures_and_then_an_answer_are_three_attempts(quick: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue(LeftOut("detail"), failure("upstream", 500))
    client.enqueue(failure("conn"))
    client.enqueue(LeftOut("detail"), Opened(200, "r3", True), "fine", finish(usage=Usage(5, 1)))
    result = ended(put(quick, store, client)).result
    assert result is not None
    assert (result.outcome, result.text, result.attempts) == ("ok", "fine", 3)
    assert (result.code, result.status, result.request_id) == (None, 200, "r3")
    assert result.left_out == ("detail",)
    assert len(client.history) == 3
    assert client.history[0] is client.history[2]


def test_the_last_failure_is_the_one_that_is_told(quick: Answers, store: Store) -> None:
    client = FakeClient()
    for error in (failure("conn"), failure("rate_limit", 429), failure("upstream", 502)):
        client.enqueue(error)
    result = ended(put(quick, store, client)).result
    assert result is not None
    assert (result.outcome, result.code, result.attempts) == ("failed", "upstream", 3)


def test_nothing_is_tried_again_once_text_has_come(quick: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("a word", failure("conn"))
    result = ended(put(quick, store, client)).result
    assert result is not None
    assert (result.outcome, result.text, result.attempts) == ("interrupted", "a word", 1)
    assert len(client.history) == 1


def test_a_pause_is_seen_at_once_and_says_what_for_and_until_when(
    slow: Answers, store: Store
) -> None:
    client = FakeClient()
    client.enqueue(failure("rate_limit", 429, 90.0))
    job = put(slow, store, client)
    version = -1
    while job.retry is None:
        version, _, done = job.wait(version, 20)
        assert not done
    assert (job.retry.attempt, job.retry.of, job.retry.error.code) == (2, 3, "rate_limit")
    assert 0 < job.retry.until - time.monotonic() <= 90
    assert job.attempts == 1
    slow.stop("local", job.conversation_id)
    ended(job)


def test_a_stop_in_a_pause_ends_it_at_once(slow: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue(failure("upstream", 503))
    job = paused(put(slow, store, client))
    assert slow.stop("local", job.conversation_id)
    result = ended(job).result
    assert result is not None
    assert (result.outcome, result.attempts, len(client.history)) == ("stopped", 1, 1)
    assert (result.code, result.status) == ("upstream", 503)
    assert result.cost == Decimal(0)


def test_the_next_question_starts_without_the_pause_of_the_last(
    slow: Answers, store: Store
) -> None:
    client = FakeClient()
    client.enqueue(failure("conn"))
    client.enqueue("fine", finish())
    job = paused(put(slow, store, client))
    slow.stop("local", job.conversation_id)
    ended(job)
    again = ended(put(slow, store, client, "again", job.conversation_id))
    assert again.result is not None
    assert (again.result.outcome, again.result.attempts, again.retry) == ("ok", 1, None)
