"""The event loop that answers run on."""

import asyncio
import sys


def new_loop() -> asyncio.AbstractEventLoop:
    """libuv's, but for Windows: with a hundred answers at once a token costs half the time."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()
