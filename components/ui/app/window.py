"""How the browser calls what it shows: in its tabs, its history and its bookmarks."""

import streamlit as st

from components.ui.app.navigation import ICON, PRODUCT
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import options

_LONGEST = 80  # letters; a tab shows thirty


def name(title: str) -> None:
    """Call it "TITLE · PRODUCT"."""
    session = current_session()
    session.window_title = f"{options.cut(title, _LONGEST)} · {PRODUCT}"
    st.set_page_config(
        page_title=session.window_title,
        page_icon=ICON,
        layout="centered",
        initial_sidebar_state="auto",
    )
