"""How long a comparison will go on, by how long its cells took so far."""

import time
from collections.abc import Iterable, Sequence
from statistics import fmean

from components.compare.running.running_cell import RunningCell
from components.runner.endpoint_limiter import EndpointLimiter


def seconds_left(lives: Iterable[RunningCell], gates: Sequence[EndpointLimiter]) -> float | None:
    """Seconds until the slowest endpoint is through; None while one has answered nothing yet.

    gates: of each column's endpoint; columns of one endpoint share its places.
    """
    lives = list(lives)
    by_gate = {
        id(gate): (gate, [live for live in lives if gates[live.cell.column] is gate])
        for gate in gates
    }
    left = [_of_endpoint(theirs, gate) for gate, theirs in by_gate.values()]
    known = [seconds for seconds in left if seconds is not None]
    return max(known, default=0.0) if len(known) == len(left) else None


def _of_endpoint(lives: Sequence[RunningCell], gate: EndpointLimiter) -> float | None:
    open_ = [live for live in lives if not live.cell.ended]
    if not open_:
        return 0.0
    took: dict[int, list[float]] = {}
    for live in lives:
        result = live.cell.result
        if live.cell.state == "ok" and result and result.ms_total is not None:
            took.setdefault(live.cell.column, []).append(result.ms_total / 1000)
    if not took:
        return None
    usual = fmean([seconds for each in took.values() for seconds in each])
    now, work, longest = time.monotonic(), 0.0, 0.0
    pause = gate.paused
    waiting = pause.until - now if pause else 0.0
    for live in open_:
        each = took.get(live.cell.column)
        expected = fmean(each) if each else usual
        if live.sent is not None and live.retry is None:
            expected = max(0.0, expected - (now - live.sent))
        work += expected
        # Its own wait for another try goes on while the others are asked.
        own = live.retry.until - now if live.retry else 0.0
        longest = max(longest, expected + max(0.0, own - waiting))
    return waiting + max(longest, work / gate.at_once)
