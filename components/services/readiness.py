"""Whether a load balancer should send people here: asked as often as anybody likes, looked up at
most once at a time and once a second."""

import asyncio
import logging
import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

from components.errors import AppError

LIMIT = 2.0  # seconds that a caller waits for a look-up
KEEP = 1.0  # seconds that what was found holds
STOPPING = "stopping"
HANGS = "store_busy"
_LOG = logging.getLogger(__name__)


class Readiness:
    """why() is None where all is well, else a code that names no path, host or value."""

    def __init__(
        self, check: Callable[[], None], *, limit: float = LIMIT, keep: float = KEEP
    ) -> None:
        """check: blocks, raises AppError; called in a thread of its own. limit, keep: seconds."""
        self._check, self._limit, self._keep = check, limit, keep
        self._lock = threading.Lock()
        self._found: Future[str | None] = Future()
        self._found.set_result(None)
        self._began = self._ended = -math.inf
        self._stopping = False

    def stop(self) -> None:
        """The process is going down: not ready from now on."""
        self._stopping = True

    async def why(self) -> str | None:
        """The code of what is wrong; takes `limit` seconds at most."""
        if self._stopping:
            return STOPPING
        found, left = self._look()
        done, _ = await asyncio.wait([asyncio.wrap_future(found)], timeout=left)
        if self._stopping:
            return STOPPING
        return done.pop().result() if done else HANGS

    def _look(self) -> tuple[Future[str | None], float]:
        """The look-up that counts now, and how many seconds it has left."""
        with self._lock:
            now = time.monotonic()
            if self._found.done() and now - self._ended > self._keep:
                self._found, self._began = Future(), now
                # A daemon: one that hangs must not keep the process from ending.
                args = (self._found,)
                threading.Thread(target=self._run, args=args, daemon=True).start()
            return self._found, max(0.0, self._began + self._limit - now)

    def _run(self, found: "Future[str | None]") -> None:
        why: str | None = None
        try:
            self._check()
        except AppError as error:
            why = error.code
        except Exception as error:
            # The class alone: a driver's text may hold an address or a password.
            _LOG.error("unexpected %s while looking at the log", type(error).__name__)
            why = "store_unwritable"
        self._ended = time.monotonic()
        found.set_result(why)
