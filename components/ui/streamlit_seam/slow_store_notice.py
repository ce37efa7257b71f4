"""Tells a person that a page waits for the database, which can take half a minute.

A page's script stands still while it waits, so somebody else has to say it.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from components.cache import Cache
from components.i18n import t

AFTER = 3.0  # seconds of waiting after which it is said
AGAIN = 6  # seconds that it stands, and after which it is said again
LOOK = 0.5
_LOG = logging.getLogger(__name__)


@dataclass(eq=False)
class _Waiting:
    page: ScriptRunContext
    since: float = field(default_factory=time.monotonic)
    told: float = 0.0


class SlowStoreNotice:
    """One per process. A wait costs nothing but a row in a list until it has become long."""

    def __init__(
        self, tell: Callable[[str], None], after: float = AFTER, look: float = LOOK
    ) -> None:
        """tell: called with the session of the page that waits, in another thread."""
        self._tell, self._after, self._look = tell, after, look
        self._waiting: dict[int, _Waiting] = {}
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    @contextmanager
    def wait(self) -> Iterator[None]:
        """Around what waits. Without effect where no page does."""
        page = get_script_run_ctx(suppress_warning=True)
        if page is None:
            yield
            return
        self._start()
        waiting = _Waiting(page)
        self._waiting[id(waiting)] = waiting
        try:
            yield
        finally:
            del self._waiting[id(waiting)]

    def _start(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="tuwen-wait", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            time.sleep(self._look)
            now = time.monotonic()
            for waiting in list(self._waiting.values()):
                if now - max(waiting.since + self._after - AGAIN, waiting.told) >= AGAIN:
                    waiting.told = now
                    self._tell_page(waiting.page)

    def _tell_page(self, page: ScriptRunContext) -> None:
        add_script_run_ctx(threading.current_thread(), page)
        try:
            self._tell(page.session_id)
        except Exception as caught:  # such as a page that was left a moment ago
            _LOG.info("a page could not be told that it waits: %s", type(caught).__name__)


# By session. Streamlit keeps a session's state locked while a callback runs, so it
# can't be asked for its language just when a question waits.
_languages: Cache[str] = Cache(10_000)


def speaks(lang: str) -> None:
    """The language of the page that is being drawn."""
    page = get_script_run_ctx(suppress_warning=True)
    if page is not None:
        _languages.put(page.session_id, lang)


def say(session: str) -> None:
    """In the corner of the page, where it moves nothing."""
    said = t(_languages.get(session) or "en", "ui.store.slow")
    st.toast(said, icon=":material/hourglass_top:", duration=AGAIN)
