"""Pictures read in a process of its own, so that reading never competes with a question.

It has a low priority, takes one picture at a time, stands still while something is sent, and stays
for a while: loading its networks takes longer than most pictures.
"""

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from components.errors import AppError, ProviderError
from components.providers.builtin_reader.reading import TextLine, remember
from components.providers.builtin_reader.reading_main import messages, packed
from components.providers.builtin_reader.worker import Stop, Stopped

_MAIN = Path(__file__).with_name("reading_main.py")
_LOOK = 0.05  # seconds between two looks at whether to stand still, or to stop

Lines = tuple[TextLine, ...]


class _Process:
    """A started one, and what it has told."""

    def __init__(self) -> None:
        self.told: queue.Queue[object] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(_MAIN)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # The environment may hold keys, which are no business of a stranger's picture.
            env={} if os.name == "posix" else None,
        )
        threading.Thread(target=self._listen, name="tuwen-reading-told", daemon=True).start()

    def say(self, *message: object) -> None:
        """Raises OSError where it has ended."""
        assert self._process.stdin is not None
        self._process.stdin.write(packed(message))
        self._process.stdin.flush()

    def end(self) -> None:
        self._process.kill()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for told in messages(self._process.stdout):
            self.told.put(told)
        self._process.wait()
        self.told.put(EOFError())


class ReadingProcess:
    """Started by the first picture. Any thread may ask; one after the other is served.

    hold: whether something else goes first at the moment; asked many times a second.
    """

    def __init__(self, hold: Callable[[], bool] = lambda: False) -> None:
        self.hold = hold
        self._process: _Process | None = None
        self._turn = threading.Lock()

    def read(self, content: bytes, side: int | None, stop: Stop | None = None) -> Lines:
        """The text of a picture, read with at most `side` px on its long side, in reading order.

        Raises ImageError for bytes that aren't a picture, ProviderError where it can't be read,
        Stopped once `stop` was set.
        """
        stop = stop or Stop()
        with self._turn:
            stop.check()
            told = self._ask(content, side, stop)
            if isinstance(told, EOFError):  # it had nothing to do for long, or the system ended it
                self._process = None
                told = self._ask(content, side, stop)
        if isinstance(told, EOFError):
            self._process = None
            raise ProviderError("reader_failed", host="", model="builtin-reader", detail="ended")
        if isinstance(told, AppError):
            raise told
        if not isinstance(told, tuple):
            raise Stopped
        key, lines = told
        remember(key, lines)
        return tuple(lines)

    def close(self) -> None:
        """End it, whatever it is doing."""
        if self._process:
            self._process.end()

    def _ask(self, content: bytes, side: int | None, stop: Stop) -> object:
        try:
            process = self._process = self._process or _Process()
            process.say("hold", False)
            process.say("read", content, side)
            return self._told(process, stop)
        except OSError as error:
            return EOFError(error)

    def _told(self, process: _Process, stop: Stop) -> object:
        held = stopped = False
        while True:
            with suppress(queue.Empty):
                return process.told.get(timeout=_LOOK)
            if stop.is_set and not stopped:
                stopped = True
                process.say("stop")
            if held != (wanted := self.hold() and not stopped):
                held = wanted
                process.say("hold", held)


@lru_cache(maxsize=1)
def shared_process() -> ReadingProcess:
    """The server's."""
    return ReadingProcess()
