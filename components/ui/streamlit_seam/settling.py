"""A page that was just opened is whole before a text begins to grow on it."""

import time

from components.ui.streamlit_seam.session import breathe, current_session

_PAUSES = (0.5, 0.5, 0.5, 0.5)  # seconds, between points at which the run may be ended


def settle() -> None:
    """Wait, where this run is the first of its page: Streamlit's browser part fetches the code of
    buttons and fields when they are first drawn, and puts off drawing them for as long as
    something else changes many times a second. Stop was a grey place for the whole answer."""
    if not current_session().arrived:
        return
    for pause in _PAUSES:
        time.sleep(pause)
        breathe()
