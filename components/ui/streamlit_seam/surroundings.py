"""The services' surroundings where Streamlit serves the pages."""

from collections.abc import Mapping

import streamlit as st

from components.services.surroundings import around
from components.ui.streamlit_seam.sessions import open_sessions
from components.ui.streamlit_seam.slow_store_notice import SlowStoreNotice, say


def _secrets() -> Mapping[str, object]:
    try:
        return dict(st.secrets.to_dict())
    except FileNotFoundError:
        return {}


def fill_in() -> None:
    """Settings come from Streamlit's secrets and options, and pages that wait say so."""
    around.secrets = _secrets
    around.option = st.get_option
    around.waiting = SlowStoreNotice(say).wait
    around.open_sessions = open_sessions
