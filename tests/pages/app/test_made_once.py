"""What a process has one of is made once, however many ask at the same time."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from components.errors import StoreError
from components.services.made_once import Once, made_once


def test_many_who_ask_together_get_the_same_one() -> None:
    made: list[object] = []
    start = threading.Barrier(8)

    def make() -> object:
        time.sleep(0.05)
        made.append(object())
        return made[-1]

    one = Once(make)

    def ask(_: int) -> object:
        start.wait()
        return one()

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(ask, range(8)))
    assert len(made) == 1
    assert found == set(made)


def test_what_could_not_be_made_is_tried_again_by_the_next_one() -> None:
    away = [True]

    def make() -> str:
        if away[0]:
            raise StoreError("store_busy")
        return "here"

    one = Once(make)
    with pytest.raises(StoreError):
        one()
    assert not one.made
    away[0] = False
    assert one() == "here"
    assert one.made


def test_one_can_be_made_of_another() -> None:
    first = Once(lambda: 1)
    assert Once(lambda: first() + 1)() == 2


def test_each_whole_has_parts_of_its_own_and_knows_which_are_made() -> None:
    class Whole:
        @made_once
        def part(self) -> object:
            """What it is."""
            return object()

    one, other = Whole(), Whole()
    assert not one.part.made
    assert one.part() is one.part()
    assert one.part.made
    assert not other.part.made
    assert other.part() is not one.part()
    kept = one.part()
    one.part.forget()
    assert one.part() is not kept
    assert Whole.part.__doc__ == "What it is."
