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
    stopping: Callable[[], None], busy: Callable[[], bool], limit: float
) -> Iterator[None]:
    """Within the block SIGTERM calls `stopping`, then waits until `busy` says no, or `limit`
    seconds. A second SIGTERM ends the wait. Call it on the server's loop, in the main thread;
    anywhere else, or where nobody handles the signal, nothing is changed."""
    before = signal.getsignal(signal.SIGTERM)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return
    loop = asyncio.get_running_loop()
    waits: list[asyncio.Task[None]] = []

    async def wait() -> None:
        until = time.monotonic() + limit
        if busy():
            while busy() and time.monotonic() < until:
                await asyncio.sleep(LOOK_EVERY)
            await asyncio.sleep(TO_SHOW)
        before(signal.SIGTERM, None)

    def asked(number: int, frame: FrameType | None) -> None:
        stopping()
        if limit <= 0 or waits:
            before(number, frame)
        else:
            loop.call_soon_threadsafe(lambda: waits.append(loop.create_task(wait())))

    signal.signal(signal.SIGTERM, asked)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        for each in waits:
            each.cancel()
