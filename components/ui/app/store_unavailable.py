"""What pages do without the conversation store: say so, go on with the rest, look for it again."""

import asyncio
import time

import streamlit as st

from components import services
from components.errors import StoreError
from components.ui.app import errors
from components.ui.app.language import text
from components.ui.streamlit_seam.session import breathe

LOOK = 0.25  # seconds between two points at which a run may be ended
ASK = 2.0  # seconds between two looks at the store
# What ends by itself, or is mended while the app runs.
PASSING = frozenset({"store_busy", "store_full", "store_gone", "store_unwritable", "store_refused"})


def show(error: StoreError) -> None:
    """In the place of a page that is nothing without the log."""
    errors.show(error)
    if error.code in PASSING:
        st.caption(text("ui.store.by_itself"))


def until_back() -> None:
    """Draw the page anew once the store is back. Typing and clicking end the wait as ever."""
    due = time.monotonic() + ASK
    while True:
        time.sleep(LOOK)
        breathe()
        if time.monotonic() > due:
            if asyncio.run(services.app().readiness().why()) is None:
                st.rerun()
            due = time.monotonic() + ASK
