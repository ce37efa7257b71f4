"""What is being typed into the chat's field, known a moment after the last key."""

from typing import Any

import streamlit as st

from components.ui.app.navigation import ASSETS
from components.ui.streamlit_seam.session import current_session, value

_KEY = "drafting"
MOST = 2_000_000  # characters; more is no question, and is counted when it is sent
_listen = st.components.v2.component(
    "tuwen_drafting", js=(ASSETS / "drafting.js").read_text("utf-8")
)


def listen() -> None:
    """Draw it (nothing is seen of it); to be called in a fragment, which alone is drawn anew."""
    _listen(
        key=_KEY,
        data={"session": current_session().id, "round": current_session().asked},
        on_draft_change=_typed,
    )


def _typed() -> None:
    state: Any = value(_KEY)
    said = state.get("draft") if hasattr(state, "get") else None
    if isinstance(said, dict) and isinstance(said.get("text"), str):
        current_session().typed = said["text"][:MOST]
