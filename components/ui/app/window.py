"""How the browser calls what it shows: in its tabs, its history and its bookmarks."""

import streamlit as st

from components.ui.app.navigation import ICON, PRODUCT
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import options

_LONGEST = 80  # letters; a tab shows thirty


def begin() -> None:
    """Before anything is drawn: without an icon of ours Streamlit takes the page's from a host of
    Google's. The name is the last one, until the page says its own."""
    st.set_page_config(
        page_title=current_session().window_title or PRODUCT,
        page_icon=ICON,
        layout="centered",
        initial_sidebar_state="auto",
    )


def name(title: str) -> None:
    """Call it "TITLE · PRODUCT"."""
    named = f"{options.cut(title, _LONGEST)} · {PRODUCT}"
    if named != current_session().window_title:
        current_session().window_title = named
        st.set_page_config(page_title=named)
