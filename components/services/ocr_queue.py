"""Text in pictures that only went to a model is read afterwards, so that the search finds it.

One picture at a time, in a process of its own, begun only while no answer is in progress: reading
takes a core for a second or two. What can't be read isn't found; nothing else comes of it.
"""

import hashlib
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from components.errors import AppError
from components.providers.base import VisionRequest
from components.providers.builtin_reader import TextLine, already_read
from components.providers.builtin_reader.reading_process import ReadingProcess
from components.providers.builtin_reader.settings import whole

_MOST_WAITING = 100  # pictures; each is held in memory until it has been read
_LOOK = 0.5  # seconds between two looks at whether the server is idle
_LOG = logging.getLogger(__name__)
Keep = Callable[[str, str, str], object]  # owner, hash of the original, text


class Reading:
    """keep: writes what was read; busy: whether answers are in progress; process: reads; later:
    read what nobody has read yet. Ends with `stop`."""

    def __init__(
        self, keep: Keep, busy: Callable[[], bool], process: ReadingProcess, *, later: bool = True
    ) -> None:
        self._keep, self._busy, self._reads, self._process = keep, busy, later, process
        self._waiting: queue.Queue[tuple[str, bytes]] = queue.Queue(_MOST_WAITING)
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def after(self, owner: str, request: VisionRequest) -> None:
        """Its answer has ended: keep what the reader read, put off what nobody has read yet."""
        for part in request.messages[-1].images:
            if not part.original:
                continue
            lines = already_read(part.original)
            if lines is not None:
                self._write(owner, part.original, lines)
            elif self._reads:
                self._later(owner, part.original)

    def stop(self) -> None:
        self._ended.set()

    def _later(self, owner: str, picture: bytes) -> None:
        with suppress(queue.Full):
            self._waiting.put_nowait((owner, picture))
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="tuwen-reading", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                owner, picture = self._waiting.get(timeout=_LOOK)
            except queue.Empty:
                continue
            while self._busy() and not self._ended.wait(_LOOK):
                pass
            if self._ended.is_set():
                return
            try:
                self._write(
                    owner, picture, self._process.read(picture, whole("decode", "max_side"))
                )
            except AppError as error:
                _LOG.info("a picture was not read for the search: %s", error.code)
            except Exception as error:
                _LOG.warning("a picture was not read for the search: %s", type(error).__name__)

    def _write(self, owner: str, picture: bytes, lines: Sequence[TextLine]) -> None:
        if lines:
            digest = hashlib.sha256(picture).hexdigest()
            self._keep(owner, digest, "\n".join(line.text for line in lines))
