"""A page that was just opened is left the time to become whole: Streamlit's browser part fetches
the code of buttons and fields when they are first drawn, and then puts off drawing them for as
long as something else comes or changes."""

import time

from components.ui.streamlit_seam import sessions
from components.ui.streamlit_seam.render_scheduler import RENDERS
from components.ui.streamlit_seam.session import breathe, current_session

_FOR = 10.0  # seconds after which a page is taken for whole
_HEAD_START = 0.4  # seconds
_REST = (0.4, 0.4)  # seconds, between points at which the run may be ended


class Settling:
    """Stop was a grey place for the whole answer. So where this run is the first of its page, a
    text grows in few steps at first."""

    def __init__(self) -> None:
        self._until = time.monotonic() + _FOR if current_session().arrived else 0.0

    def rest(self) -> None:
        """To be called after each step of what grows."""
        if time.monotonic() > self._until:
            return
        for pause in _REST:
            time.sleep(pause)
            breathe()


def head_start() -> None:
    """What was drawn so far is on the screen before the rest comes. Others have their turn
    meanwhile; nothing waits where no browser is."""
    if sessions.exists():
        RENDERS.pause(_HEAD_START)
        breathe()
