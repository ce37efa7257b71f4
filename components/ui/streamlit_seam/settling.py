"""A text that grows leaves a page that was just opened the time to become whole."""

import time

from components.ui.streamlit_seam.session import breathe, current_session

_FOR = 10.0  # seconds after which a page is taken for whole
_REST = (0.4, 0.4)  # seconds, between points at which the run may be ended


class Settling:
    """Streamlit's browser part fetches the code of buttons and fields when they are first drawn.
    It then puts off drawing them for as long as something else changes several times a second:
    Stop was a grey place for the whole answer. So where this run is the first of its page, a text
    grows in few steps at first."""

    def __init__(self) -> None:
        self._until = time.monotonic() + _FOR if current_session().arrived else 0.0

    def rest(self) -> None:
        """To be called after each step of what grows."""
        if time.monotonic() > self._until:
            return
        for pause in _REST:
            time.sleep(pause)
            breathe()
