"""An address that no page has: one that says so, and ways on."""

from collections.abc import Sequence
from typing import Protocol

import streamlit as st

from components.text import escape_markdown
from components.ui.app.language import text
from components.ui.app.navigation import CHAT, COST, FAQ
from components.ui.streamlit_seam.session import current_session
from components.ui.streamlit_seam.sessions import asked_page

_LONGEST = 80  # letters of an address that are repeated


class _Page(Protocol):
    @property
    def url_path(self) -> str: ...


def unknown(pages: Sequence[_Page]) -> str | None:
    """The page's name that the browser asked for, where it isn't among `pages`. It stays the same
    until another page is asked for: a run of a page that is open says no name."""
    session = current_session()
    name = asked_page()
    if name is not None:
        session.not_found = name
    found = session.not_found
    if not found or "/" in found or found in [each.url_path for each in pages]:
        return None
    return found


def show() -> None:
    """Draw it."""
    name = current_session().not_found
    st.title(text("ui.not_found.title"), anchor=False)
    st.markdown(text("ui.not_found.body", name=escape_markdown(name[:_LONGEST])))
    with st.container(horizontal=True):
        st.page_link(CHAT, label=text("ui.nav.chat"), icon=":material/chat:")
        st.page_link(COST, label=text("ui.nav.cost"), icon=":material/calculate:")
        st.page_link(FAQ, label=text("ui.nav.faq"), icon=":material/help:")
