"""Beside every page: new chat, the latest conversations, the language."""

import streamlit as st

from components import services
from components.text import escape_markdown
from components.ui.app import language
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.app.navigation import CHAT
from components.ui.chat import callbacks
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import options

RECENT = 8


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
        _language()
        _recent()


@block("sidebar.language")
def _language() -> None:
    language.switch()


@block("sidebar.recent")
def _recent() -> None:
    session = current_session()
    latest = services.store().history.page(session.owner, limit=RECENT)
    if not latest:
        return
    st.caption(text("ui.nav.recent"))
    with st.container(gap=None, key="recent"):
        for row in latest:
            st.button(
                escape_markdown(options.cut(row.title, 200)),
                key=f"recent-{row.id}",
                type="secondary" if row.id == session.chat.conversation_id else "tertiary",
                width="stretch",
                on_click=callbacks.open_conversation,
                args=(row.id,),
            )
