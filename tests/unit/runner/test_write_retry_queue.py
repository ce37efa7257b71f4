"""Writes that the store refused are tried again, with growing pauses, for an hour."""

from itertools import pairwise

import pytest

from components.errors import StoreError
from components.runner.write_retry_queue import CLOSING, GIVE_UP, LONGEST, WriteRetryQueue


class Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Shelf:
    """Takes writes, or refuses them."""

    def __init__(self, time: Time) -> None:
        self.away, self.time = True, time
        self.tried: list[tuple[str, float]] = []
        self.written: list[str] = []

    def put(self, late: WriteRetryQueue, name: str, group: str = "") -> None:
        def write() -> None:
            self.tried.append((name, self.time.now))
            if self.away:
                raise StoreError("store_busy")

        late.add(group or name, write, lambda: self.written.append(name))


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def shelf(time: Time) -> Shelf:
    return Shelf(time)


@pytest.fixture
def late(time: Time) -> WriteRetryQueue:
    return WriteRetryQueue(time)


def beat(late: WriteRetryQueue, time: Time, seconds: int) -> None:
    for _ in range(seconds):
        time.now += 1
        late.again()


def test_pauses_grow_to_their_longest_and_then_it_is_written(
    late: WriteRetryQueue, shelf: Shelf, time: Time
) -> None:
    shelf.put(late, "a")
    beat(late, time, 100)
    at = [at for _, at in shelf.tried]
    pauses = [later - earlier for earlier, later in pairwise(at)]
    assert pauses[:3] == [2, 4, 8]
    assert set(pauses[3:]) == {LONGEST}
    assert late.holds("a")
    shelf.away = False
    beat(late, time, 15)
    assert shelf.written == ["a"]
    assert not late.holds("a")
    tried = len(shelf.tried)
    beat(late, time, 60)
    assert len(shelf.tried) == tried


def test_after_an_hour_it_is_given_up(late: WriteRetryQueue, shelf: Shelf, time: Time) -> None:
    shelf.put(late, "a")
    beat(late, time, int(GIVE_UP - 60))
    assert late.holds("a")
    beat(late, time, 120)
    assert not late.holds("a")
    assert shelf.written == []


def test_one_refusal_a_beat_is_enough_and_everyone_has_their_turn(
    late: WriteRetryQueue, shelf: Shelf, time: Time
) -> None:
    for name in "abc":
        shelf.put(late, name)
    beat(late, time, 1)
    assert [name for name, _ in shelf.tried] == ["a"]
    beat(late, time, 2)
    assert [name for name, _ in shelf.tried] == ["a", "b", "c"]
    shelf.away = False
    beat(late, time, 8)
    assert sorted(shelf.written) == ["a", "b", "c"]


def test_what_must_come_first_is_done_at_once_or_says_why_not(
    late: WriteRetryQueue, shelf: Shelf
) -> None:
    shelf.put(late, "a", group="mine")
    shelf.put(late, "b", group="yours")
    with pytest.raises(StoreError, match="store_busy"):
        late.now("mine")
    shelf.away = False
    late.now("mine")
    assert shelf.written == ["a"]
    assert late.holds("yours")


def test_a_bug_is_not_tried_again(late: WriteRetryQueue, time: Time) -> None:
    tried = []

    def write() -> None:
        tried.append(1)
        raise RuntimeError("a bug")

    late.add("a", write, lambda: None)
    beat(late, time, 30)
    assert len(tried) == 1
    assert not late.holds("a")


def test_at_the_end_each_is_tried_once_more_but_not_for_ever(
    late: WriteRetryQueue, shelf: Shelf, time: Time
) -> None:
    for name in "abc":
        shelf.put(late, name)
    shelf.away = False
    late.last()
    assert sorted(shelf.written) == ["a", "b", "c"]

    def slow() -> None:
        time.now += CLOSING + 1
        raise StoreError("store_busy")

    for _ in range(3):
        late.add("slow", slow, lambda: None)
    before = time.now
    late.last()
    assert time.now == before + CLOSING + 1
