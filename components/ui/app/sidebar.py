"""Beside every page: new chat, the latest conversations, the language."""

import streamlit as st

from components.ui.app import conversation_list, language
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.app.navigation import CHAT
from components.ui.chat import callbacks
from components.ui.streamlit_seam.session import current_session


def lead(*, on_chat: bool) -> None:
    """Go to the chat page where a click elsewhere asked for that."""
    leave, current_session().chat.leave_for_chat = current_session().chat.leave_for_chat, False
    if leave and not on_chat:
        st.switch_page(CHAT)


def show() -> None:
    with st.sidebar:
        st.button(
            text("ui.nav.new_chat"),
            key="new_chat",
            icon=":material/add:",
            shortcut="Mod+Shift+O",
            width="stretch",
            on_click=callbacks.new_chat,
        )
        conversation_list.show()
        with st.container(key="sidebar_foot"):
            _language()


@block("sidebar.language")
def _language() -> None:
    language.switch()
