"""How long a comparison will go on."""

import time
from dataclasses import replace

import pytest

from components.chat.store import AttemptResult
from components.compare.running.eta import seconds_left
from components.compare.running.running_cell import RunningCell
from components.compare.store import Cell
from components.errors import ProviderError
from components.runner.endpoint_limiter import EndpointLimiter
from components.runner.retry import RetryState

TOLD = ProviderError("rate_limit")


def lives(waiting: int = 1) -> list[RunningCell]:
    """One that was answered in 2 s, and others that wait."""
    done = Cell("c0", ("A",), 0, 0, state="ok", result=AttemptResult("ok", "7", ms_total=2000))
    return [
        RunningCell(done),
        *(RunningCell(Cell(f"c{n}", ("B",), 0, 0)) for n in range(1, waiting + 1)),
    ]


def test_the_wait_of_one_cell_is_part_of_the_time_left() -> None:
    found = lives()
    found[1].retry = RetryState(2, 5, time.monotonic() + 60, TOLD)
    assert seconds_left(found, [EndpointLimiter("loop", 4)]) == pytest.approx(62, abs=2)


def test_a_pause_of_the_endpoint_is_counted_once() -> None:
    found, gate = lives(), EndpointLimiter("loop", 4)
    until = time.monotonic() + 60
    gate.pause(until, TOLD)
    found[1].retry = RetryState(2, 5, until, TOLD)
    assert seconds_left(found, [gate]) == pytest.approx(62, abs=2)


def test_the_others_are_asked_while_one_waits() -> None:
    found = lives(10)
    found[1].retry = RetryState(2, 5, time.monotonic() + 10, TOLD)
    assert seconds_left(found, [EndpointLimiter("loop", 1)]) == pytest.approx(20, abs=2)


def test_nothing_is_left_when_all_have_ended() -> None:
    ended = lives()[:1]
    assert (
        seconds_left([RunningCell(replace(ended[0].cell, id="c9"))], [EndpointLimiter("loop", 1)])
        == 0.0
    )
