"""Who is drawn when: one after the other, the urgent first, and nobody held up by the slow."""

import threading
import time
from collections.abc import Callable

import pytest

from components.ui.streamlit_seam.render_scheduler import (
    DRAW,
    GROW,
    PAGE,
    REST,
    SEND,
    RenderScheduler,
)


class Crowd:
    """Threads that each take a turn and say so."""

    def __init__(self, turns: RenderScheduler) -> None:
        self.turns = turns
        self.said: list[str] = []
        self.threads: list[threading.Thread] = []

    def join_in(self, name: str, behind: float) -> None:
        def work() -> None:
            with self.turns.turn(behind):
                self.said.append(name)

        before = waiting(self.turns)
        self.threads.append(threading.Thread(target=work))
        self.threads[-1].start()
        while waiting(self.turns) == before:  # so that they come in this order
            time.sleep(0.001)

    def ended(self) -> list[str]:
        for thread in self.threads:
            thread.join(10)
        return self.said


def waiting(turns: RenderScheduler) -> int:
    return sum(len(queue) for queue in turns._queues.values())


def test_whoever_comes_first_is_first() -> None:
    turns = RenderScheduler(1, longest=60)
    crowd = Crowd(turns)
    with turns.turn(SEND):
        for name in "abc":
            crowd.join_in(name, SEND)
        assert crowd.said == []
    assert crowd.ended() == ["a", "b", "c"]


def test_first_words_come_before_growing_texts_questions_and_pages() -> None:
    turns = RenderScheduler(1, longest=60)
    crowd = Crowd(turns)
    with turns.turn(SEND):
        for name, behind in (("page", PAGE), ("send", SEND), ("grow", GROW), ("draw", DRAW)):
            crowd.join_in(name, behind)
    assert crowd.ended() == ["draw", "grow", "send", "page"]


def test_a_turn_that_was_taken_lasts_until_the_next_of_the_same_thread_ends() -> None:
    turns = RenderScheduler(1, longest=60)
    crowd = Crowd(turns)
    turns.take(SEND)
    crowd.join_in("other", DRAW)
    turns.take(SEND)
    with turns.turn(PAGE):
        assert crowd.said == []
    assert crowd.ended() == ["other"]


def test_a_turn_that_is_never_given_back_keeps_nobody_waiting() -> None:
    turns = RenderScheduler(1, longest=0.05)
    thread = threading.Thread(target=turns.take, args=(SEND,))
    thread.start()
    thread.join(10)
    crowd = Crowd(turns)
    crowd.join_in("other", PAGE)
    assert crowd.ended() == ["other"]


def test_nobody_waits_for_ever_behind_the_urgent() -> None:
    turns = RenderScheduler(1, longest=60)
    crowd = Crowd(turns)
    with turns.turn(SEND):
        crowd.join_in("page", 0.05)
        time.sleep(0.1)
        crowd.join_in("send", 0.0)
    assert crowd.ended() == ["page", "send"]


def test_as_many_as_may_have_a_turn_at_once() -> None:
    turns = RenderScheduler(2, longest=60)
    both = threading.Barrier(2)

    def work() -> None:
        with turns.turn(PAGE):
            both.wait(10)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert not both.broken


def test_a_slow_one_keeps_its_turn_and_nobody_waiting() -> None:
    turns = RenderScheduler(1, longest=0.05)
    with turns.turn(PAGE):
        crowd = Crowd(turns)
        crowd.join_in("other", PAGE)
        assert crowd.ended() == ["other"]


def test_the_rest_of_a_page_waits_for_others_and_its_answer_grows_meanwhile() -> None:
    turns = RenderScheduler(1, longest=60)
    crowd = Crowd(turns)
    hold = threading.Event()
    looks: list[int] = []

    def look() -> float:
        looks.append(1)
        hold.set()
        return 0.01

    def draw() -> None:
        with turns.turn(DRAW):
            crowd.said.append("first words")
            holder.start()
            while crowd.said[-1] != "holder" and not hold.is_set():
                turns.let_others(look)
            crowd.said.append("rest")

    def keep() -> None:
        with turns.turn(SEND):
            crowd.said.append("holder")
            hold.wait(10)

    holder = threading.Thread(target=keep)
    first = threading.Thread(target=draw)
    first.start()
    first.join(10)
    holder.join(10)
    assert looks
    assert crowd.said == ["first words", "holder", "rest"]


def test_a_run_that_ends_while_it_waits_leaves_the_queue() -> None:
    class Ended(BaseException):
        pass

    turns = RenderScheduler(1, longest=60)

    def end() -> float:
        raise Ended

    def run() -> None:
        with turns.turn(DRAW):
            go_on.wait(10)
            with pytest.raises(Ended):
                let_others_again_and_again(turns, end)

    go_on = threading.Event()
    thread = threading.Thread(target=run)
    thread.start()
    holder = threading.Thread(target=lambda: hold(turns, go_on, thread))
    holder.start()
    thread.join(10)
    holder.join(10)
    assert waiting(turns) == 0
    with turns.turn(REST):
        pass


def hold(turns: RenderScheduler, go_on: threading.Event, other: threading.Thread) -> None:
    """Take a turn as soon as it is free, until the other thread has ended."""
    go_on.set()
    with turns.turn(DRAW):
        other.join(10)


def let_others_again_and_again(turns: RenderScheduler, meanwhile: Callable[[], float]) -> None:
    while True:
        turns.let_others(meanwhile)


def test_whoever_pauses_lets_the_others_draw_meanwhile() -> None:
    turns = RenderScheduler(1, longest=60)
    crowd = Crowd(turns)
    with turns.turn(PAGE):
        crowd.join_in("other", REST)
        turns.pause(0.05)
        crowd.said.append("again")
    assert crowd.ended() == ["other", "again"]
    with turns.turn(PAGE):  # it was given back
        pass
