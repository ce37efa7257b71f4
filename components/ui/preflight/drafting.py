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
    session = current_session()
    known = len(session.chat.typed.encode("utf-16-le", "surrogatepass")) // 2  # as a browser counts
    _listen(
        key=_KEY,
        data={"session": session.id, "round": session.chat.asked, "known": known},
        on_draft_change=_typed,
    )


def _typed() -> None:
    state: Any = value(_KEY)
    said = state.get("draft") if hasattr(state, "get") else None
    session = current_session()
    # What was told late, when the question had been sent, would stand in the field again.
    late = isinstance(said, dict) and said.get("round", session.chat.asked) != session.chat.asked
    if isinstance(said, dict) and isinstance(said.get("text"), str) and not late:
        session.chat.typed = said["text"][:MOST]
