"""SIGTERM: not ready at once, and running answers get time to end before the server stops.

The server (uvicorn) closes its port as soon as it is told to stop. So it is told later: its handler
of the signal is kept, and called when nothing runs any more, or when the time is over.
"""

import asyncio
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

LOOK_EVERY = 0.1  # seconds
TO_SHOW = 0.5  # seconds that pages get to show the end of the last answer


@contextmanager
def draining(
    stopping: Callable[[], None],
    busy: Callable[[], bool],
    limit: float,
    ending: Callable[[], None] = lambda: None,
) -> Iterator[None]:
    """Within the block SIGTERM calls `stopping`, then waits until `busy` says no, or `limit`
    seconds. A second SIGTERM ends the wait. ending: called when the server is told, by SIGINT as
    well: it waits for responses that are under way. Call it on the server's loop, in the main
    thread; anywhere else, or where nobody handles the signal, nothing is changed."""
    before, interrupted = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return
    loop = asyncio.get_running_loop()
    waits: list[asyncio.Task[None]] = []

    def end(number: int, frame: FrameType | None) -> None:
        ending()
        (interrupted if number == signal.SIGINT else before)(number, frame)  # type: ignore[operator, misc]

    async def wait() -> None:
        until = time.monotonic() + limit
        if busy():
            while busy() and time.monotonic() < until:
                await asyncio.sleep(LOOK_EVERY)
            await asyncio.sleep(TO_SHOW)
        end(signal.SIGTERM, None)

    def asked(number: int, frame: FrameType | None) -> None:
        stopping()
        if limit <= 0 or waits:
            end(number, frame)
        else:
            loop.call_soon_threadsafe(lambda: waits.append(loop.create_task(wait())))

    signal.signal(signal.SIGTERM, asked)
    if callable(interrupted):
        signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        signal.signal(signal.SIGINT, interrupted)
        for each in waits:
            each.cancel()
