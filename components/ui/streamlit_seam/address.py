"""The page's address leads: what it names is shown, and Back and Forward go where one was."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


def follow(name: str, shown: str | None) -> str | None:
    """The id under `name` in the address: what is to be shown instead of `shown`.

    Without one it is nothing where the browser's Back or Forward led here. A click on the page's
    name in the navigation leads to the same address and means what was shown: it is put back.
    """
    asked = st.query_params.get(name) or None
    if asked is None and shown is not None and not _went_back():
        st.query_params[name] = shown
        return shown
    return asked


def _went_back() -> bool:
    run = get_script_run_ctx(suppress_warning=True)
    return bool(getattr(run, "is_history_navigation", False))
