"""How long a comparison will go on, by how long its cells took so far."""

import time
from collections.abc import Sequence
from statistics import fmean

from components.compare.running.cell import ComparisonCell
from components.runner.endpoint_limiter import EndpointLimiter


def seconds_left(
    cells: Sequence[ComparisonCell], limiters: Sequence[EndpointLimiter]
) -> float | None:
    """Seconds until the slowest endpoint is through; None while one has answered nothing yet.

    limiters: of each column's endpoint; columns of one endpoint share its places.
    """
    by_limiter = {
        id(limiter): (limiter, [cell for cell in cells if limiters[cell.cell.column] is limiter])
        for limiter in limiters
    }
    left = [_of_endpoint(theirs, limiter) for limiter, theirs in by_limiter.values()]
    known = [seconds for seconds in left if seconds is not None]
    return max(known, default=0.0) if len(known) == len(left) else None


def _of_endpoint(cells: Sequence[ComparisonCell], limiter: EndpointLimiter) -> float | None:
    open_ = [cell for cell in cells if not cell.ended]
    if not open_:
        return 0.0
    took: dict[int, list[float]] = {}
    for cell in cells:
        result = cell.cell.result
        if cell.cell.state == "ok" and result and result.ms_total is not None:
            took.setdefault(cell.cell.column, []).append(result.ms_total / 1000)
    if not took:
        return None
    usual = fmean([seconds for each in took.values() for seconds in each])
    now, work, longest = time.monotonic(), 0.0, 0.0
    pause = limiter.paused
    waiting = pause.until - now if pause else 0.0
    for cell in open_:
        each = took.get(cell.cell.column)
        expected = fmean(each) if each else usual
        if cell.sent is not None and cell.retry is None:
            expected = max(0.0, expected - (now - cell.sent))
        work += expected
        # Its own wait for another try goes on while the others are asked.
        own = cell.retry.until - now if cell.retry else 0.0
        longest = max(longest, expected + max(0.0, own - waiting))
    return waiting + max(longest, work / limiter.at_once)
