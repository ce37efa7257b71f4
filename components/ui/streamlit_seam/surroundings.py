"""The services' surroundings where Streamlit serves the pages."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from components.services.surroundings import around
from components.settings import unreadable
from components.ui.streamlit_seam.sessions import open_sessions
from components.ui.streamlit_seam.slow_store_notice import SlowStoreNotice, say

_READ: dict[tuple[str, ...], Mapping[str, object]] = {}


def _secrets() -> Mapping[str, object]:
    """Raises ConfigError for a file that can't be read. One that is spoilt while the server runs
    stays as it was: a change needs a restart."""
    files = tuple(st.get_option("secrets.files"))
    try:
        _READ[files] = dict(st.secrets.to_dict())
    except (OSError, ValueError) as error:
        # The same is said of a file that isn't there. One that is there may hold the settings of
        # access: without them everybody could come in.
        there = [path for path in map(Path, files) if path.exists()]
        if there and files not in _READ:
            raise unreadable(there[-1], error) from None
    return _READ.get(files, {})


def fill_in() -> None:
    """Settings come from Streamlit's secrets and options, and pages that wait say so."""
    around.secrets = _secrets
    around.option = st.get_option
    around.waiting = SlowStoreNotice(say).wait
    around.open_sessions = open_sessions
