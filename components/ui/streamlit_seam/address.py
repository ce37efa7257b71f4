"""The page's address leads: what it names is shown, and Back and Forward go where one was."""

import streamlit as st

from components.ui.streamlit_seam.sessions import went_back


def follow(name: str, shown: str | None) -> str | None:
    """The id under `name` in the address: what is to be shown instead of `shown`.

    Without one it is nothing where the browser's Back or Forward led here. A click on the page's
    name in the navigation leads to the same address and means what was shown: it is put back.
    """
    asked = st.query_params.get(name) or None
    if asked is None and shown is not None and not went_back():
        st.query_params[name] = shown
        return shown
    return asked
