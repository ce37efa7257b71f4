"""Beside every page: new chat, the latest conversations, the language."""

import streamlit as st

from components.text import escape_markdown
from components.ui import asking, language, services
from components.ui.language import text
from components.ui.pages import CHAT
from components.ui.state import visit

RECENT = 8


def show() -> None:
    with st.sidebar:
        st.button(
            text("ui.nav.new_chat"),
            key="new_chat",
            icon=":material/add:",
            width="stretch",
            on_click=asking.new_chat,
        )
        if visit().leave_for_chat:
            visit().leave_for_chat = False
            st.switch_page(CHAT)
        _recent()
        language.switch()


def _recent() -> None:
    here = visit()
    latest = services.log().conversations(here.owner, limit=RECENT)
    if not latest:
        return
    st.caption(text("ui.nav.recent"))
    with st.container(gap="xxsmall"):
        for row in latest:
            st.page_link(
                CHAT,
                label=escape_markdown(row.title),
                query_params={"c": row.id, "lang": here.lang},
            )
