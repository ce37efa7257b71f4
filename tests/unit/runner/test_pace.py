"""How often growing texts are shown."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from components.runner.run import SHOW_EVERY, SHOWN_A_SECOND, SLOWEST, Pace
from components.runner.types import AttemptResult
from tests.unit.runner.making import FakeRun


def growing(pace: Pace, n: int) -> list[FakeRun]:
    """n answers of which some text is there."""

    async def begin() -> list[FakeRun]:
        runs = [FakeRun(pace=pace) for _ in range(n)]
        for run in runs:
            run.add(run.cell, "n1", asyncio.get_running_loop())
        return runs

    return _run(begin())


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def test_a_few_texts_are_shown_as_often_as_one() -> None:
    pace = Pace()
    assert pace.every == SHOW_EVERY
    growing(pace, int(SHOW_EVERY * SHOWN_A_SECOND))
    assert pace.every == SHOW_EVERY


def test_the_more_texts_grow_the_less_often_each_is_shown_but_never_rarely() -> None:
    pace = Pace()
    growing(pace, 40)
    assert SHOW_EVERY < pace.every < SLOWEST
    growing(pace, 500)
    assert pace.every == SLOWEST


def test_an_answer_without_a_word_yet_slows_nobody() -> None:
    pace = Pace()
    waiting = [FakeRun(pace=pace) for _ in range(500)]
    assert len(waiting) == 500
    assert pace.every == SHOW_EVERY


def test_an_answer_that_has_ended_slows_nobody() -> None:
    pace = Pace()
    for each in growing(pace, 500):
        each.end(each.find(), AttemptResult("ok", "n1"), None)
    assert pace.every == SHOW_EVERY


def test_the_first_letter_wakes_its_reader_at_once_however_many_texts_grow() -> None:
    pace = Pace()
    growing(pace, 500)

    async def first() -> tuple[int, str, bool]:
        late = FakeRun(pace=pace)
        late.add(late.cell, "n1", asyncio.get_running_loop())
        version, text = late.wait_for(0, 0.0, lambda: late.cell.text)
        return version, text, late.done

    assert _run(first()) == (1, "n1", False)


def test_what_follows_the_first_letter_waits_for_the_pace() -> None:
    pace = Pace()
    growing(pace, 500)

    async def versions() -> tuple[int, int]:
        late = FakeRun(pace=pace)
        loop = asyncio.get_running_loop()
        late.add(late.cell, "n1", loop)
        late.add(late.cell, " n2", loop)
        before = late.wait_for(0, 0.0, lambda: None)[0]
        await asyncio.sleep(SLOWEST * 2)
        return before, late.wait_for(0, 0.0, lambda: None)[0]

    assert _run(versions()) == (1, 2)
