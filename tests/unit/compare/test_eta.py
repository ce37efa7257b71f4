"""How long a comparison will go on."""

import time
from dataclasses import replace

import pytest

from components.chat.store import AttemptResult
from components.compare.running.cell import ComparisonCell
from components.compare.running.eta import seconds_left
from components.compare.spec import Column
from components.compare.store import Cell
from components.errors import ProviderError
from components.runner.endpoint_limiter import EndpointLimiter
from components.runner.retry import RetryState
from tests.unit.compare.making import NOWHERE

TOLD = ProviderError("rate_limit")


def running(cell: Cell) -> ComparisonCell:
    return ComparisonCell(cell, Column(NOWHERE, "m"))


def cells(waiting: int = 1) -> list[ComparisonCell]:
    """One that was answered in 2 s, and others that wait."""
    done = Cell("c0", ("A",), 0, 0, state="ok", result=AttemptResult("ok", "7", ms_total=2000))
    return [
        running(done),
        *(running(Cell(f"c{n}", ("B",), 0, 0)) for n in range(1, waiting + 1)),
    ]


def test_the_wait_of_one_cell_is_part_of_the_time_left() -> None:
    found = cells()
    found[1].retry = RetryState(2, 5, time.monotonic() + 60, TOLD)
    assert seconds_left(found, [EndpointLimiter("loop", 4)]) == pytest.approx(62, abs=2)


def test_a_pause_of_the_endpoint_is_counted_once() -> None:
    found, limiter = cells(), EndpointLimiter("loop", 4)
    until = time.monotonic() + 60
    limiter.pause(until, TOLD)
    found[1].retry = RetryState(2, 5, until, TOLD)
    assert seconds_left(found, [limiter]) == pytest.approx(62, abs=2)


def test_the_others_are_asked_while_one_waits() -> None:
    found = cells(10)
    found[1].retry = RetryState(2, 5, time.monotonic() + 10, TOLD)
    assert seconds_left(found, [EndpointLimiter("loop", 1)]) == pytest.approx(20, abs=2)


def test_nothing_is_left_when_all_have_ended() -> None:
    ended = cells()[:1]
    assert (
        seconds_left([running(replace(ended[0].cell, id="c9"))], [EndpointLimiter("loop", 1)])
        == 0.0
    )
